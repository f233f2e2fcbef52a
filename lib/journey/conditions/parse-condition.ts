/**
 * Reads a condition as written into the tree that is evaluated. The form is chosen by its key before anything else is
 * looked at, so that a mistake is told in the terms of the form that was meant.
 */
import { readAllAny, readNot } from './combine.ts';
import { readCompare } from './compare.ts';
import type { Condition, JsonPath } from './condition.ts';
import { DID_KEYS, readDid } from './did.ts';
import { FIELD_ROOTS } from './field.ts';
import { readInSegment } from './in-segment.ts';
import { readMessageWas } from './message-was.ts';
import { readOfJourney } from './of-journey.ts';
import { isObject, type ConditionProblem, type ConditionReader } from './problem.ts';
import { readReachable } from './reachable.ts';
import { readSendWas } from './send-was.ts';

interface Form {
  /** Keys that the form's object may have. */
  readonly keys: readonly string[];
  read(
    value: Readonly<Record<string, unknown>>,
    path: JsonPath,
    reader: ConditionReader,
  ): Condition | undefined;
}

/** Forms that stand in an object of their own, by the key that names them. */
const FORMS: { readonly [key: string]: Form } = {
  all: {
    keys: ['all'],
    read: (value, path, reader) => readAllAny('all', value['all'], [...path, 'all'], reader),
  },
  any: {
    keys: ['any'],
    read: (value, path, reader) => readAllAny('any', value['any'], [...path, 'any'], reader),
  },
  not: { keys: ['not'], read: (value, path, reader) => readNot(value['not'], [...path, 'not'], reader) },
  did: { keys: DID_KEYS, read: readDid },
  segment: { keys: ['segment', 'for'], read: readInSegment },
  send: { keys: ['send', 'was'], read: readSendWas },
  message: { keys: ['message', 'was', 'within'], read: readMessageWas },
  inJourney: {
    keys: ['inJourney'],
    read: (value, path, reader) => readOfJourney('inJourney', value, path, reader),
  },
  completed: {
    keys: ['completed'],
    read: (value, path, reader) => readOfJourney('completed', value, path, reader),
  },
  reachable: { keys: ['reachable', 'topic'], read: readReachable },
};

/**
 * Reads a condition as it stands in a journey or a manifest.
 * @returns the condition, or everything that is wrong with it (never both, never an exception). Paths start at the
 *   condition's own root. The value must not be nested deeper than the call stack allows: the text parser sees to it.
 */
export function parseCondition(
  value: unknown,
): { readonly condition: Condition } | { readonly problems: readonly ConditionProblem[] } {
  const problems: ConditionProblem[] = [];
  const reader: ConditionReader = { problems, nested: (part, path) => read(part, path, reader) };
  const condition = read(value, [], reader);
  return condition === undefined || problems.length > 0 ? { problems } : { condition };
}

function read(value: unknown, path: JsonPath, reader: ConditionReader): Condition | undefined {
  const { problems } = reader;
  if (!isObject(value)) {
    const expected = 'a condition such as { "profile.country": "DE" }';
    problems.push({ path, code: 'wrong type', expected, found: value });
    return undefined;
  }
  const keys = Object.keys(value);
  if (keys.length === 0) {
    problems.push({ path, code: 'empty' });
    return undefined;
  }
  const formKey = keys.find((key) => Object.hasOwn(FORMS, key));
  const form = formKey === undefined ? undefined : FORMS[formKey];
  if (formKey === undefined || form === undefined) return readFields(value, path, problems);
  for (const key of keys.filter((each) => !form.keys.includes(each))) {
    if (Object.hasOwn(FORMS, key) || looksLikeField(key))
      problems.push({ path: [...path, key], code: 'needs its own object', form: formKey });
    else problems.push({ path: [...path, key], code: 'unknown field', name: key, known: form.keys });
  }
  return form.read(value, path, reader);
}

function readFields(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  problems: ConditionProblem[],
): Condition | undefined {
  // The first strange key tells which form was meant; the others belong to it and would be told for nothing.
  const strange = Object.keys(value).find((name) => !isField(name));
  if (strange !== undefined)
    problems.push({ path: [...path, strange], code: 'bare name', name: strange, forms: Object.keys(FORMS) });
  const all = Object.entries(value)
    .filter(([name]) => isField(name))
    .flatMap(([name, wanted]) => readCompare(name, wanted, [...path, name], problems));
  const [only] = all;
  return all.length === 1 ? only : { kind: 'all', of: all };
}

/** A name with a dot can only have been meant as a field. */
function isField(key: string): boolean {
  return looksLikeField(key) || key.includes('.');
}

function looksLikeField(key: string): boolean {
  return FIELD_ROOTS.some((root) => key.startsWith(`${root}.`));
}
