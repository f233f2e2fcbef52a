/**
 * A Task that the compiler inserts, `<step> (now)` or `(end)`: where a decision is due, or the document must hear of a time-out
 * or of the end, and no step's own Task is there to do it.
 */
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import type { PlannedState } from '../plan/machine-plan.ts';
import type { NamedStates, TaskState } from './asl.ts';
import { expression, literal } from './expressions.ts';
import {
  INVOKE,
  LAST_CATCHERS,
  assign,
  callArguments,
  clearedSettle,
  nextOrEnd,
  retries,
  type TaskContext,
} from './task.ts';
import { wonCatchers, wonStates } from './won.ts';

/** The Task, and the Choice of a time-out that came second. */
export function lowerDecide(state: Extract<PlannedState, { kind: 'decide' }>, loops: boolean): NamedStates {
  const context: TaskContext = { ...state, loops };
  const { task, name, node } = state;
  const decide: TaskState = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: callArguments(context, STEP_FUNCTIONS.decide, {
      step: { id: literal(node ?? name) },
      next: literal(node),
    }),
    ...assign(task.keepsPlan ? { plan: expression('$states.result.Payload.plan') } : {}, clearedSettle(task)),
    Retry: retries(task),
    Catch: [...wonCatchers(context), ...LAST_CATCHERS],
    ...nextOrEnd(state.next),
  };
  return [[name, decide], ...wonStates(context)];
}
