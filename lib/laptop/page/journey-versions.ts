// The versions of a journey that somebody is in, and where: who has entered with an earlier version goes on in it.
import type { RunningCloud } from '../running-cloud.ts';

export interface VersionInside {
  readonly version: string;
  /** Runs that are on. */
  readonly people: number;
  /** Step → how many are there. */
  readonly atSteps: ReadonlyMap<string, number>;
}

/** By version; one that nobody is in is not among them. */
export function versionsInside(
  { customers }: RunningCloud,
  journey: string,
): ReadonlyMap<string, VersionInside> {
  const found = new Map<string, { version: string; people: number; atSteps: Map<string, number> }>();
  for (const { runs } of customers.all())
    for (const { journey: of, version, step } of runs) {
      if (of !== journey) continue;
      const inside = found.get(version) ?? { version, people: 0, atSteps: new Map<string, number>() };
      found.set(version, inside);
      inside.people += 1;
      if (step !== undefined) inside.atSteps.set(step, (inside.atSteps.get(step) ?? 0) + 1);
    }
  return found;
}

/** How many are at each step of several versions together. */
export function atStepsOf(versions: Iterable<VersionInside>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { atSteps } of versions)
    for (const [step, people] of atSteps) sums.set(step, (sums.get(step) ?? 0) + people);
  return sums;
}
