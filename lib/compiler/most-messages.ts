/**
 * The most messages that one customer can get from a journey, in a run and in a day of 24 hours, or that nothing bounds them, and
 * what does or does not. Never too few: where the graph is too large to be walked, the answer is too many.
 */
import type { Cap, SendSettings } from '#lib/contracts/step-calls.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { shortestLength } from './lengths.ts';
import { heaviestWay, longestStay } from './longest-stay.ts';
import { mostWithin, soonest } from './soonest.ts';
import type { UnnamedManifest } from './version.ts';

const DAY = 86_400_000;

/** The most messages of one class that a journey can send to one customer. */
export interface MostMessages {
  /** In one run. */
  readonly perRun: number;
  /** In any 24 hours. */
  readonly perDay: number | 'unbounded';
  /** What bounds a day, or why nothing does, in words. */
  readonly because: string;
}

type MessageClass = SendSettings['class'];

export function mostMessages(manifest: UnnamedManifest, ofClass: MessageClass): MostMessages {
  const { flow, goal } = manifest;
  const isCounted = (id: string): boolean => {
    const node = flow.nodes[id];
    return node?.kind === 'send' && node.settings.class === ofClass;
  };
  const most = (start: string | null): number => heaviestWay(flow, start, (id) => (isCounted(id) ? 1 : 0));
  // The steps of the goal come after those that have led to it.
  const ofGoal = most(goal?.start ?? null);
  const perRun = most(flow.start) + ofGoal;
  if (perRun === 0) return { perRun, perDay: 0, because: 'there are none' };
  const ofOneRun = Math.min(perRun, (mostWithin(flow, isCounted, DAY) ?? perRun) + ofGoal);
  const runs = runsInADay(manifest, isCounted);
  const byRuns =
    runs.most === 'unbounded'
      ? { perDay: 'unbounded' as const, because: runs.because }
      : { perDay: ofOneRun * runs.most, because: runs.because };
  const byCaps = ofClass === 'marketing' ? capsOfADay(flow) : undefined;
  if (byCaps === undefined) return { perRun, ...byRuns };
  const isLower = byRuns.perDay === 'unbounded' || byCaps.perDay < byRuns.perDay;
  return { perRun, ...(isLower ? byCaps : byRuns) };
}

/** How many runs of one customer can send something within a day. */
function runsInADay(
  { entry, flow, goal }: UnnamedManifest,
  isCounted: (id: string) => boolean,
): { readonly most: number | 'unbounded'; readonly because: string } {
  const { mode, after, atMost = Number.POSITIVE_INFINITY } = entry.reentry;
  if (entry.key !== undefined)
    return { most: 'unbounded', because: `each value of ${entry.key} has a run of its own` };
  const bounded = (most: number, because: string) => ({ most: Math.min(most, atMost), because });
  if (entry.trigger.kind === 'date') return bounded(1, 'one entry on each date');
  if (mode === 'never') return bounded(1, 're-entry "never"');
  const apart =
    mode === 'after' ? shortestLength(after) : mode === 'after exit' ? soonest(flow, isCounted) : 0;
  // A run that began earlier may still be sending; where none lasts so long, it is over by then.
  const longest =
    heaviestWay(flow, flow.start, (id) => longestStay(flow, id)) +
    heaviestWay(flow, goal?.start ?? null, (id) => longestStay(flow, id));
  const stillOn = mode === 'after' && longest + DAY <= apart ? 0 : 1;
  if (apart > 0) {
    const because = mode === 'after' ? `re-entry after ${after}` : 'the wait before the first message';
    return bounded(Math.floor((DAY - 1) / apart) + 1 + stillOn, because);
  }
  if (atMost < Number.POSITIVE_INFINITY)
    return { most: atMost, because: `at most ${atMost} entries for life` };
  const because =
    mode === 'always'
      ? 're-entry "always" bounds nothing'
      : 're-entry "after exit" bounds nothing where the first message goes out at once';
  return { most: 'unbounded', because };
}

/** What the caps leave of a day; undefined where no cap holds for all marketing messages of the journey. */
function capsOfADay(flow: Flow): { readonly perDay: number; readonly because: string } | undefined {
  const sends = Object.values(flow.nodes).filter(
    (node): node is NodeOf<'send'> => node.kind === 'send' && node.settings.class === 'marketing',
  );
  const common = (sends[0]?.settings.caps ?? []).filter((cap) =>
    sends.every(({ settings }) => settings.caps.some((other) => isSame(cap, other))),
  );
  const groups = (of: Cap['of']): number => {
    if (of === 'topic') return new Set(sends.map(({ settings }) => settings.topic)).size;
    return of === 'channel' ? new Set(sends.flatMap(({ settings }) => settings.channels)).size : 1;
  };
  return common
    .map((cap) => {
      const per = shortestLength(cap.per);
      const windows = cap.per === undefined ? 1 : Math.max(1, Math.ceil(DAY / per));
      return { perDay: cap.most * windows * groups(cap.of), because: capInWords(cap) };
    })
    .toSorted((a, b) => a.perDay - b.perDay)[0];
}

/** "2 per 1 day of all" */
export function capInWords({ most, per, of }: Cap): string {
  return `the cap of ${most} ${per === undefined ? 'for life' : `per ${per}`} of ${of}`;
}

function isSame(a: Cap, b: Cap): boolean {
  return a.most === b.most && a.per === b.per && a.of === b.of;
}
