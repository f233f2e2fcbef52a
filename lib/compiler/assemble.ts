/** Joins the lowered states to a machine. */
import { ENDED_STATE, FAILURE_STATES } from './lower/end.ts';
import type { NamedStates, StateMachine } from './lower/asl.ts';
import { RUN_ENDED_STATE } from './plan/state-names.ts';

/** A machine that has no name yet: its version is the hash of its content. */
export type UnnamedMachine = Omit<StateMachine, 'Comment'>;

/** The machine of a journey's states, in their order; the ends come last and only where they are used. */
export function assembleMachine(startAt: string, steps: NamedStates): UnnamedMachine {
  const hasTasks = steps.some(([, state]) => state.Type === 'Task');
  const usesEnd = startAt === RUN_ENDED_STATE || hasTasks || leadsToEnd(steps);
  const states = [...steps, ...(hasTasks ? FAILURE_STATES : []), ...(usesEnd ? ENDED_STATE : [])];
  return { QueryLanguage: 'JSONata', StartAt: startAt, States: Object.fromEntries(states) };
}

function leadsToEnd(states: NamedStates): boolean {
  return states.some(
    ([, state]) =>
      state.Type === 'Choice' &&
      (state.Default === RUN_ENDED_STATE || state.Choices.some((rule) => rule.Next === RUN_ENDED_STATE)),
  );
}
