// One visit of a state: what its expressions see, what its events say, how its failures are worded.
import { checkLive, type Thread } from '../execution.ts';
import { EvaluationFailure, StateFailure, stateErrors } from '../failure.ts';
import { fits, type Json, type JsonObject } from '../json.ts';
import type { Evaluation, States } from '../jsonata/evaluation.ts';
import { limits } from '../limits.ts';
import type { Effects, State } from '../machine.ts';
import { record, type Runtime } from '../runtime.ts';
import { evaluateTemplate, type Template } from '../template.ts';

export interface Visit {
  readonly runtime: Runtime;
  readonly thread: Thread;
  readonly state: State;
  readonly input: Json;
  readonly enteredEventId: number;
  readonly enteredAt: number;
  /** The state failed before, and its execution was redriven to go on in it. */
  readonly isRedriven: boolean;
  /** Retries of this visit so far. */
  retryCount: number;
  /** `Task` of the context object, for a callback task. */
  taskContext: JsonObject | undefined;
  /** The context object, made when an expression is evaluated, and anew when its parts have changed. */
  context: { retryCount: number; taskContext: JsonObject | undefined; value: JsonObject } | undefined;
}

/** How a state is left. `next` undefined: its graph ends. */
export interface Exit {
  readonly output: Json;
  readonly assigned: ReadonlyMap<string, Json> | undefined;
  readonly next: string | undefined;
}

/** The context object as this state sees it; AWS counts retries only where there can be some. */
function contextOf({ thread, state, enteredAt, retryCount, taskContext }: Visit): JsonObject {
  const EnteredTime = new Date(enteredAt).toISOString();
  return {
    Execution: thread.execution.context.Execution,
    StateMachine: thread.execution.context.StateMachine,
    State:
      'retry' in state
        ? { EnteredTime, Name: state.name, RetryCount: retryCount }
        : { EnteredTime, Name: state.name },
    ...(thread.mapContext === undefined ? undefined : { Map: thread.mapContext }),
    ...(taskContext === undefined ? undefined : { Task: taskContext }),
  };
}

export function evaluationOf(visit: Visit, more: Partial<States> = {}): Evaluation {
  const { retryCount, taskContext } = visit;
  if (visit.context?.retryCount !== retryCount || visit.context.taskContext !== taskContext) {
    visit.context = { retryCount, taskContext, value: contextOf(visit) };
  }
  return {
    states: { input: visit.input, context: visit.context.value, ...more },
    variables: visit.thread.variables,
    now: visit.runtime.clock.now(),
    random: visit.runtime.random,
  };
}

export async function evaluate(visit: Visit, template: Template, more?: Partial<States>): Promise<Json> {
  return evaluateTemplate(template, evaluationOf(visit, more));
}

/**
 * Evaluates Assign and Output of a state, a rule or a catcher against the same old variables. `fallback` is the output
 * where none is given. The variables themselves change when the state is left.
 */
export async function applyEffects(
  visit: Visit,
  effects: Effects,
  fallback: Json,
  next: string | undefined,
  more: Partial<States> = {},
): Promise<Exit> {
  if (effects.assign.length === 0 && effects.output === undefined)
    return { output: fallback, assigned: undefined, next };
  const evaluation = evaluationOf(visit, more);
  const assigned = new Map<string, Json>();
  for (const [name, template] of effects.assign) {
    const value = evaluateTemplate(template, evaluation);
    assigned.set(name, value instanceof Promise ? await value : value);
  }
  let output = fallback;
  if (effects.output !== undefined) {
    const value = evaluateTemplate(effects.output, evaluation);
    output = value instanceof Promise ? await value : value;
  }
  return { output, assigned: assigned.size === 0 ? undefined : assigned, next };
}

/** AWS puts this before every cause that the service itself words. */
export function explained(visit: Visit, reason: string): string {
  return `An error occurred while executing the state '${visit.state.name}' (entered at the event id #${visit.enteredEventId}). ${reason}`;
}

/** A failure of the interpreter, or of the state, as Retry and Catch see it; what is neither is a fault and thrown on. */
export function failureOf(visit: Visit, thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  if (!(thrown instanceof EvaluationFailure)) throw thrown;
  const cause = explained(visit, thrown.message);
  const { location } = thrown;
  record(visit.runtime, visit.thread, 'EvaluationFailed', () => ({
    error: stateErrors.queryEvaluation,
    cause,
    ...(location === undefined ? {} : { location }),
    state: visit.state.name,
  }));
  return new StateFailure(stateErrors.queryEvaluation, cause);
}

/** Leaves the state: variables are set, the exited event is recorded. */
export function leave(visit: Visit, exit: Exit): void {
  const { runtime, thread, state } = visit;
  thread.state = undefined;
  if (exit.assigned !== undefined) thread.variables.assign(exit.assigned);
  record(runtime, thread, `${state.type}StateExited`, () => ({
    name: state.name,
    output: JSON.stringify(exit.output),
    outputDetails: { truncated: false },
    ...(exit.assigned === undefined ? {} : describeAssigned(exit.assigned)),
  }));
  checkLive(thread);
}

function describeAssigned(assigned: ReadonlyMap<string, Json>): JsonObject {
  const texts = [...assigned].map(([name, value]) => [name, JSON.stringify(value)] as const);
  return { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } };
}

/** Throws States.DataLimitExceeded where an output or the variables are larger than AWS carries. */
export function checkSizes(visit: Visit, exit: Exit): void {
  if (exit.output !== visit.input) checkPayload(visit, exit.output);
  if (exit.assigned === undefined) return;
  const values = [...exit.assigned.values()];
  if (!fits(values, limits.payloadBytes)) {
    throw tooLarge(
      visit,
      `The variables assigned by the state '${visit.state.name}' exceed ${limits.payloadBytes} bytes.`,
    );
  }
  if (!fits([...visit.thread.variables.values(), ...values], limits.variablesBytes)) {
    throw tooLarge(visit, `The variables of the execution exceed ${limits.variablesBytes} bytes.`);
  }
}

export function checkPayload(visit: Visit, payload: Json): void {
  if (fits(payload, limits.payloadBytes)) return;
  throw tooLarge(
    visit,
    `The state/task '${visit.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

function tooLarge(visit: Visit, reason: string): StateFailure {
  return new StateFailure(stateErrors.dataLimitExceeded, explained(visit, reason));
}
