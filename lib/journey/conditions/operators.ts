/**
 * The operators of field conditions, one entry each: what stands behind it (a schema, for editors), and how it is read.
 * A reader returns the comparison, or says in words what it expected instead.
 */
import * as z from 'zod';
import { durationSchema, parseDuration } from '#lib/contracts/duration.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import type { Comparison, Moment, Near, Operator, Scalar } from './condition.ts';
import { isSameAs } from './condition.ts';
import { sameAsSchema } from './field.ts';

export const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
const nearSchema = z
  .strictObject({
    lat: z.number().min(-90).max(90).describe('Latitude of the centre in degrees.'),
    lon: z.number().min(-180).max(180).describe('Longitude of the centre in degrees.'),
    km: z.number().positive().describe('Radius in kilometres.'),
  })
  .describe('Within so many kilometres of a place; the field is a place { "lat", "lon" }.');
const momentSchema = z.string().meta({
  description: 'A date, or a date and time with its offset.',
  examples: ['2026-12-24', '2026-12-24T18:00:00Z'],
});

/** The operators as they are written: `eq` has no name, it is the bare value. */
export type WrittenOperator = Exclude<Operator, 'eq'>;

interface OperatorEntry {
  readonly schema: z.ZodType;
  /** `value` is what stands behind the operator, a `same as` already read. */
  read(value: unknown): Comparison | { readonly expected: string } | { readonly reason: string };
}

export const OPERATORS: { readonly [Name in WrittenOperator]: OperatorEntry } = {
  ne: {
    schema: z.union([scalarSchema, sameAsSchema]).describe('Not equal; false where the value is missing.'),
    read: (value) => equality('ne', value),
  },
  gt: { schema: number('Greater than.'), read: (value) => numeric('gt', value) },
  gte: { schema: number('Greater than or equal.'), read: (value) => numeric('gte', value) },
  lt: { schema: number('Less than.'), read: (value) => numeric('lt', value) },
  lte: { schema: number('Less than or equal.'), read: (value) => numeric('lte', value) },
  in: { schema: list('One of these.'), read: (value) => membership('in', value) },
  notIn: {
    schema: list('None of these; false where the value is missing.'),
    read: (value) => membership('notIn', value),
  },
  exists: {
    schema: z.boolean().describe('true: there is a value; false: there is none.'),
    read: (value) =>
      typeof value === 'boolean' ? { operator: 'exists', value } : { expected: 'true or false' },
  },
  contains: {
    schema: z
      .union([scalarSchema, sameAsSchema])
      .describe('A text that contains this text, or a list with this entry.'),
    read: (value) => equality('contains', value),
  },
  startsWith: {
    schema: text('A text that starts with this.'),
    read: (value) => textual('startsWith', value),
  },
  endsWith: { schema: text('A text that ends with this.'), read: (value) => textual('endsWith', value) },
  near: { schema: nearSchema, read: readNear },
  before: {
    schema: z.union([momentSchema, sameAsSchema]).describe('Before this moment.'),
    read: (value) => momentary('before', value),
  },
  after: {
    schema: z
      .union([momentSchema, sameAsSchema])
      .describe('Later than this moment; for a date, once that day is over.'),
    read: (value) => momentary('after', value),
  },
  'within next': {
    schema: length('From now until this much later.'),
    read: (value) => relative('within next', value),
  },
  'within last': {
    schema: length('From this long ago until now.'),
    read: (value) => relative('within last', value),
  },
  'more than ago': {
    schema: length('Longer ago than this.'),
    read: (value) => relative('more than ago', value),
  },
};

/** Names of all operators as they are written, `same as` included. */
export const OPERATOR_NAMES: readonly string[] = [...Object.keys(OPERATORS), 'same as'];

export function isOperator(name: string): name is WrittenOperator {
  return Object.hasOwn(OPERATORS, name);
}

export function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A list of allowed values: not empty, plain values only. */
export function membership(operator: 'in' | 'notIn', value: unknown): Comparison | { expected: string } {
  if (isSameAs(value)) return { operator, value };
  if (Array.isArray(value) && value.length > 0 && value.every(isScalar)) return { operator, value };
  return { expected: 'a list of texts, numbers or true/false, with at least one entry' };
}

function equality(operator: 'ne' | 'contains', value: unknown): Comparison | { expected: string } {
  return isScalar(value) || isSameAs(value)
    ? { operator, value }
    : { expected: 'a text, a number, true or false' };
}

function numeric(operator: 'gt' | 'gte' | 'lt' | 'lte', value: unknown): Comparison | { expected: string } {
  if (typeof value === 'number' || isSameAs(value)) return { operator, value };
  return { expected: 'a number (dates are compared with "before" and "after")' };
}

function textual(operator: 'startsWith' | 'endsWith', value: unknown): Comparison | { expected: string } {
  return typeof value === 'string' || isSameAs(value) ? { operator, value } : { expected: 'a text' };
}

function relative(
  operator: 'within next' | 'within last' | 'more than ago',
  value: unknown,
): Comparison | { expected: string } | { reason: string } {
  if (typeof value !== 'string') return { expected: 'a duration such as "30 days"' };
  const duration = parseDuration(value);
  return 'problem' in duration ? { reason: duration.problem } : { operator, value: duration };
}

function momentary(
  operator: 'before' | 'after',
  value: unknown,
): Comparison | { expected: string } | { reason: string } {
  if (isSameAs(value)) return { operator, value };
  const expected = 'a date such as "2026-12-24" or a date and time such as "2026-12-24T18:00:00Z"';
  if (typeof value !== 'string') return { expected };
  const moment = parseMoment(value);
  return moment === undefined ? { reason: `"${value}" is not ${expected}` } : { operator, value: moment };
}

/** Reads a date (YYYY-MM-DD) or a date and time with offset; undefined for anything else, 30 February included. */
export function parseMoment(written: string): Moment | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(written))
    return parseInstant(`${written}T00:00:00.000Z`) === undefined ? undefined : { date: written };
  const instant = parseInstant(written);
  return instant === undefined ? undefined : { instant };
}

function readNear(value: unknown): Comparison | { expected: string } {
  const near = nearSchema.safeParse(value);
  const read: Near | undefined = near.success ? near.data : undefined;
  if (read !== undefined) return { operator: 'near', value: read };
  return { expected: '{ "lat": -90 to 90, "lon": -180 to 180, "km": more than 0 }' };
}

function number(description: string): z.ZodType<number | { 'same as': string }> {
  return z.union([z.number(), sameAsSchema]).describe(description);
}

function text(description: string): z.ZodType<string | { 'same as': string }> {
  return z.union([z.string(), sameAsSchema]).describe(description);
}

function list(description: string): z.ZodType<Scalar[] | { 'same as': string }> {
  return z.union([z.array(scalarSchema).min(1), sameAsSchema]).describe(description);
}

function length(description: string): z.ZodType<string> {
  return durationSchema.describe(description);
}
