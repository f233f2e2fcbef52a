// Which retrier or catcher takes a failure, and how long a retrier waits.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
import { type StateFailure, stateErrors } from '../failure.ts';
import type { JsonObject } from '../json.ts';
import type { Catcher, Retrier } from '../machine.ts';

/** Attempts taken per retrier, in one visit of a state. */
export type Attempts = Map<Retrier, number>;

function matches(errorEquals: readonly string[], failure: StateFailure): boolean {
  const { error, alias } = failure;
  if (failure.endsExecution) return false;
  if (error !== undefined && errorEquals.includes(error)) return true;
  if (alias !== undefined && errorEquals.includes(alias)) return true;
  if (error === stateErrors.dataLimitExceeded) return false;
  if (errorEquals.includes(stateErrors.all)) return true;
  return errorEquals.includes(stateErrors.taskFailed) && error !== stateErrors.timeout;
}

/**
 * Milliseconds until the next attempt, or undefined when there is none: the first retrier that matches decides, with its
 * own count of attempts. `random` (uniform in [0, 1)) is drawn only for full jitter.
 */
export function nextAttempt(
  retriers: readonly Retrier[],
  failure: StateFailure,
  attempts: Attempts,
  random: () => number,
): number | undefined {
  const retrier = retriers.find((candidate) => matches(candidate.errorEquals, failure));
  if (retrier === undefined) return undefined;
  const taken = attempts.get(retrier) ?? 0;
  if (taken >= retrier.maxAttempts) return undefined;
  attempts.set(retrier, taken + 1);
  const grown = retrier.intervalSeconds * retrier.backoffRate ** taken;
  const seconds = Math.min(
    grown,
    retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER / 1000,
  );
  return Math.round(seconds * 1000 * (retrier.jitter ? random() : 1));
}

export function findCatcher(catchers: readonly Catcher[], failure: StateFailure): Catcher | undefined {
  return catchers.find((candidate) => matches(candidate.errorEquals, failure));
}

/** `$states.errorOutput`, which is also a catcher's output by default. */
export function errorOutput(failure: StateFailure): JsonObject {
  return { Error: failure.error ?? '', Cause: failure.reason ?? '' };
}
