/** When everybody is looked at because of a deployment or a switch: once, and not before every function has heard of it. */
import type { DeploymentClock } from '#lib/contracts/deployment-clock.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';

type Marks = Pick<DeploymentClock, 'deployed' | 'switches'>;
type Kept = Pick<DeploymentClock, 'deployed' | 'switches' | 'changed'>;

/**
 * Functions are brought up to date one after the other, within minutes: one that looks at a customer before it knows what has changed
 * would find nothing to decide, and nobody would come again.
 */
const DEPLOYMENT_SETTLES_MILLIS = 10 * 60 * 1000;
/** Every function has asked for the switches anew (they are kept for ten seconds). */
const SWITCHES_SETTLE_MILLIS = 30 * 1000;

/**
 * What the clock should keep, now that these marks are seen; `catchUp`: the change by reason of which everybody is to be looked at
 * now. It names the change and not the instant, so that a tick that dies behind it and comes again asks for the same. A change that is
 * taken back (paused and live again) has been a change: whoever was held meanwhile is looked at.
 */
export function settleChanges(
  kept: Kept,
  seen: Marks,
  now: Instant,
): { readonly kept: Kept; readonly catchUp: string | undefined } {
  const { deployed, switches, changed } = kept;
  const isSame = isEqual(seen, kept);
  if (changed === undefined)
    return {
      kept: { deployed, switches, ...(isSame ? {} : { changed: { ...seen, since: now } }) },
      catchUp: undefined,
    };
  // Another change while the last one settles: both settle together.
  if (!isEqual(seen, changed))
    return { kept: { deployed, switches, changed: { ...seen, since: now } }, catchUp: undefined };
  const settles = changed.deployed === deployed ? SWITCHES_SETTLE_MILLIS : DEPLOYMENT_SETTLES_MILLIS;
  const waited = toMillis(now) - toMillis(changed.since);
  // A clock that was put back far behind `since` does not make everybody wait until it comes there again.
  if (waited >= 0 ? waited < settles : -waited < settles) return { kept, catchUp: undefined };
  return { kept: seen, catchUp: `${seen.deployed} ${seen.switches} ${changed.since}` };
}

function isEqual(a: Marks, b: Marks): boolean {
  return a.deployed === b.deployed && a.switches === b.switches;
}
