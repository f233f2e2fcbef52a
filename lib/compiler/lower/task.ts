/**
 * What all Tasks share. Decisions leave by name and are never retried; everything else is, with patience; what still fails
 * goes to the state that tells the customer document.
 */
import { EXECUTION_ENDS, armWon } from '#lib/contracts/faults.ts';
import { FIRST_LOOP } from '#lib/contracts/step-calls.ts';
import type { PlanKnown, TaskFacts, Way } from '../plan/machine-plan.ts';
import { RUN_ENDED_STATE, RUN_FAILED_STATE } from '../plan/state-names.ts';
import type { Catcher, JsonObject, Retrier } from './asl.ts';
import { EXECUTION_INPUT, LOOP_SO_FAR, VISIT_SO_FAR, expression, literal, reachedAt } from './expressions.ts';

export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const INVOKE_AND_AWAIT = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

/** 2 s, doubling to a quarter of an hour, 40 times: about eight hours, so that no outage of an evening fails a run. */
export const PATIENCE: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxAttempts: 40,
  MaxDelaySeconds: 900,
  JitterStrategy: 'FULL',
};

/** A state as a Task of a journey with or without loops needs it to build its call. */
export interface TaskContext {
  readonly name: string;
  readonly planKnown: PlanKnown;
  readonly task: TaskFacts;
  readonly loops: boolean;
}

/** The state as the step function sees it: what is called, and with what besides the common fields. */
export function callArguments(context: TaskContext, functionName: string, fields: JsonObject): JsonObject {
  return { FunctionName: functionName, Payload: { ...callFields(context), ...fields } };
}

/** The fields that every call has: who, which attempt, which visit, and what the document must hear first. */
function callFields({ planKnown, task, loops }: TaskContext): JsonObject {
  return {
    run: expression(EXECUTION_INPUT),
    attempt: expression('$states.context.State.RetryCount'),
    loop: loops ? expression(LOOP_SO_FAR) : { ...FIRST_LOOP },
    ...settleField(task, loops),
    ...(task.reached ? { reached: expression(reachedAt(planKnown)) } : {}),
  };
}

function settleField({ settlement }: TaskFacts, loops: boolean): JsonObject {
  switch (settlement.kind) {
    case 'none':
      return {};
    case 'literal':
      return { settle: settleValue(settlement.wait, loops) };
    case 'variable':
      return { settle: expression('$exists($settle) ? $settle : null') };
  }
}

/** A time-out to be settled: the wait, and the visit at the moment of the time-out. */
export function settleValue(wait: string, loops: boolean): JsonObject {
  return { step: literal(wait), visit: loops ? expression(VISIT_SO_FAR) : 1 };
}

/** Once the document has heard of the time-out, the variable must not reach another Task. */
export function clearedSettle({ settlement }: TaskFacts): JsonObject {
  return settlement.kind === 'variable' ? { settle: null } : {};
}

/** `Assign`, where there is anything to assign. */
export function assign(...parts: readonly JsonObject[]): { readonly Assign?: JsonObject } {
  const all: JsonObject = Object.assign({}, ...parts);
  return Object.keys(all).length === 0 ? {} : { Assign: all };
}

/** A Task may be the last state. */
export function nextOrEnd(way: Way): { readonly Next: string } | { readonly End: true } {
  return way.to === null ? { End: true } : { Next: way.to };
}

/** Everything but a Task needs a state to go to. */
export function nextState(way: Way): string {
  return way.to ?? RUN_ENDED_STATE;
}

/**
 * Names that leave by Catch are decisions: to try again would be wrong and would cost. `decisions`: those that this kind of
 * Task knows besides those that end the execution.
 */
export function retries(task: TaskFacts, decisions: readonly string[] = []): readonly Retrier[] {
  return [{ ErrorEquals: [...decisions, ...EXECUTION_ENDS, ...wonNames(task)], MaxAttempts: 0 }, PATIENCE];
}

/** Error names by which the document may answer that an event had won. */
export function wonNames(task: TaskFacts): readonly string[] {
  return [...new Set(task.won.map(({ arm }) => armWon(arm)))].toSorted();
}

/** What every Task catches last: the execution is over, or nothing helped. */
export const LAST_CATCHERS: readonly Catcher[] = [
  { ErrorEquals: [...EXECUTION_ENDS], Next: RUN_ENDED_STATE },
  {
    ErrorEquals: ['States.ALL'],
    Assign: { fault: expression('$states.errorOutput.Error') },
    Next: RUN_FAILED_STATE,
  },
];

/** The details that a decision gives when it leaves by name (`DecisionLeaves` in faults.ts). */
export function decisionDetail(field: string): string {
  return expression(`$parse($parse($states.errorOutput.Cause).errorMessage).${field}`);
}
