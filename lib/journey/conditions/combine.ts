// The forms that combine others: `{ "all": [ … ] }`, `{ "any": [ … ] }`, `{ "not": { … } }`.
import * as z from 'zod';
import type { Condition, JsonPath } from './condition.ts';
import type { ConditionReader } from './problem.ts';

/** For editors: the schemas of the three forms around a given condition. */
export function combineSchemas(condition: z.ZodType): { all: z.ZodType; any: z.ZodType; not: z.ZodType } {
  return {
    all: z.strictObject({ all: z.array(condition).min(1).describe('Conditions, all of which hold.') }).meta({
      description: 'All of these hold.',
      examples: [{ all: [{ 'profile.country': 'DE' }, { segment: 'vip' }] }],
    }),
    any: z
      .strictObject({ any: z.array(condition).min(1).describe('Conditions, at least one of which holds.') })
      .meta({
        description: 'At least one of these holds.',
        examples: [{ any: [{ 'profile.country': 'DE' }, { segment: 'vip' }] }],
      }),
    not: z.strictObject({ not: condition }).meta({
      description: 'This does not hold; true where a value is missing.',
      examples: [{ not: { segment: 'vip' } }],
    }),
  };
}

export function readAllAny(
  kind: 'all' | 'any',
  value: unknown,
  path: JsonPath,
  reader: ConditionReader,
): Condition | undefined {
  if (!Array.isArray(value)) {
    reader.problems.push({ path, code: 'wrong type', expected: 'a list of conditions', found: value });
    return undefined;
  }
  if (value.length === 0) {
    reader.problems.push({ path, code: 'empty' });
    return undefined;
  }
  const parts = value.map((part, index) => reader.nested(part, [...path, index]));
  const of = parts.filter((part) => part !== undefined);
  return of.length === parts.length ? { kind, of } : undefined;
}

export function readNot(value: unknown, path: JsonPath, reader: ConditionReader): Condition | undefined {
  const of = reader.nested(value, path);
  return of === undefined ? undefined : { kind: 'not', of };
}
