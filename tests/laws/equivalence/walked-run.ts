// One passage through a journey that is walked by hand: where it rests, and what it has seen.
import type { Step } from './steps.ts';

export type Wait = Extract<Step, { type: 'wait' }>;
export type WaitFor = Extract<Step, { type: 'waitFor' }>;

export interface Heard {
  readonly at: number;
  readonly id: string;
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Where a run rests. `leaves`: when it goes on by itself. */
export type Rest =
  | { readonly kind: 'send'; readonly step: Step; readonly leaves: number }
  | {
      readonly kind: 'wait';
      readonly step: Wait;
      readonly reached: number;
      readonly date: number | undefined;
      readonly leaves: number;
    }
  | {
      readonly kind: 'waitFor';
      readonly step: WaitFor;
      readonly reached: number;
      readonly since: number;
      readonly until: number;
      readonly date: number | undefined;
      readonly leaves: number;
    };

export interface Run {
  readonly entered: number;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly saved: Map<string, Readonly<Record<string, unknown>>>;
  readonly jumps: Map<Step, number>;
  /** Events decided since the entry, and those that have ended a wait. */
  readonly heard: Heard[];
  readonly used: Set<string>;
  round: number;
  /** The end of the step before, from which waits for events count. */
  base: number;
  /** From when on events count for such a wait: after a late entry the entry event's own instant. */
  counts: number;
  rest: Rest | undefined;
  converted: boolean;
  /** On the steps of the goal. */
  reached: boolean;
}

export function enteredRun({ at, properties }: Heard, now: number): Run {
  return {
    entered: at,
    entry: properties,
    saved: new Map(),
    jumps: new Map(),
    heard: [],
    used: new Set(),
    round: 0,
    base: now,
    counts: at,
    rest: undefined,
    converted: false,
    reached: false,
  };
}

/** Until when a wait for a date lasts; `past`: the date lies before the wait's earliest end, or there is none. */
export function reckon(
  date: number | undefined,
  earliest: number,
  now: number,
): { readonly ends: number; readonly past: boolean } {
  const from = Math.max(earliest, now);
  return date !== undefined && date >= from ? { ends: date, past: false } : { ends: from, past: true };
}

export function armsOf(step: Step): readonly (readonly Step[])[] {
  switch (step.type) {
    case 'waitFor':
      return [...(step.events ?? []).map(({ then }) => then), step.then ?? [], step.otherwise];
    case 'branch':
      return [...step.cases.map(({ then }) => then), step.otherwise];
    case 'split':
      return step.arms.map(({ steps }) => steps);
    default:
      return [];
  }
}

export function fits(
  arm: { readonly event: string; readonly where?: { readonly 'event.n': number } },
  { event, properties }: Heard,
): boolean {
  return arm.event === event && (arm.where === undefined || properties['n'] === arm.where['event.n']);
}

export function wholeSecond(millis: number): number {
  return Math.ceil(millis / 1000) * 1000;
}

/** Step Functions waits whole seconds, at least one. */
export function timeOut(now: number, until: number): number {
  return now + Math.max(1, Math.ceil((until - now) / 1000)) * 1000;
}

/** A step is over. */
export function stepEnded(run: Run, at: number): void {
  run.base = at;
  run.counts = at;
}

/** A wait that may move or be past is a call, which Step Functions gives a second at least, unless it goes on by its answer. */
export function leavesAt(step: Wait, ends: number, past: boolean, now: number): number {
  const isCall =
    (step.ifPast !== undefined && step.ifPast !== 'continue') ||
    (typeof step.until === 'object' && step.until.date.startsWith('profile.'));
  return isCall && !(past && ends <= now) ? timeOut(now, ends) : ends;
}
