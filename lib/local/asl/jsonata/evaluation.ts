// What an expression is evaluated against: $states, the variables, and the two sources of nondeterminism as arguments.
import type { Json, JsonObject } from '../json.ts';
import type { Variables } from '../variables.ts';

/** The reserved variable `$states`. `result` and `errorOutput` exist only in the fields where AWS provides them. */
export interface States {
  readonly input: Json;
  readonly context: JsonObject;
  readonly result?: Json;
  readonly errorOutput?: JsonObject;
}

export interface Evaluation {
  readonly states: States;
  readonly variables: Variables;
  /** Milliseconds since 1970; what `$now()` and `$millis()` answer. */
  readonly now: number;
  /** Uniform in [0, 1); feeds `$random()` and `$uuid()`. */
  readonly random: () => number;
}
