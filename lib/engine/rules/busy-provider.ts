/**
 * A provider that asks to try later is asked again ever more rarely: each time costs a call and two transitions of the state
 * machine for every send that waits, and an outage can last a day.
 */
import { hashFraction } from '#lib/contracts/hash.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';

/** The first time a throttled minute has passed; a provider that stays busy is asked again at least each half hour. */
const FIRST_MILLIS = 60_000;
const LONGEST_MILLIS = 30 * 60_000;
/** Sends that were put off together are spread over this part of their delay, so that they do not come back together. */
const SPREAD = 0.1;

/**
 * When a send asks again that has now been told so `times` times: after 1, 2, 4, 8, 16 and then every 30 minutes, from the second
 * time on up to a tenth later, by hash of the send. The last time before it expires is just before that. Undefined where no time
 * is left. `key`: run/step/visit.
 */
export function askAgainAt(key: string, times: number, now: Instant, expiry: Instant): Instant | undefined {
  const delay = Math.min(FIRST_MILLIS * 2 ** Math.min(times - 1, 30), LONGEST_MILLIS);
  const spread = times === 1 ? 0 : hashFraction('provider is busy', key, String(times)) * SPREAD;
  const next = addMillis(now, Math.round(delay * (1 + spread)));
  if (next <= expiry) return next;
  // What is put off is put off to a whole second, rounded up.
  const last = addMillis(expiry, -1000);
  return last >= addMillis(now, FIRST_MILLIS) ? last : undefined;
}

/**
 * From when on a send that was throttled for the `times`th time takes a slot: from the next second on, because the rate of the channel
 * is lower now; where that has not helped, as late as any that asks again. Undefined where no time is left.
 */
export function nextSlotFrom(key: string, times: number, now: Instant, expiry: Instant): Instant | undefined {
  return times === 1 ? addMillis(now, 1000) : askAgainAt(key, times - 1, now, expiry);
}
