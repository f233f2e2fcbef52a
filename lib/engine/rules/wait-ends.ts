/** When waits end, in the zone of the step or of the customer, and how the quiet hours of the next send move that end. */
import type { Weekday } from '#lib/contracts/calendar.ts';
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { nextTimeOfDay } from '../time/local-time.ts';
import { quietUntilAll } from '../time/quiet-hours.ts';
import { waitUntil } from '../time/wait-plan.ts';
import { phoneZone } from '../time/zones.ts';
import type { Version } from '../workspace.ts';
import { whyUnreachable } from './reach.ts';

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

/**
 * The wait's end moved out of the quiet hours of the send directly behind it: the customer pays one wait and not a second one.
 * Undefined where nothing moves: a channel could take the send at once, none can at all, or it would have expired by then.
 * In these cases the send is decided in its own time.
 */
export function foldQuietHours(
  deciding: Deciding,
  version: Version,
  node: NodeOf<'wait'>,
  end: Instant,
): Instant | undefined {
  const next = node.next === null ? undefined : version.manifest.flow.nodes[node.next];
  if (next?.kind !== 'send' || next.settings.ifQuiet !== 'wait') return undefined;
  const { settings } = next;
  let moved: Instant | undefined;
  for (const channel of settings.channels) {
    if (whyUnreachable(deciding, settings, channel) !== undefined) continue;
    const quiet = quietEnd(deciding, settings, channel, end);
    if (quiet === undefined) return undefined;
    moved ??= quiet;
  }
  return moved === undefined || moved > expiryOf(deciding, settings, end) ? undefined : moved;
}

/** Until when the channel's quiet hours last at an instant; undefined where it is not quiet or quiet hours do not apply. */
export function quietEnd(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
  at: Instant,
): Instant | undefined {
  if (settings.quietHours === undefined || settings.class === 'transactional') return undefined;
  const zone = zoneOf(deciding.document, deciding.workspace);
  // A telephone may live elsewhere than its owner says: a text message waits until it is quiet in neither zone.
  const phone = channel === 'sms' ? phoneZone(deciding.document.traits['phone']?.value) : undefined;
  return quietUntilAll(at, settings.quietHours, phone === undefined ? [zone] : [phone, zone]);
}

/** The last instant at which the send still makes sense, counted from reaching the step. */
export function expiryOf(deciding: Deciding, settings: SendSettings, reached: Instant): Instant {
  const fixed = parseInstant(settings.expires);
  if (fixed !== undefined) return fixed;
  return addDuration(reached, duration(settings.expires), zoneOf(deciding.document, deciding.workspace));
}
