// A file read by its schema: the value where it can be had, and everything that is wrong with its shape.
import type * as z from 'zod';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { mend } from './mend.ts';
import { fromIssues } from './schema-issues.ts';

export interface Typed<T> {
  /** What can be checked further; undefined where too much is wrong. */
  readonly value?: T;
  /** False where parts were left out: then no conclusions can be drawn from what is missing. */
  readonly whole: boolean;
  readonly findings: readonly Finding[];
  /** From a path in `value` to the path in the file. */
  original(path: JsonPath): JsonPath;
}

/**
 * Reads a JSON value by a schema whose root is an object.
 * @param fallback fields that stand in for missing or wrong ones of the root, so that the rest can be checked.
 */
export function readTyped<T>(
  schema: z.ZodType<T>,
  value: unknown,
  fallback: Readonly<Record<string, unknown>> = {},
): Typed<T> {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, whole: true, findings: [], original: (path) => path };
  if (!isObject(value)) {
    const findings = [finding('wrong-type', [], { expected: 'an object { … }', found: value })];
    return { whole: false, findings, original: (path) => path };
  }
  const findings = fromIssues(schema, value, result.error.issues);
  const mended = mend(schema, value, fallback);
  if (mended === undefined) return { whole: false, findings, original: (path) => path };
  return { value: mended.value, whole: false, findings, original: (path) => mended.original(path) };
}
