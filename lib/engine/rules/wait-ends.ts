/** When waits end and sends expire, in the zone of the step or of the customer. */
import type { Weekday } from '#lib/contracts/calendar.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { nextTimeOfDay } from '../time/local-time.ts';
import { waitUntil } from '../time/wait-plan.ts';

export function waitEnds(deciding: Deciding, node: NodeOf<'wait'>, from: Instant): Instant {
  return waitUntil({
    from,
    for: node.for === undefined ? undefined : duration(node.for),
    until: node.until,
    on: node.on as readonly Weekday[] | undefined,
    zone: node.timezone ?? zoneOf(deciding.document, deciding.workspace),
  });
}

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
