// Requests are parsed once, where they come in, and what is wrong with one is called as services of AWS call it.
import type * as z from 'zod';
import { ServiceError } from './service-error.ts';

/** What a service calls input that is not in order. */
export interface InputRefusals {
  readonly invalid: string;
  /** Members that have to be there and are not; undefined: as `invalid`. */
  readonly missing?: string;
}

type Issue = z.core.$ZodIssue;

/**
 * The input, if it has the form of the schema. A member of another JSON type than its own is refused as the protocols do before any
 * service sees it. Members that a schema does not know are refused by a strict object: AWS passes over what it does not know, and an
 * option of AWS that is passed over here would be a silent success.
 * @param refusal name of the service's error for malformed input, or names.
 * @throws ServiceError that names each place and what is wrong there: SerializationException, NotImplemented (501), or the service's.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  refusal: string | InputRefusals = 'ValidationException',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const ofOtherTypes = issues.filter((issue) => hasOtherType(issue, input));
  if (ofOtherTypes.length > 0) throw new ServiceError('SerializationException', said(ofOtherTypes));
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => placeOf([...issue.path, key])) : [],
  );
  if (unknown.length > 0)
    throw new ServiceError(
      'NotImplemented',
      `The local cloud does not have the option ${unknown.join(', ')}.`,
      501,
    );
  const { invalid, missing = invalid }: InputRefusals =
    typeof refusal === 'string' ? { invalid: refusal } : refusal;
  const isMissing = issues.some(({ path }) => (valueAt(input, path) ?? undefined) === undefined);
  throw new ServiceError(isMissing ? missing : invalid, said(issues));
}

function said(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) => (path.length === 0 ? message : `${placeOf(path)}: ${message}`))
    .join('; ');
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** Kinds of JSON by what a schema calls them, where the names differ. */
const KINDS: Readonly<Record<string, string>> = { int: 'number', record: 'object' };

/** A member that is there and is of another kind of JSON than its schema; null is as if it were not there, as it is to AWS. */
function hasOtherType(issue: Issue, input: unknown): boolean {
  if (issue.code !== 'invalid_type') return false;
  // A text of an address that is to be a number, and is none, is of the right type and has a wrong value.
  if (Reflect.get(issue, 'received') === 'NaN') return false;
  const value = valueAt(input, issue.path) ?? undefined;
  const kind = Array.isArray(value) ? 'array' : typeof value;
  return value !== undefined && kind !== (KINDS[issue.expected] ?? issue.expected);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
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
