// Where an execution is: the states that its lines of execution are in.
import type { Thread } from './execution.ts';
import type { State } from './machine.ts';

/** `since`: milliseconds since 1970. */
export function* placesOf(thread: Thread): Generator<{ readonly state: State; readonly since: number }> {
  if (thread.state !== undefined) yield { state: thread.state, since: thread.entered?.at ?? 0 };
  for (const child of thread.children) yield* placesOf(child);
}
