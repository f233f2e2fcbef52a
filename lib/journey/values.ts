// Values that steps write, emit or pass on: JSON whose texts are Liquid.
import * as z from 'zod';

const LIQUID_HELP =
  'Texts are Liquid with profile, entry, saved, journey, run and customer; a text that is one {{ … }} alone keeps its type. ' +
  'Where something in a text is missing and has no default, the whole value is left out.';

/** One value. Its type is held against the vocabulary by the check. */
export const valueSchema = z.json().describe('A text, number, true or false, or a list or object of these.');

/** Names with their values. */
export function valuesSchema(description: string): z.ZodType<Record<string, z.core.util.JSONType>> {
  return z.record(z.string().min(1), valueSchema).describe(`${description} ${LIQUID_HELP}`);
}

/** The variables that values may use. `customer.id` is the id by which the applications know the customer. */
export const VALUE_ROOTS: readonly string[] = ['profile', 'entry', 'saved', 'journey', 'run', 'customer'];

/** What is known about the variables without a vocabulary. */
export const VALUE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  journey: ['id', 'step'],
  run: ['id', 'round'],
  customer: ['id'],
};

/** A text inside JSON, and the way to it. */
export interface TextLeaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** All texts of a JSON value, in the order in which they are written. */
export function textsOf(value: unknown, path: readonly (string | number)[] = []): readonly TextLeaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]));
}
