/**
 * Limits of Step Functions that a journey must keep, as plain facts: what there is and what there may be.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
import { parseDuration, type Duration } from '#lib/contracts/duration.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { heaviestRun } from './heaviest-run.ts';
import type { StateMachine } from './lower/asl.ts';
import { nodeAt } from './plan/flow-reading.ts';
import type { MachinePlan, PlannedState } from './plan/machine-plan.ts';
import { planMachine } from './plan/plan.ts';

const DAY = 86_400_000;

/** A definition may have 1 MB. */
const LONGEST_DEFINITION = 1_048_576;
/** An execution may take one year. */
export const LONGEST_EXECUTION = 365 * DAY;
/** AWS stops an execution at 25,000 events; the rest is room for deferrals and retries, which no path shows. */
export const HISTORY_BUDGET = 20_000;
/** A function's ARN, which takes the place of its placeholder at deployment, has at most 140 characters. */
const LONGEST_FUNCTION_ARN = 140;

/** One limit that a journey breaks. `actual` and `limit` are in bytes, milliseconds or events, by kind. */
export interface BrokenLimit {
  readonly kind: 'definition size' | 'longest run' | 'history events';
  /** The step that weighs most, where one can be named. */
  readonly nodeId: string | undefined;
  readonly actual: number;
  readonly limit: number;
}

/** What a journey's longest run breaks: one year, or the budget of the history. */
export function runLimits(flow: Flow): readonly BrokenLimit[] {
  const plan = planMachine(flow);
  return [
    ...broken('longest run', flow, plan, (state) => longestMilliseconds(flow, state), LONGEST_EXECUTION),
    ...broken('history events', flow, plan, eventsOf, HISTORY_BUDGET),
  ];
}

/** What a compiled machine breaks: the size of its definition, with the names of functions filled in. */
export function machineLimits(machine: StateMachine): readonly BrokenLimit[] {
  const text = JSON.stringify(machine);
  const tasks = Object.values(machine.States).filter((state) => state.Type === 'Task').length;
  const actual = bytesOf(text) + tasks * LONGEST_FUNCTION_ARN;
  if (actual <= LONGEST_DEFINITION) return [];
  return [{ kind: 'definition size', nodeId: undefined, actual, limit: LONGEST_DEFINITION }];
}

function broken(
  kind: BrokenLimit['kind'],
  flow: Flow,
  plan: MachinePlan,
  weigh: (state: PlannedState) => number,
  limit: number,
): readonly BrokenLimit[] {
  const actual = heaviestRun(flow, plan, weigh);
  if (actual <= limit) return [];
  const heaviest = plan.states.toSorted((a, b) => weigh(b) - weigh(a))[0];
  return [{ kind, nodeId: heaviest?.node ?? undefined, actual, limit }];
}

/** The longest that a run can rest in the state: a wait, or a send put off by quiet hours or caps. */
function longestMilliseconds(flow: Flow, state: PlannedState): number {
  if (state.kind !== 'wait' && state.kind !== 'waitFor' && state.kind !== 'send') return 0;
  const node = nodeAt(flow, state.node);
  switch (node.kind) {
    case 'wait':
      return longest(node.for) + timeOfDay(node.until, node.on);
    case 'waitFor':
      return longest(node.within) + timeOfDay(node.until, undefined);
    case 'send':
      return longestDeferral(node);
    case 'action':
    case 'branch':
    case 'split':
    case 'goto':
    case 'exit':
      return 0;
  }
}

function longestDeferral({ settings }: NodeOf<'send'>): number {
  const expires = longest(settings.expires);
  if (settings.class === 'transactional') return 0;
  if (settings.caps.length > 0 && settings.ifCapped === 'wait') return expires;
  const { windows, closed, perSecond, ifQuiet } = settings;
  if (perSecond !== undefined) return expires;
  if ((windows !== undefined || closed !== undefined) && ifQuiet === 'wait') return expires;
  return settings.quietHours !== undefined && settings.ifQuiet === 'wait' ? Math.min(expires, DAY) : 0;
}

/** Months and years at their longest; nothing for a text that is no duration (an instant, as `expires` may be). */
function longest(text: string | undefined): number {
  if (text === undefined) return 0;
  const duration: Duration | { problem: string } = parseDuration(text);
  if ('problem' in duration) return 0;
  const { years, months, days, milliseconds } = duration;
  const monthDays = Math.floor(months / 12) * 366 + (months % 12) * 31;
  return (years * 366 + monthDays + days) * DAY + milliseconds;
}

/** The next time of day is at most a day away, on one of certain weekdays at most a week. */
function timeOfDay(until: string | undefined, on: readonly string[] | undefined): number {
  if (on !== undefined) return 7 * DAY;
  return until === undefined ? 0 : DAY;
}

/** Events in the history when nothing goes wrong: entered and exited, and for a Task scheduled, started, succeeded between. */
function eventsOf(state: PlannedState): number {
  switch (state.kind) {
    case 'send':
    case 'action':
    case 'decide':
      return 5;
    case 'waitFor':
      // A callback is also submitted; several events are told apart by a Choice.
      return state.arms.length > 1 ? 8 : 6;
    case 'wait':
    case 'branch':
    case 'split':
    case 'goto':
      return 2;
  }
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
