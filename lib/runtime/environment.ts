/** The environment variables of a function, read once when it starts. */
import type * as z from 'zod';

/**
 * Reads what the function's `environment.ts` asks for.
 * @throws Error that names every variable that is missing or wrong; the value never stands in it.
 */
export function readEnvironment<T extends z.ZodObject>(
  schema: T,
  variables: Readonly<Record<string, string | undefined>>,
): z.infer<T> {
  const result = schema.safeParse(variables);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path }) => {
    const name = path.join('.');
    return `${name} is ${variables[name] === undefined ? 'missing' : 'not what it must be'}`;
  });
  throw new Error(`environment variables of the function: ${wrong.join('; ')}`);
}
