// Brings an execution, with the children of its Map Runs, back to where it was: its machine runs again in virtual time on the same input, chance
// and messages from outside, each at its instant; then it goes on. Nobody is called meanwhile; a task whose answer was not kept is called again.
import type { Cancel } from '../clock.ts';
import type { Execution } from '../asl/execution.ts';
import type { Interpreter } from '../asl/interpreter.ts';
import type { StartRequest } from '../asl/create-execution.ts';
import type { Json } from '../asl/json.ts';
import type { Expectation, LiveOutside, Outside } from '../asl/outside.ts';
import { type LiveClock, PlaybackClock } from './playback-clock.ts';

/** What came from outside, in the order in which it came. */
export interface KeptMessage {
  /** ARN. */
  readonly execution: string;
  /** What it is for: see `OnMessage`. */
  readonly number: number;
  /** How far all were: `Interpreter.progress`. */
  readonly progress: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: Json;
}

export interface Played {
  readonly request: StartRequest;
  /** Its start, in milliseconds since 1970. */
  readonly at: number;
  readonly messages: readonly KeptMessage[];
}

/**
 * Plays one back until now. Rejects where the execution does not come to where a message belongs: the messages are not of this machine.
 */
export async function playBack(interpreter: Interpreter, played: Played, live: LiveClock): Promise<void> {
  const { request, at, messages } = played;
  const clock = new PlaybackClock(at);
  const outside = new PlayedOutside();
  const { id } = interpreter.start(request, { clock, outside });
  for (const { execution, number, progress, at: instant, message } of messages) {
    const find = (): Expectation | undefined => outside.find(execution, number);
    const isThere = (): boolean =>
      interpreter.progress(id) >= progress && (number === 0 || find() !== undefined);
    while (!isThere() && (await clock.step(instant)));
    if (!isThere() || interpreter.progress(id) !== progress)
      throw new Error(
        `${id} cannot be brought back: message ${number} of ${execution} came after ${progress} events, and there are ${interpreter.progress(id)}.`,
      );
    await clock.tell(instant, () =>
      number === 0 ? interpreter.repeat(execution, message) : find()?.hear(message),
    );
  }
  // What has to be called comes before what time would bring: nobody was called while nothing ran.
  const now = live.clock.now();
  while (await clock.step(outside.isDue() ? clock.now() : now));
  clock.goLive(live);
  outside.goLive(interpreter.outside);
}

interface Kept {
  readonly execution: Execution;
  readonly number: number;
  readonly expectation: Expectation;
  /** Ends the waiting, once it has begun. */
  cancel: Cancel | undefined;
}

/** What is waited for while an execution is played back: nothing begins before that is over. */
class PlayedOutside implements Outside {
  readonly #kept = new Set<Kept>();
  #live: LiveOutside | undefined;

  expect(execution: Execution, expectation: Expectation): Cancel {
    if (this.#live !== undefined) return this.#live.expect(execution, expectation);
    const kept: Kept = { execution, number: (execution.expected += 1), expectation, cancel: undefined };
    this.#kept.add(kept);
    return () => {
      this.#kept.delete(kept);
      kept.cancel?.();
    };
  }

  find(execution: string, number: number): Expectation | undefined {
    for (const kept of this.#kept)
      if (kept.number === number && kept.execution.id === execution) return kept.expectation;
    return undefined;
  }

  isDue(): boolean {
    return [...this.#kept].some(({ expectation }) => expectation.isDue());
  }

  goLive(live: LiveOutside): void {
    this.#live = live;
    for (const kept of this.#kept) kept.cancel = live.begin(kept.execution, kept.number, kept.expectation);
    this.#kept.clear();
  }
}
