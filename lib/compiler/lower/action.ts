/** A step that acts (update, emit, invoke, webhook, enter): one Task, whose function depends on the kind of the step. */
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
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
export function lowerAction(
  state: Extract<PlannedState, { kind: 'action' }>,
  { settings, next }: NodeOf<'action'>,
  loops: boolean,
): NamedStates {
  const context: TaskContext = { ...state, loops };
  const { task, name } = state;
  const act: TaskState = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: callArguments(context, STEP_FUNCTIONS[settings.type], {
      step: literal(settings),
      next: literal(next),
    }),
    ...assign(task.keepsPlan ? { plan: expression('$states.result.Payload.plan') } : {}, clearedSettle(task)),
    Retry: retries(task),
    Catch: [...wonCatchers(context), ...LAST_CATCHERS],
    ...nextOrEnd(state.next),
  };
  return [[name, act], ...wonStates(context)];
}
