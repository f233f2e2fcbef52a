// Task tokens: who waits for which, and what AWS answers for one that nobody waits for any more.
import { Refusal } from './failure.ts';
import type { Json } from './json.ts';

export interface Waiting {
  succeed(output: Json): void;
  fail(error: string | undefined, cause: string | undefined): void;
  beat(): void;
}

const prefix = 'wend-task:';

export class Tokens {
  readonly #waiting = new Map<string, Waiting>();

  /** A token for one attempt of one task; it carries the execution's id, so that a late answer can be told what it is. */
  issue(executionId: string, sequence: number): string {
    return Buffer.from(`${prefix}${sequence}:${executionId}`).toString('base64url');
  }

  /** Returns the function that makes the token void. */
  wait(token: string, waiting: Waiting): () => void {
    this.#waiting.set(token, waiting);
    return () => this.#waiting.delete(token);
  }

  /**
   * Who waits for the token. Throws as AWS's API does: InvalidToken for what is no token, TaskDoesNotExist when its
   * execution is not known (any more), TaskTimedOut when the task is over.
   */
  find(token: string, isKnown: (executionId: string) => boolean): Waiting {
    const waiting = this.#waiting.get(token);
    if (waiting !== undefined) return waiting;
    const match = /^wend-task:\d+:(?<id>.+)$/.exec(Buffer.from(token, 'base64url').toString());
    const id = match?.groups?.['id'];
    if (id === undefined) throw new Refusal('InvalidToken', "Invalid Token: 'Invalid token'");
    if (!isKnown(id)) throw new Refusal('TaskDoesNotExist', "Task does not exist: 'No such execution'");
    throw new Refusal('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
}
