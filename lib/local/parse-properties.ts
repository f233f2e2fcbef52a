// Properties of a resource as the template has them, references resolved: parsed once, and refused loudly where something is not known.
import type * as z from 'zod';

/**
 * The properties, if they have the form of the schema.
 * @throws Error that names the resource by its logical id, and each property that cannot be run with the reason.
 */
export function parseProperties<Schema extends z.ZodType>(
  logicalId: string,
  schema: Schema,
  properties: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The resource ${logicalId} cannot be run on this machine. ${problems.join('; ')}`);
}
