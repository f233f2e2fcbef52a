// What an operator looks at in the running cloud: queues and what has died in them, functions and how often they failed, and their log
// lines that warn.
import type { Cancel } from '#lib/local/clock.ts';

export interface Operations {
  /** In the order of the template. */
  queues(): readonly QueueState[];
  /** The oldest `most` messages of a dead-letter queue; they stay there. Empty for a queue that is none, or is not there. */
  deadLetters(queue: string, most: number): readonly DeadLetter[];
  functions(): readonly FunctionState[];
  /** Lines of functions at the levels WARN, ERROR and FATAL, newest first; only so many are kept. */
  log(): readonly LogLine[];
  /** A queue, a function or the log has changed. */
  onChange(listener: () => void): Cancel;
}

interface QueueState {
  readonly name: string;
  /** Can be received now. */
  readonly waiting: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
  /** Sent with a delay that is not over. */
  readonly delayed: number;
  /** It takes what others could not get rid of. */
  readonly isDeadLetterQueue: boolean;
}

export interface DeadLetter {
  readonly id: string;
  /** Of the business, in milliseconds since 1970. */
  readonly at: number;
  readonly body: string;
  /** Why it died, where whoever put it here has said so. */
  readonly reason?: string;
}

export interface FunctionState {
  readonly name: string;
  readonly invocations: number;
  /** Invocations that ended in an error, time-outs among them. */
  readonly errors: number;
  readonly throttles: number;
  /** Under way now. */
  readonly running: number;
}

export interface LogLine {
  /** Of the business, in milliseconds since 1970. */
  readonly at: number;
  readonly function: string;
  readonly level: 'WARN' | 'ERROR' | 'FATAL';
  readonly message: string;
}
