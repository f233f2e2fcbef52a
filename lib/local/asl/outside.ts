// What executions wait for that no clock brings: the answer of a task, an answer by token, the time of the infrastructure. All else follows
// from the input. Whoever keeps these messages can run an execution again to where it was.
import type { Cancel } from '../clock.ts';
import type { Execution } from './execution.ts';
import type { Json } from './json.ts';

/** One thing that an execution waits for: an attempt of a task, the pause before a retry. */
export interface Expectation {
  /** Sets going what will tell: calls the function, arms the timer, makes the token known. */
  begin(tell: (message: Json) => void): void;
  /** Takes a message; there may be several. */
  hear(message: Json): void;
  /** Whether somebody has still to be called, or a timer of the infrastructure to run, before business time can go on. */
  isDue(): boolean;
}

export interface Outside {
  /** Returns what ends the waiting: nothing is heard any more. */
  expect(execution: Execution, expectation: Expectation): Cancel;
}

/** A message to an execution, before it is heard. `number` counts what the execution has waited for; 0: a command to it as a whole. */
export type OnMessage = (execution: Execution, number: number, message: Json) => void;

/** The outside as it is: everything begins at once. */
export class LiveOutside implements Outside {
  readonly #onMessage: OnMessage | undefined;

  constructor(onMessage: OnMessage | undefined) {
    this.#onMessage = onMessage;
  }

  expect(execution: Execution, expectation: Expectation): Cancel {
    return this.begin(execution, (execution.expected += 1), expectation);
  }

  /** Begins what has its number already. */
  begin(execution: Execution, number: number, expectation: Expectation): Cancel {
    let isOpen = true;
    expectation.begin((message) => {
      if (!isOpen) return;
      this.#onMessage?.(execution, number, message);
      expectation.hear(message);
    });
    return () => {
      isOpen = false;
    };
  }
}
