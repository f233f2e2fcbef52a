/**
 * Memory for waits: an event that will end a wait is never missed, whether it comes before, during or after the wait's
 * registration (promise P5). For every arm of every waitFor that may lie ahead, a run keeps the matches that can still count.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { MATCHED_PROPERTIES, MOST_MATCHES, SAVED_PROPERTY } from '../budgets.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { shareOf, shortJson } from '../size.ts';
import { subtractDuration } from '../time/add-duration.ts';
import type { Version, WaitForArms } from '../workspace.ts';

export interface Match {
  readonly at: Instant;
  readonly id: string;
  /** Of an event that is kept by `saveAs`: the properties that the version refers to. */
  readonly kept?: Readonly<Record<string, unknown>> | undefined;
  /** Names of those among them that were too large to be kept so long. */
  readonly lost?: readonly string[] | undefined;
}

/** Keeps an event that matched an arm of a wait which the run has not reached. */
export function rememberMatch(
  deciding: Deciding,
  run: Run,
  version: Version,
  step: string,
  arm: number,
  event: CustomerEvent,
): void {
  const wait = version.waits.get(step);
  if (wait === undefined) return;
  const sinceEntry = wait.node.since === 'entry';
  if (
    event.at < (sinceEntry || wait.lookBack !== undefined ? run.entered : run.since) &&
    wait.lookBack === undefined
  )
    return;
  const matches = run.memory?.[step]?.[String(arm)] ?? [];
  if (matches.some((match) => match.id === event.id)) return;
  const all = [...matches, matchOf(deciding, run, event, version, wait)].toSorted(byTime);
  // Since entry the first match decides; otherwise the window's start may still move past the early ones.
  const kept = sinceEntry ? all.slice(0, 1) : all.slice(-MOST_MATCHES);
  run.memory = { ...run.memory, [step]: { ...run.memory?.[step], [String(arm)]: kept } };
  deciding.changed = true;
}

/** With the properties that `saveAs` will keep, as far as they are small: an event is remembered for its sake alone. */
function matchOf(
  { document }: Deciding,
  run: Run,
  { at, id, properties }: CustomerEvent,
  version: Version,
  { node }: WaitForArms,
): Match {
  const wanted = node.saveAs === undefined ? undefined : version.savedProperties.get(node.saveAs);
  if (wanted === undefined) return { at, id };
  const all = Object.entries(properties).filter(([name]) => wanted.has('*') || wanted.has(name));
  let room = shareOf(MATCHED_PROPERTIES, document) - lengthOf(run.memory ?? {});
  const kept = all.filter(([name, value]) => {
    const text = shortJson(value, Math.min(room, SAVED_PROPERTY));
    if (text !== undefined) room -= name.length + text.length;
    return text !== undefined;
  });
  const lost = all.filter((entry) => !kept.includes(entry)).map(([name]) => name);
  return { at, id, kept: Object.fromEntries(kept), ...(lost.length === 0 ? {} : { lost }) };
}

function lengthOf(memory: NonNullable<Run['memory']>): number {
  return JSON.stringify(memory).length;
}

/** A step has ended: matches from before it no longer count for waits with `since: step`. */
export function keepMatchesSince(run: Run, version: Version, since: Instant): void {
  for (const [step, arms] of Object.entries(run.memory ?? {})) {
    if (version.waits.get(step)?.node.since !== 'step') continue;
    const kept = Object.entries(arms).map(([arm, matches]) => [
      arm,
      matches.filter((match) => match.at >= since),
    ]);
    run.memory = { ...run.memory, [step]: Object.fromEntries(kept) as typeof arms };
  }
}

/** An event has won a wait: for waits that count from the end of the step before it has served. */
export function forgetMatch(run: Run, version: Version, event: string): void {
  for (const [step, arms] of Object.entries(run.memory ?? {})) {
    if (version.waits.get(step)?.node.since !== 'step') continue;
    const kept = Object.entries(arms).map(([arm, matches]) => [
      arm,
      matches.filter(({ id }) => id !== event),
    ]);
    run.memory = { ...run.memory, [step]: Object.fromEntries(kept) as typeof arms };
  }
}

/** The match that ends a wait at once: the earliest inside its window, of several at one instant the first arm as written. */
export function matchInside(
  run: Run,
  step: string,
  window: { readonly since: Instant; readonly until: Instant },
): { readonly arm: number; readonly match: Match } | undefined {
  let found: { arm: number; match: Match } | undefined;
  const arms = Object.entries(run.memory?.[step] ?? {}).toSorted(([a], [b]) => Number(a) - Number(b));
  for (const [arm, matches] of arms) {
    const match = matches.find((one) => one.at >= window.since && one.at < window.until);
    if (match !== undefined && (found === undefined || match.at < found.match.at))
      found = { arm: Number(arm), match };
  }
  return found;
}

/** From when on events count for a wait that was reached at `reached`. */
export function windowStart(deciding: Deciding, run: Run, wait: WaitForArms, reached: Instant): Instant {
  if (wait.node.since === 'entry') return run.entered;
  if (wait.lookBack === undefined) return reached;
  return subtractDuration(reached, wait.lookBack, zoneOf(deciding.document, deciding.workspace));
}

function byTime(a: Match, b: Match): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
