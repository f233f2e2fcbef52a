/**
 * What becomes of a start that the platform has no room for (it takes 300 a second at most). A wake-up must not wait behind a
 * broadcast's starts, so nobody waits here: the customer is kept elsewhere, and the caller goes on.
 */
import { Fault } from '#lib/contracts/faults.ts';
import type { Clock, Executions, PutOffStarts } from '../ports.ts';

/**
 * The platform's buckets refill every second: who was refused a moment ago would be refused again, and only takes the place of
 * others.
 */
const CLOSED_MILLIS = 1000;

/** Nobody has to keep the customer: the next look, ten minutes later, asks again. */
export const NEXT_LOOK_STARTS: PutOffStarts = { putOff: () => Promise.resolve() };

/** The same executions, but each start waits for its turn; all else does not. What `turn` throws, the start throws. */
export function startingInTurn(executions: Executions, turn: () => Promise<void>): Executions {
  return {
    ...passedOn(executions),
    start: async (name, input) => {
      await turn();
      return executions.start(name, input);
    },
  };
}

/**
 * The same executions, but a start that is throttled is put off. For a second afterwards starts are put off without asking. Every
 * other fault stays what it is.
 */
export function puttingOffStarts(
  executions: Executions,
  starts: PutOffStarts,
  clock: Pick<Clock, 'monotonic'>,
): Executions {
  let closedUntil = Number.NEGATIVE_INFINITY;
  return {
    ...passedOn(executions),
    start: async (name, input) => {
      if (clock.monotonic() >= closedUntil)
        try {
          return await executions.start(name, input);
        } catch (error) {
          if (!(error instanceof Fault) || error.name !== 'StartThrottled') throw error;
          closedUntil = clock.monotonic() + CLOSED_MILLIS;
        }
      await starts.putOff(input.customer);
      return 'put off';
    },
  };
}

/** All but starts. */
function passedOn(executions: Executions): Omit<Executions, 'start'> {
  return {
    wake: (token, answer) => executions.wake(token, answer),
    move: (token, answer) => executions.move(token, answer),
    stop: (name, of) => executions.stop(name, of),
    describe: (name, of) => executions.describe(name, of),
  };
}
