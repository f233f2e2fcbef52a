// A state machine as the interpreter runs it: checked, with every expression compiled. Made by parseMachine only.
import type { Resource } from './resource.ts';
import type { Template } from './template.ts';

export interface Machine {
  /** The definition's Comment. */
  readonly comment: string | undefined;
  /** Seconds after which an execution is TIMED_OUT. */
  readonly timeoutSeconds: number | undefined;
  readonly graph: Graph;
}

/** States that point only at each other: the whole machine, one branch, one item processor. */
export interface Graph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | ParallelState
  | MapState
  | SucceedState
  | FailState;

/** Output and Assign of a state, a choice rule or a catcher. */
export interface Effects {
  readonly output: Template | undefined;
  readonly assign: readonly (readonly [string, Template])[];
}

interface Named {
  readonly name: string;
}

interface Leaving extends Named, Effects {
  /** undefined: the state ends its graph. */
  readonly next: string | undefined;
}

interface Failing {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

interface PassState extends Leaving {
  readonly type: 'Pass';
}

export interface TaskState extends Leaving, Failing {
  readonly type: 'Task';
  readonly resource: Resource;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

export interface ChoiceState extends Named, Effects {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
}

export interface ChoiceRule extends Effects {
  readonly condition: Template;
  readonly next: string;
}

export interface WaitState extends Leaving {
  readonly type: 'Wait';
  readonly until: { readonly field: 'Seconds' | 'Timestamp'; readonly value: Template };
}

export interface ParallelState extends Leaving, Failing {
  readonly type: 'Parallel';
  readonly branches: readonly Graph[];
  readonly arguments: Template | undefined;
}

export interface MapState extends Leaving, Failing {
  readonly type: 'Map';
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly processor: Graph;
  readonly maxConcurrency: Template | undefined;
  readonly toleratedFailureCount: Template | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
  /** Set where each item has an execution of its own. */
  readonly distributed: Distributed | undefined;
}

interface Distributed {
  /** Part of the names of its executions. */
  readonly label: string;
  /** What the child executions run: the item processor. */
  readonly machine: Machine;
}

export interface DistributedMapState extends MapState {
  readonly distributed: Distributed;
}

interface SucceedState extends Named {
  readonly type: 'Succeed';
  readonly output: Template | undefined;
}

export interface FailState extends Named {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: boolean;
}

export interface Catcher extends Effects {
  readonly errorEquals: readonly string[];
  readonly next: string;
}
