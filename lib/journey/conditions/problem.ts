// What can be wrong with a condition as written, as facts: the compiler turns them into diagnostics with a place and words.
import type { Condition, JsonPath } from './condition.ts';

export type ConditionProblem = { readonly path: JsonPath } & (
  | { readonly code: 'wrong type'; readonly expected: string; readonly found: unknown }
  | { readonly code: 'bad value'; readonly reason: string; readonly found?: unknown }
  | { readonly code: 'not one of'; readonly found: string; readonly known: readonly string[] }
  | {
      readonly code: 'unknown field';
      readonly name: string;
      readonly known: readonly string[];
      readonly meant?: string;
    }
  /** A name without a dot where a form or a field stands; `forms` are the names of all forms. */
  | { readonly code: 'bare name'; readonly name: string; readonly forms: readonly string[] }
  | { readonly code: 'unknown operator'; readonly name: string; readonly known: readonly string[] }
  | { readonly code: 'missing field'; readonly name: string }
  | { readonly code: 'empty' }
  | { readonly code: 'needs its own object'; readonly form: string }
);

/** Collects problems while a condition is read, so that all of them are told at once. */
export interface ConditionReader {
  readonly problems: ConditionProblem[];
  /** Reads a condition inside this one; undefined where it has problems. */
  readonly nested: (value: unknown, path: JsonPath) => Condition | undefined;
}

/** What is said of a value that is none of the `known` texts; of one that is no text, what is `expected`. */
export function notOneOf(
  found: unknown,
  path: JsonPath,
  known: readonly string[],
  expected: string,
): ConditionProblem {
  return typeof found === 'string'
    ? { path, code: 'not one of', found, known }
    : { path, code: 'wrong type', expected, found };
}

/** A JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
