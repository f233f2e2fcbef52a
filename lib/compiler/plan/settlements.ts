/**
 * Who tells the document that a wait for events has run out: the first Task that the time-out leads to. Where that Task is
 * reached in other ways too, the variable `settle` says whether, and which wait.
 */
import { isTask, type FoundState, type FoundStates } from './walk.ts';
import type { Settlement, WonArm } from './machine-plan.ts';

/** How this state settles; `none` for states that are no Task. */
export function settlementOf(state: FoundState): Settlement {
  if (!isTask(state)) return { kind: 'none' };
  const timeOuts = state.arrivals.filter((arrival) => arrival.kind === 'timed out');
  const waits = [...new Set(timeOuts.map((arrival) => arrival.wait))].toSorted();
  const [wait] = waits;
  if (wait === undefined) return { kind: 'none' };
  const onlyThis = waits.length === 1 && timeOuts.length === state.arrivals.length;
  return onlyThis && timeOuts.every((arrival) => arrival.direct)
    ? { kind: 'literal', wait }
    : { kind: 'variable', waits };
}

/** A jump may have been counted between a time-out and this Task. */
export function restoresLoop(state: FoundState): boolean {
  return isTask(state) && state.arrivals.some((arrival) => arrival.kind === 'timed out' && !arrival.direct);
}

/** What the time-outs of waits must leave behind in variables, because a Task that they lead to reads it. */
export interface Remembered {
  /** Waits that assign `settle`. */
  readonly settle: ReadonlySet<string>;
  /** Waits that also keep the loop as it stood. */
  readonly loop: ReadonlySet<string>;
}

export function remembered(found: FoundStates): Remembered {
  const settle = new Set<string>();
  const loop = new Set<string>();
  for (const state of found.states.values()) {
    const settlement = settlementOf(state);
    if (settlement.kind !== 'variable') continue;
    for (const wait of settlement.waits) {
      settle.add(wait);
      if (restoresLoop(state)) loop.add(wait);
    }
  }
  return { settle, loop };
}

/** Where a Task's run goes on if the document answers that the event of an arm had won. */
export function wonArms(found: FoundStates, settlement: Settlement): readonly WonArm[] {
  if (settlement.kind === 'none') return [];
  const waits = settlement.kind === 'literal' ? [settlement.wait] : settlement.waits;
  const shapes = [...found.states.values()].map((state) => state.shape);
  return waits.flatMap((wait) => {
    const shape = shapes.find((one) => one.kind === 'waitFor' && one.node === wait);
    if (shape?.kind !== 'waitFor') return [];
    const { arms, moved } = shape;
    const won: WonArm[] = arms.map((way, arm) => ({ wait, arm, way }));
    return moved === undefined ? won : [...won, { wait, arm: arms.length, way: moved, moved: true }];
  });
}
