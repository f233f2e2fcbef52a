// Plays many schedules, one after the other, and judges each.
import type { BrokenProtocol } from './broken-protocols.ts';
import { COUNTED, judge, type Counts, type Violation } from './judge.ts';
import { playSchedule } from './schedule.ts';

export interface Search {
  readonly schedules: number;
  readonly violations: readonly Violation[];
  readonly counts: Counts;
}

/** Schedules `from` up to and without `to`; `onPlayed` is told after each. */
export async function searchAll(from: number, to: number, onPlayed: () => void = () => {}): Promise<Search> {
  const violations: Violation[] = [];
  const counts = noCounts();
  for (let seed = from; seed < to; seed += 1) {
    const judged = await judge(seed, await playSchedule(seed));
    violations.push(...judged.violations);
    add(counts, judged.counts);
    onPlayed();
  }
  return { schedules: to - from, violations, counts };
}

/** The first schedule below `most` in which the protocol breaks a promise, in the way in which it has to be noticed. */
export async function firstViolation(
  { sending, finding = '' }: BrokenProtocol,
  most: number,
): Promise<(Violation & { readonly schedules: number }) | undefined> {
  for (let seed = 0; seed < most; seed += 1) {
    const { violations } = await judge(seed, await playSchedule(seed, sending));
    const first = violations.find(({ what }) => what.includes(finding));
    if (first !== undefined) return { ...first, schedules: seed + 1 };
  }
  return undefined;
}

export function joined(searches: readonly Search[]): Search {
  const counts = noCounts();
  for (const search of searches) add(counts, search.counts);
  return {
    schedules: searches.reduce((sum, one) => sum + one.schedules, 0),
    violations: searches.flatMap(({ violations }) => violations),
    counts,
  };
}

function add(sum: Counts, counts: Counts): void {
  for (const name of COUNTED) sum[name] += counts[name];
}

function noCounts(): Counts {
  return Object.fromEntries(COUNTED.map((name) => [name, 0])) as Counts;
}
