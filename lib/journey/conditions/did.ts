/**
 * The form that asks what a customer has done: `{ "did": "Order Completed", "atLeast": 2, "within": "90 days" }`,
 * `{ "did": "Order Completed", "sum": "total", "gte": 500 }`.
 */
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import type { Condition, DidCondition, JsonPath } from './condition.ts';
import { isObject, type ConditionReader } from './problem.ts';
import { readWindow } from './window.ts';

/** Stands for every event of the applications. */
export const ANY_EVENT = 'any event';

/**
 * The most that is counted inside a time: the instants of so many events, and one, are kept for a customer. Without a time
 * only a number is kept, and there is no most.
 */
const MOST_COUNTED = 200;

const COUNTS = ['atLeast', 'atMost', 'exactly'] as const;
const SUMS = ['gt', 'gte', 'lt', 'lte'] as const;

/** Keys of the form, in the order in which they are usually written. */
export const DID_KEYS: readonly string[] = ['did', ...COUNTS, 'sum', ...SUMS, 'within', 'since', 'where'];

const count = z.int().nonnegative().optional();
const amount = z.number().optional();

/** For editors; `where` is a condition again. */
export function didSchema(condition: z.ZodType): z.ZodType {
  return z
    .strictObject({
      did: z
        .string()
        .describe(`An event, or "${ANY_EVENT}" for every event that your applications send.`)
        .meta({ examples: ['Order Completed', ANY_EVENT] }),
      atLeast: count.describe('So often or more. Without any number: at least once.'),
      atMost: count.describe('So often or less, never included.'),
      exactly: count.describe('Exactly so often.'),
      sum: z
        .string()
        .optional()
        .describe('Add up this property of the events, a number, instead of counting them.'),
      gt: amount.describe('The sum is more than this.'),
      gte: amount.describe('The sum is this or more.'),
      lt: amount.describe('The sum is less than this; of no event it is 0.'),
      lte: amount.describe('The sum is this or less.'),
      within: durationSchema
        .optional()
        .describe('Only events of this long until now, by their own time; days are the customer’s.'),
      since: z
        .literal('entry')
        .optional()
        .describe('Only events later than the one that let the customer into this journey.'),
      where: condition
        .optional()
        .describe('Only events for which this is true; it may ask for "event.…" alone.'),
    })
    .meta({
      description: 'What the customer has done, counted or summed.',
      examples: [
        { did: 'Order Completed', atLeast: 2, within: '90 days', where: { 'event.total': { gte: 50 } } },
        { did: 'Order Completed', sum: 'total', gte: 500 },
        { did: 'any event', exactly: 0, within: '60 days' },
      ],
    });
}

export function readDid(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  reader: ConditionReader,
): Condition | undefined {
  const { problems } = reader;
  const before = problems.length;
  const { did, where, within, since } = value;
  if (typeof did !== 'string')
    problems.push({
      path: [...path, 'did'],
      code: 'wrong type',
      expected: 'the name of an event',
      found: did,
    });
  if (since !== undefined && since !== 'entry')
    problems.push({
      path: [...path, 'since'],
      code: 'not one of',
      found: typeof since === 'string' ? since : JSON.stringify(since),
      known: ['entry'],
    });
  if (since !== undefined && within !== undefined)
    problems.push({
      path: [...path, 'since'],
      code: 'bad value',
      reason: '"since" and "within" both say which events count: keep one of them',
      found: since,
    });
  const window = within === undefined ? undefined : readWindow(within, [...path, 'within'], problems);
  const tested = where === undefined ? undefined : reader.nested(where, [...path, 'where']);
  if (where !== undefined && did === ANY_EVENT)
    problems.push({
      path: [...path, 'where'],
      code: 'bad value',
      reason: `events of "${ANY_EVENT}" have nothing in common that could be asked for: name an event`,
      found: where,
    });
  const bounded = within !== undefined || since !== undefined;
  const measure = readMeasure(value, path, bounded, reader);
  if (problems.length > before || typeof did !== 'string' || measure === undefined) return undefined;
  const property = measure.kind === 'sum' ? measure.property : undefined;
  return {
    kind: 'did',
    event: did,
    ...(tested === undefined ? {} : { where: tested }),
    aggregate: aggregateKey(did, where, property),
    measure,
    ...(window === undefined ? {} : { within: window }),
    ...(since === 'entry' ? { sinceEntry: true as const } : {}),
    path,
  };
}

function readMeasure(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  bounded: boolean,
  reader: ConditionReader,
): DidCondition['measure'] | undefined {
  const counts = COUNTS.filter((name) => value[name] !== undefined);
  const sums = SUMS.filter((name) => value[name] !== undefined);
  return value['sum'] === undefined
    ? readCount(value, counts, sums, path, bounded, reader)
    : readSum(value, counts, sums, path, reader);
}

function readCount(
  value: Readonly<Record<string, unknown>>,
  counts: readonly (typeof COUNTS)[number][],
  sums: readonly (typeof SUMS)[number][],
  path: JsonPath,
  bounded: boolean,
  { problems }: ConditionReader,
): DidCondition['measure'] | undefined {
  const [name, second] = counts;
  const told = (key: string, reason: string): undefined => {
    problems.push({ path: [...path, key], code: 'bad value', reason, found: value[key] });
    return undefined;
  };
  if (sums[0] !== undefined)
    return told(sums[0], `"${sums[0]}" compares a sum: add "sum" with the name of a property`);
  if (name === undefined) return { kind: 'count', operator: 'atLeast', value: 1 };
  if (second !== undefined) return told(second, `"${name}" and "${second}" cannot stand together`);
  const number = value[name];
  if (typeof number !== 'number') {
    problems.push({ path: [...path, name], code: 'wrong type', expected: 'a whole number', found: number });
    return undefined;
  }
  if (!Number.isSafeInteger(number) || number < 0)
    return told(name, `${number} is not how often something can happen: write a whole number from 0`);
  if (name === 'atLeast' && number === 0)
    return told(name, '"atLeast" 0 is true of everybody: write 1, or "atMost" 0 for those who never did');
  if (bounded && number > MOST_COUNTED)
    return told(name, `within a time up to ${MOST_COUNTED} events are counted, and ${number} are more`);
  return { kind: 'count', operator: name, value: number };
}

function readSum(
  value: Readonly<Record<string, unknown>>,
  counts: readonly string[],
  sums: readonly (typeof SUMS)[number][],
  path: JsonPath,
  { problems }: ConditionReader,
): DidCondition['measure'] | undefined {
  const before = problems.length;
  const property = value['sum'];
  if (typeof property !== 'string' || property === '')
    problems.push({
      path: [...path, 'sum'],
      code: 'wrong type',
      expected: 'the name of a property of the event',
      found: property,
    });
  for (const name of counts)
    problems.push({
      path: [...path, name],
      code: 'bad value',
      reason: `"${name}" counts events: compare a sum with "gt", "gte", "lt" or "lte"`,
      found: value[name],
    });
  if (sums.length === 0 && counts.length === 0) problems.push({ path, code: 'missing field', name: 'gte' });
  const bounds = sums.flatMap((operator) => {
    const number = value[operator];
    if (typeof number === 'number') return [{ operator, value: number }];
    problems.push({ path: [...path, operator], code: 'wrong type', expected: 'a number', found: number });
    return [];
  });
  return problems.length > before || typeof property !== 'string'
    ? undefined
    : { kind: 'sum', property, bounds };
}

/** Equal for conditions that count the same events, however often and in whatever time: they share one aggregate. */
function aggregateKey(event: string, where: unknown, property: string | undefined): string {
  return hashHex(JSON.stringify([event, canonical(where) ?? null, property ?? null]), 8);
}

/** The order of keys means nothing. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)]);
}
