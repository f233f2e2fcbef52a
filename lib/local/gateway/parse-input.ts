// Requests are parsed once, where they come in.
import type * as z from 'zod';
import { ServiceError } from './service-error.ts';

/**
 * The input, if it has the form of the schema. Members that a schema does not know are refused by a strict object: an option that is
 * ignored would be a silent success.
 * @param refusal name of the service's error for malformed input.
 * @throws ServiceError that names each place and what is wrong there.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  refusal = 'ValidationException',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new ServiceError(refusal, problems.join('; '));
}

/** JSON of a body; an empty one is an empty object. @throws ServiceError SerializationException, as the JSON protocols name it. */
export function parseJson(body: Buffer | string): unknown {
  const text = body.toString();
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ServiceError('SerializationException', 'The request is not JSON.');
  }
}
