/** How long a run can be under way at most, and how much its steps weigh at most. Never too little. */
import { isExact, parseDuration } from '#lib/contracts/duration.ts';
import { timeOfDaySchema } from '#lib/contracts/calendar.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { edgesOf } from './plan/flow-reading.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Beyond this many combinations of step and jumps taken, loops are added up instead. */
const MOST_POSITIONS = 20_000;

/** Milliseconds that a run can stay at a step at most; Infinity where a date decides. */
export function longestStay(flow: Flow, id: string): number {
  const node = flow.nodes[id];
  switch (node?.kind) {
    case 'wait':
      if (node.date !== undefined) return Number.POSITIVE_INFINITY;
      return longest(node.for) + timeOfDay(node.until, node.on) + longest(node.spread);
    case 'waitFor':
      if (node.date !== undefined) return Number.POSITIVE_INFINITY;
      return longest(node.within) + timeOfDay(node.until, undefined);
    case 'send':
      return longestDeferral(node);
    default:
      return 0;
  }
}

/**
 * The heaviest way from a step to the end: the sum of what its steps weigh, each as often as it can be reached. Loops count with
 * their bounds.
 */
export function heaviestWay(flow: Flow, start: string | null, weigh: (id: string) => number): number {
  const known = new Map<string, number>();
  const heaviest = (id: string | null, jumps: ReadonlyMap<string, number>): number => {
    const node = id === null ? undefined : flow.nodes[id];
    if (id === null || node === undefined || known.size > MOST_POSITIONS) return 0;
    const taken = [...jumps].map(([goto, count]) => `${goto}=${count}`).toSorted();
    const key = `${id} ${taken.join(' ')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let best = 0;
    for (const [edge, target] of edgesOf(node).entries()) {
      const jump = (jumps.get(id) ?? 0) + 1;
      const isJump = node.kind === 'goto' && node.atMost !== undefined && edge === 0;
      if (isJump && jump > (node.atMost ?? 0)) continue;
      best = Math.max(best, heaviest(target, isJump ? new Map([...jumps, [id, jump]]) : jumps));
    }
    known.set(key, best + weigh(id));
    return best + weigh(id);
  };
  const found = heaviest(start, new Map());
  return known.size > MOST_POSITIONS ? roughly(flow, weigh) : found;
}

/** Every step as often as all jumps together could bring the run back to it. */
function roughly(flow: Flow, weigh: (id: string) => number): number {
  const nodes = Object.entries(flow.nodes);
  const visits = nodes.reduce((sum, [, node]) => sum + (node.kind === 'goto' ? (node.atMost ?? 0) : 0), 1);
  return nodes.reduce((sum, [id]) => sum + weigh(id) * visits, 0);
}

function longestDeferral({ settings }: NodeOf<'send'>): number {
  const { windows, closed, holidays, perSecond, ifQuiet, ifCapped, quietHours, caps } = settings;
  if (settings.class === 'transactional') return 0;
  // A fixed date may lie anywhere.
  const expires =
    'problem' in parseDuration(settings.expires) ? Number.POSITIVE_INFINITY : longest(settings.expires);
  if (perSecond !== undefined || (caps.length > 0 && ifCapped === 'wait')) return expires;
  if (ifQuiet === 'skip') return 0;
  if (windows !== undefined || closed !== undefined || holidays !== undefined) return expires;
  return quietHours === undefined ? 0 : Math.min(expires, DAY);
}

/** Months and years at their longest, and two hours for a clock that is put back; 0 for nothing. */
function longest(text: string | undefined): number {
  const parsed = parseDuration(text ?? '');
  if ('problem' in parsed) return 0;
  const { years, months, days, milliseconds } = parsed;
  const monthDays = Math.floor(months / 12) * 366 + (months % 12) * 31;
  return (years * 366 + monthDays + days) * DAY + milliseconds + (isExact(parsed) ? 0 : 2 * HOUR);
}

/** The next time of day is at most a day away, on one of certain weekdays at most a week; a date may lie anywhere. */
function timeOfDay(until: unknown, on: readonly string[] | undefined): number {
  if (until !== undefined && !timeOfDaySchema.safeParse(until).success) return Number.POSITIVE_INFINITY;
  if (on !== undefined) return 7 * DAY;
  return until === undefined ? 0 : DAY;
}
