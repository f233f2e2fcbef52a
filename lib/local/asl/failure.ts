// How things go wrong: a state that fails, a task's own error, a definition that is refused, a call that AWS would refuse.

/** Errors of Step Functions itself. Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
export const stateErrors = {
  all: 'States.ALL',
  dataLimitExceeded: 'States.DataLimitExceeded',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  queryEvaluation: 'States.QueryEvaluationError',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

/**
 * Why a state, a branch or an execution failed, as Retry, Catch and the history see it. Thrown by the thousand as a part
 * of ordinary journeys, so it has no stack.
 */
export class StateFailure {
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** A second name under which Retry and Catch know the error; AWS reports missed heartbeats as States.Timeout. */
  readonly alias: string | undefined;

  constructor(error: string | undefined, reason?: string, alias?: string) {
    this.error = error;
    this.reason = reason;
    this.alias = alias;
  }

  /** Nothing catches these; they end the execution from wherever they happen. */
  get endsExecution(): boolean {
    return this.error === stateErrors.runtime;
  }
}

/** An expression or its result that cannot be used. `location` is the field in AWS's notation, such as `Assign/until`. */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
  readonly location: string | undefined;

  constructor(message: string, location?: string) {
    super(message);
    this.location = location;
  }
}

/**
 * What a task handler throws to fail its task, as the called service would: an error name and a cause. It has no stack either:
 * journeys wait by failing.
 */
export class TaskFailure {
  readonly name = 'TaskFailure';
  readonly message: string;
  readonly error: string;
  readonly reason: string | undefined;

  constructor(error: string, reason?: string) {
    this.message = reason === undefined ? error : `${error}: ${reason}`;
    this.error = error;
    this.reason = reason;
  }
}

/** What a task handler throws for a resource it does not know. The execution fails with States.Runtime, naming it. */
export class UnsupportedResource extends Error {
  override readonly name = 'UnsupportedResource';
  readonly resource: string;

  constructor(resource: string) {
    super(`The resource '${resource}' is not supported locally.`);
    this.resource = resource;
  }
}

export interface Problem {
  /** Where, as a JSON pointer into the definition: `/States/remind/Retry/0`. */
  readonly path: string;
  readonly message: string;
}

/** A definition that is not accepted, with every problem found in it. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => `${path === '' ? '/' : path}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

export type RefusalName =
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionNotRedrivable'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'ResourceNotFound'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut';

/** A call that AWS's API would answer with an exception of this name. */
export class Refusal extends Error {
  override readonly name: RefusalName;

  constructor(name: RefusalName, message: string) {
    super(message);
    this.name = name;
  }
}
