/**
 * How fast a channel goes whose provider throttles without saying what it allows. Each throttle halves the rate; time alone brings it
 * back, so that nothing is written while all is well, and everybody who knows the last throttle knows the rate of any second to come.
 */
import { addMillis, toMillis, type Instant } from './time.ts';

export interface LearnedRate {
  /** Messages a second, from `since` on. */
  readonly perSecond: number;
  /** When the provider last throttled, as far as it was written down. */
  readonly since: Instant;
  /** So many minutes later the rate is twice what it was, and so on. */
  readonly minutes: number;
}

/** Below what any provider allows by default but for the smallest (an SMS number of one a second, SES's sandbox): those are found in four steps. */
const FIRST_PER_SECOND = 10;
/** Nobody is kept from sending for good: at one a second the provider is asked often enough to see that it takes messages again. */
const LEAST_PER_SECOND = 1;
/** From here on nothing is slowed down. One second is one item of the table, which takes a thousand writes. */
export const MOST_PER_SECOND = 1000;
/** Of more doublings nothing is left to be told: 2 ** 10 is more than {@link MOST_PER_SECOND}. */
const MOST_DOUBLINGS = 10;
/**
 * A rate that was doubled and then throttled was right before: the next attempt takes twice as long. A quarter of an hour at most, so
 * that the backlog of an outage is gone within two hours of its end, and well before messages expire.
 */
const MOST_MINUTES = 16;
/** What is on its way at the rate before still comes back throttled: those are not counted again. Also how long others may not know. */
export const SETTLES_MILLIS = 10_000;

/** The rate in a second, counted since 1970; at least one. */
function learnedIn({ perSecond, since, minutes }: LearnedRate, second: number): number {
  const quiet = Math.floor((second * 1000 - toMillis(since)) / (minutes * 60_000));
  const doublings = Math.min(Math.max(quiet, 0), MOST_DOUBLINGS);
  return Math.min(perSecond * 2 ** doublings, MOST_PER_SECOND);
}

/** Places of a second under a rate and what was learned: the smaller of the two. */
export function placesIn(
  { perSecond, learned }: { readonly perSecond: number; readonly learned?: LearnedRate | undefined },
  second: number,
): number {
  return learned === undefined ? perSecond : Math.min(perSecond, learnedIn(learned, second));
}

/** So long ago that the channel goes as it did before. */
export function isRecovered(rate: LearnedRate, now: Instant): boolean {
  return learnedIn(rate, secondOf(now)) >= MOST_PER_SECOND;
}

/** The rate after a throttle; the same object where nothing is to be written. */
export function slowedDown(rate: LearnedRate | undefined, now: Instant): LearnedRate {
  if (rate === undefined || isRecovered(rate, now))
    return { perSecond: FIRST_PER_SECOND, since: now, minutes: 1 };
  if (now < addMillis(rate.since, SETTLES_MILLIS)) return rate;
  const present = learnedIn(rate, secondOf(now));
  return {
    perSecond: Math.max(LEAST_PER_SECOND, Math.floor(present / 2)),
    since: now,
    minutes: present > rate.perSecond ? Math.min(rate.minutes * 2, MOST_MINUTES) : rate.minutes,
  };
}

/** Seconds since 1970. */
export function secondOf(instant: Instant): number {
  return Math.floor(toMillis(instant) / 1000);
}
