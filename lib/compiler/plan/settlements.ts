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

/** The waits whose time-out must assign `settle`, because a Task that it leads to reads the variable. */
export function waitsToRemember(found: FoundStates): ReadonlySet<string> {
  const waits = new Set<string>();
  for (const state of found.states.values()) {
    const settlement = settlementOf(state);
    if (settlement.kind === 'variable') for (const wait of settlement.waits) waits.add(wait);
  }
  return waits;
}

/** Where a Task's run goes on if the document answers that the event of an arm had won. */
export function wonArms(found: FoundStates, settlement: Settlement): readonly WonArm[] {
  if (settlement.kind === 'none') return [];
  const waits = settlement.kind === 'literal' ? [settlement.wait] : settlement.waits;
  const shapes = [...found.states.values()].map((state) => state.shape);
  return waits.flatMap((wait) => {
    const shape = shapes.find((one) => one.kind === 'waitFor' && one.node === wait);
    const arms = shape?.kind === 'waitFor' ? shape.arms : [];
    return arms.map((way, arm) => ({ wait, arm, way }));
  });
}
