// How long a target is tried again: the same for rules of a bus and for schedules.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html
import * as z from 'zod';

export const retryPolicySchema = z.strictObject({
  MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
  MaximumRetryAttempts: z.int().min(0).max(185).optional(),
});

export const deadLetterConfigSchema = z.strictObject({ Arn: z.string().optional() });

/** What AWS does where nothing else is said: a day, and as often as it fits into it. */
export const DEFAULT_AGE_SECONDS = 86_400;
export const DEFAULT_RETRY_ATTEMPTS = 185;

/**
 * Milliseconds before the next attempt. AWS says that it waits longer each time and not how long; from a second on, twice as long each time up
 * to eight minutes, 185 attempts take a day, as they do there. Without jitter: it keeps many senders apart, and here is one.
 */
export function retryAfterMillis(failedAttempts: number): number {
  return Math.min(1000 * 2 ** (failedAttempts - 1), 480_000);
}
