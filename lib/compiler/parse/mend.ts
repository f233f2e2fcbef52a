/**
 * Leaves out of a value what its schema refuses, so that the rest can be checked all the same: one misspelt field must not
 * hide the other mistakes of a journey. Places stay right: paths into the mended value are translated back.
 */
import type * as z from 'zod';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { jsonPointer } from '../diagnostics.ts';

export interface Mended<T> {
  readonly value: T;
  /** The path in the original value for a path in the mended one. */
  original(path: JsonPath): JsonPath;
}

/** A mistake leads to its surroundings at worst, one level each time; more rounds than levels are never useful. */
const MOST_ROUNDS = 30;

/** The value without what `schema` refuses, on top of `fallback`; undefined where nothing of use is left. */
export function mend<T>(
  schema: z.ZodType<T>,
  value: object,
  fallback: Readonly<Record<string, unknown>>,
): Mended<T> | undefined {
  const removed = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const kept = new Map<string, readonly number[]>();
    const original = (path: JsonPath): JsonPath => translate(path, kept);
    const rest: unknown = without(value, [], [], removed, kept);
    const result = schema.safeParse(isObject(rest) ? { ...fallback, ...rest } : rest);
    if (result.success) return { value: result.data, original };
    for (const issue of result.error.issues) {
      const path = original(issue.path.map((part) => (typeof part === 'number' ? part : String(part))));
      const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
      for (const each of paths) if (!remove(value, each, removed)) return undefined;
    }
  }
  return undefined;
}

/** Marks the innermost part that is there and not yet removed; false where that is the whole value. */
function remove(value: unknown, path: JsonPath, removed: Set<string>): boolean {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    const pointer = jsonPointer(part);
    if (removed.has(pointer) || !isThere(value, part)) continue;
    removed.add(pointer);
    return true;
  }
  return false;
}

function isThere(value: unknown, path: JsonPath): boolean {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return false;
    current = (current as Record<string | number, unknown>)[part];
  }
  return true;
}

/** `kept` remembers, for each list that lost entries, the original indexes of those it kept. */
function without(
  value: unknown,
  path: JsonPath,
  mendedPath: JsonPath,
  removed: ReadonlySet<string>,
  kept: Map<string, readonly number[]>,
): unknown {
  if (Array.isArray(value)) {
    const indexes = [...value.keys()].filter((index) => !removed.has(jsonPointer([...path, index])));
    if (indexes.length < value.length) kept.set(jsonPointer(mendedPath), indexes);
    return indexes.map((index, place) =>
      without(value[index], [...path, index], [...mendedPath, place], removed, kept),
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !removed.has(jsonPointer([...path, key])))
      .map(([key, part]) => [key, without(part, [...path, key], [...mendedPath, key], removed, kept)]),
  );
}

function translate(path: JsonPath, kept: ReadonlyMap<string, readonly number[]>): JsonPath {
  return path.map((part, index) => {
    const indexes = typeof part === 'number' ? kept.get(jsonPointer(path.slice(0, index))) : undefined;
    return typeof part === 'number' ? (indexes?.[part] ?? part) : part;
  });
}
