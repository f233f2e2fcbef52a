// Names of values that conditions read: `profile.country`, `entry.cart_id`, `saved.score.value`, `event.price`, `run.round`.
import * as z from 'zod';
import type { Field, JsonPath, SameAs } from './condition.ts';
import type { ConditionProblem } from './problem.ts';

export const FIELD_ROOTS = ['profile', 'entry', 'saved', 'event', 'run'] as const;

/** A field starts with its root; deeper parts are reached by further dots. Names keep their spaces and case. */
export const FIELD_PATTERN =
  /^(?:(?:profile|entry|event)(?:\.[^.\s][^.]*)+|saved(?:\.[^.\s][^.]*){2,}|run\.round)$/;

export const fieldNameSchema = z
  .string()
  .regex(FIELD_PATTERN)
  .meta({
    id: 'field',
    description:
      'A value: profile.<trait>, entry.<property> (of the event that let the customer in), saved.<name>.<property> ' +
      '(of what an earlier step has kept by "saveAs"), event.<property> (of the event being tested, inside "where" ' +
      'only) or run.round.',
    examples: ['profile.country', 'entry.cart_id', 'saved.score.value', 'event.cart_id', 'run.round'],
  });

/** The field that a text names; undefined where it names none. */
export function parseField(text: string): Field | undefined {
  if (!FIELD_PATTERN.test(text)) return undefined;
  const [root, ...path] = text.split('.');
  if (root === 'run') return { root, path: ['round'] };
  return isRoot(root) ? { root, path } : undefined;
}

function isRoot(root: string | undefined): root is Exclude<Field['root'], 'run'> {
  return root !== 'run' && FIELD_ROOTS.some((each) => each === root);
}

/** A field as it is written. */
export function fieldName(field: Field): string {
  return [field.root, ...field.path].join('.');
}

export const sameAsSchema = z
  .strictObject({ 'same as': fieldNameSchema })
  .meta({ id: 'sameAs', description: 'The value of another field.' });

/** Reads what stands behind `same as`; undefined with a problem where it names no field. */
export function readSameAs(value: unknown, path: JsonPath, problems: ConditionProblem[]): SameAs | undefined {
  if (typeof value !== 'string') {
    problems.push({
      path,
      code: 'wrong type',
      expected: 'the name of a field, such as "entry.cart_id"',
      found: value,
    });
    return undefined;
  }
  const field = parseField(value);
  if (field === undefined) problems.push(unknownField(value, path));
  return field === undefined ? undefined : { sameAs: field };
}

/** What people call the roots elsewhere. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ...['user', 'customer', 'contact', 'person', 'trait', 'traits', 'attributes'].map(
    (word) => [word, 'profile'] as const,
  ),
  ...['properties', 'property', 'props', 'data'].map((word) => [word, 'event'] as const),
]);

/** A name that is no field, with what it could have been. */
export function unknownField(name: string, path: JsonPath): ConditionProblem {
  const [root = '', ...rest] = name.split('.');
  const meant = OTHER_WORDS.get(root.toLowerCase());
  if (meant !== undefined && rest.length > 0)
    return { path, code: 'unknown field', name, known: [], meant: [meant, ...rest].join('.') };
  const known = FIELD_ROOTS.map((each) => (each === 'run' ? 'run.round' : [each, ...rest].join('.')));
  if (root === 'saved')
    return {
      path,
      code: 'bad value',
      reason: `"${name}" needs the name of "saveAs" and a property, such as "saved.score.value"`,
    };
  if (FIELD_ROOTS.some((each) => each === root) && root !== 'run')
    return {
      path,
      code: 'bad value',
      reason: `"${name}" needs a name after each dot, such as "${root}.name"`,
    };
  return { path, code: 'unknown field', name, known };
}
