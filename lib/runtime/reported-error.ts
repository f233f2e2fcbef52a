// An error as a function may end with it: Lambda writes it to the log and to the trace, and hands it to whoever has called.
import { DecisionLeaves, Fault } from '#lib/contracts/faults.ts';
import { nameOf } from './what-failed.ts';

/**
 * `name` is what Retry and Catch match, the message is ours, and there is no stack, which Lambda would hand to Step Functions as `trace`.
 * Messages of other errors are left to nobody: a client's may quote what it was given.
 */
export function reported(error: unknown): Error {
  const own = error instanceof DecisionLeaves || error instanceof Fault;
  const out = own ? error : Object.assign(new Error('see the log of the function'), { name: nameOf(error) });
  out.stack = '';
  return out;
}
