/**
 * The part of the Amazon States Language (JSONata) that the compiler writes.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: JsonObject;
  readonly Next: string;
}

export interface TaskState {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly TimeoutSeconds?: string;
  readonly Arguments: JsonObject;
  readonly Assign?: JsonObject;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Next?: string;
  readonly End?: true;
}

interface WaitState {
  readonly Type: 'Wait';
  readonly Timestamp: string;
  readonly Assign?: JsonObject;
  readonly Next: string;
}

export interface ChoiceRule {
  readonly Condition: string;
  readonly Assign?: JsonObject;
  readonly Next: string;
}

export interface ChoiceState {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
  /** AWS applies it where no rule matches, that is with `Default` (recorded in LocalStack's `assign_in_choice`). */
  readonly Assign?: JsonObject;
}

export type State =
  | TaskState
  | WaitState
  | ChoiceState
  | { readonly Type: 'Succeed' }
  | { readonly Type: 'Fail'; readonly Error: string };

export interface StateMachine {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** The states that one planned state becomes, in the order in which they are written. */
export type NamedStates = readonly (readonly [name: string, state: State])[];
