/**
 * Changes of a journey, one at a time, each of which some scenario should notice. An operator looks at one value of the
 * journey's JSON and proposes what could stand there instead.
 */
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';

/** A proposal: what stands at `path` instead, and what that means. */
export interface Change {
  readonly path: JsonPath;
  /** `undefined` takes away what is there. */
  readonly value: unknown;
  /** "without "where"", "1 hour becomes 2 hours" */
  readonly what: string;
  /** What a scenario has to show to notice it. */
  readonly advice: string;
}

/** What operators may ask of the workspace. */
export interface MutantSurroundings {
  readonly topics: readonly string[];
  /** Message id → channels that it has content for. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
}

/** Proposes changes of the value at `path`; `key` is the name of the field or undefined for an element of a list. */
export type Operator = (value: unknown, path: JsonPath, around: MutantSurroundings) => readonly Change[];

/** The journey's JSON with the change made; the original stays as it is. */
export function changed(journey: unknown, path: JsonPath, value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(journey)) {
    if (rest.length === 0 && value === undefined) return journey.filter((_, index) => index !== part);
    return journey.map((each: unknown, index) => (index === part ? changed(each, rest, value) : each));
  }
  if (!isObject(journey)) return journey;
  const entries = Object.entries(journey).flatMap(([name, each]): [string, unknown][] => {
    if (name !== part) return [[name, each]];
    return rest.length === 0 && value === undefined ? [] : [[name, changed(each, rest, value)]];
  });
  return Object.fromEntries(entries);
}

/** The name of the field that a path leads to; undefined for an element of a list. */
export function fieldOf(path: JsonPath): string | undefined {
  const last = path.at(-1);
  return typeof last === 'string' ? last : undefined;
}
