/** A send: one Task. What the document decides otherwise leaves by Catch, so that the usual path is one transition. */
import { DEFERRED } from '#lib/contracts/faults.ts';
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import type { PlannedState } from '../plan/machine-plan.ts';
import { deferredState } from '../plan/state-names.ts';
import type { NamedStates, TaskState } from './asl.ts';
import { expression, literal } from './expressions.ts';
import {
  INVOKE,
  LAST_CATCHERS,
  assign,
  callArguments,
  clearedSettle,
  decisionDetail,
  nextOrEnd,
  retries,
  type TaskContext,
} from './task.ts';
import { wonCatchers, wonStates } from './won.ts';

/** The Task, the wait in which a deferred send rests, and the Choice of a time-out that came second. */
export function lowerSend(
  state: Extract<PlannedState, { kind: 'send' }>,
  node: NodeOf<'send'>,
  loops: boolean,
): NamedStates {
  const context: TaskContext = { ...state, loops };
  const { task, name } = state;
  const send: TaskState = {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: callArguments(context, STEP_FUNCTIONS.send, {
      step: literal(node.settings),
      next: literal(node.next),
    }),
    ...assign(task.keepsPlan ? { plan: expression('$states.result.Payload.plan') } : {}, clearedSettle(task)),
    Retry: retries(task, [DEFERRED]),
    Catch: [
      {
        ErrorEquals: [DEFERRED],
        ...assign({ wakeAt: decisionDetail('until') }, clearedSettle(task)),
        Next: deferredState(name),
      },
      ...wonCatchers(context),
      ...LAST_CATCHERS,
    ],
    ...nextOrEnd(state.next),
  };
  return [
    [name, send],
    [deferredState(name), { Type: 'Wait', Timestamp: expression('$wakeAt'), Next: name }],
    ...wonStates(context),
  ];
}
