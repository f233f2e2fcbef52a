/** When waits end and sends expire, in the zone of the step or of the customer. */
import type { Weekday } from '#lib/contracts/calendar.ts';
import { isExact } from '#lib/contracts/duration.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { nextTimeOfDay } from '../time/local-time.ts';
import { waitUntil } from '../time/wait-plan.ts';
import { spreadOf } from './wait-dates.ts';

/** Of a wait without a date that begins now; its spread included. */
export function waitEnds(
  deciding: Deciding,
  node: NodeOf<'wait'>,
  id: string,
  run: Run,
  step: string,
): Instant {
  const zone = node.timezone ?? zoneOf(deciding.document, deciding.workspace);
  const end = waitUntil({
    from: deciding.now,
    for: node.for === undefined ? undefined : duration(node.for),
    until: node.until,
    on: node.on as readonly Weekday[] | undefined,
    zone,
  });
  return node.spread === undefined ? end : addMillis(end, spreadOf(node, run, id, step, end, zone));
}

/** Milliseconds of a wait that needs no calendar and no document; the compiler's `exactMilliseconds` is the same question. */
export function exactMillis({ for: written, until, date, on, spread }: NodeOf<'wait'>): number | undefined {
  if (written === undefined || until !== undefined || date !== undefined) return undefined;
  if (on !== undefined || spread !== undefined) return undefined;
  const length = duration(written);
  return isExact(length) ? length.milliseconds : undefined;
}

/** Of a wait for events without a date that counts from `from`. */
export function waitForEnds(deciding: Deciding, node: NodeOf<'waitFor'>, from: Instant): Instant {
  const zone = node.timezone ?? zoneOf(deciding.document, deciding.workspace);
  if (node.within !== undefined) return addDuration(from, duration(node.within), zone);
  return nextTimeOfDay(from, node.until ?? '00:00', zone);
}

/** The last instant at which the send still makes sense, counted from reaching the step. */
export function expiryOf(deciding: Deciding, settings: SendSettings, reached: Instant): Instant {
  const fixed = parseInstant(settings.expires);
  if (fixed !== undefined) return fixed;
  return addDuration(reached, duration(settings.expires), zoneOf(deciding.document, deciding.workspace));
}
