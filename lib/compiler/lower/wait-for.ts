/**
 * A wait for events: one callback Task that registers the wait and rests until the relay answers its token with the arm and
 * the plan. A time-out leaves by Catch; the first Task of its arm tells the document. A wait whose end follows a trait is such a
 * Task too, with or without events: the relay ends it by name when the end has moved, and it begins anew.
 */
import { MOVED, PAST } from '#lib/contracts/faults.ts';
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';
import type { PlannedState } from '../plan/machine-plan.ts';
import { armState } from '../plan/state-names.ts';
import type { Catcher, ChoiceState, JsonObject, NamedStates, TaskState } from './asl.ts';
import { LOOP_SO_FAR, computedPlan, expression, literal, planInForce } from './expressions.ts';
import {
  INVOKE_AND_AWAIT,
  LAST_CATCHERS,
  assign,
  callArguments,
  clearedSettle,
  decisionDetail,
  nextOrEnd,
  nextState,
  retries,
  settleValue,
  type TaskContext,
} from './task.ts';
import { wonCatchers, wonStates } from './won.ts';

const TIMED_OUT = 'States.Timeout';

type WaitForState = Extract<PlannedState, { kind: 'waitFor' }>;

/** The Task, the Choice between its events where they lead to different places, and that of a time-out that came second. */
export function lowerWaitFor(state: WaitForState, loops: boolean): NamedStates {
  const context: TaskContext = { ...state, loops };
  const { task, name, arms, planKnown } = state;
  const plan = planInForce(planKnown);
  const forks = arms.some((way) => way.to !== arms[0]?.to);
  const awaitEvents: TaskState = {
    Type: 'Task',
    Resource: INVOKE_AND_AWAIT,
    // The document's time-out is not before the planned end; a wait that is already over still needs a second.
    TimeoutSeconds: expression(`$max([1, $ceil(($toMillis(${plan}.until) - $millis()) / 1000)])`),
    Arguments: callArguments(context, STEP_FUNCTIONS.await, {
      token: expression('$states.context.Task.Token'),
      step: {
        id: literal(state.node),
        since: expression(`${plan}.from`),
        until: expression(`${plan}.until`),
      },
    }),
    ...assign(
      task.keepsPlan ? { plan: expression('$states.result.plan') } : {},
      forks ? { arm: expression('$states.result.arm') } : {},
      clearedSettle(task),
    ),
    Retry: retries(task, [TIMED_OUT, ...namedEnds(state).map(({ ErrorEquals: [end = ''] }) => end)]),
    Catch: [timeOut(context, state), ...namedEnds(state), ...wonCatchers(context), ...LAST_CATCHERS],
    ...onwards(state, forks),
  };
  const fork: NamedStates = forks ? [[armState(name), choiceOfArm(state)]] : [];
  return [[name, awaitEvents], ...fork, ...wonStates(context)];
}

/** Without events nobody answers the token: only time, or a decision by name, ends the wait. */
function onwards({ name, arms, otherwise }: WaitForState, forks: boolean): Pick<TaskState, 'Next' | 'End'> {
  const [first] = arms;
  if (first === undefined) return { Next: nextState(otherwise) };
  return forks ? { Next: armState(name) } : nextOrEnd(first);
}

/** What else may become of a wait for a date: its end has moved, or is past. */
function namedEnds({ task, name, moved, past }: WaitForState): readonly Catcher[] {
  const plan = { plan: decisionDetail('plan') };
  return [
    ...(moved === undefined
      ? []
      : [
          {
            ErrorEquals: [MOVED],
            ...assign(plan, { loop: decisionDetail('loop') }, clearedSettle(task)),
            Next: name,
          },
        ]),
    ...(past === undefined
      ? []
      : [
          {
            ErrorEquals: [PAST],
            ...assign(task.keepsPlan ? plan : {}, clearedSettle(task)),
            Next: nextState(past),
          },
        ]),
  ];
}

/** Leaves the settling to the Task that follows: as a variable where that Task is reached in other ways too. */
function timeOut({ task, loops }: TaskContext, state: WaitForState): Catcher {
  const { node, otherwise, assignsSettle, keepsLoop, planKnown } = state;
  const settle: JsonObject = assignsSettle ? { settle: settleValue(node, loops) } : clearedSettle(task);
  const plan: JsonObject =
    otherwise.lasts === undefined ? {} : { plan: computedPlan(planKnown, otherwise.lasts) };
  const loop: JsonObject = keepsLoop ? { loopAtTimeOut: expression(LOOP_SO_FAR) } : {};
  return { ErrorEquals: [TIMED_OUT], ...assign(plan, settle, loop), Next: nextState(otherwise) };
}

function choiceOfArm({ arms }: WaitForState): ChoiceState {
  const rules = arms.slice(0, -1).map((way, index) => ({
    Condition: expression(`$arm = ${index}`),
    Next: nextState(way),
  }));
  return { Type: 'Choice', Choices: rules, Default: nextState(arms.at(-1) ?? { to: null }) };
}
