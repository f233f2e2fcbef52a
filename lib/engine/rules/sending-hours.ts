/**
 * When a send may go out by the clock of the customer, and how that moves the end of the wait before it: quiet hours, windows
 * and closed days of marketing messages.
 */
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { FOLDED_MILLIS } from '../budgets.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import { closedUntil, type Closure } from '../time/sending-hours.ts';
import { phoneZone } from '../time/zones.ts';
import type { Version } from '../workspace.ts';
import { channelsInOrder } from './channel-order.ts';
import { whyUnreachable } from './reach.ts';
import { expiryOf } from './wait-ends.ts';

/** Why the channel is closed to the send at an instant, and until when; undefined where it is open. */
export function closureOf(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
  at: Instant,
): Closure | undefined {
  if (settings.class === 'transactional') return undefined;
  const { quietHours: quiet, closed } = settings;
  const windows = settings.windows?.[channel];
  if (quiet === undefined && windows === undefined && closed === undefined) return undefined;
  const zone = zoneOf(deciding.document, deciding.workspace);
  // A telephone may live elsewhere than its owner says: a text message waits until both zones are open.
  const phone = channel === 'sms' ? phoneZone(deciding.document.traits['phone']?.value) : undefined;
  return closedUntil(at, { quiet, windows, closed }, phone === undefined ? [zone] : [phone, zone]);
}

/**
 * The wait's end moved to the next opening of the send directly behind it: the customer pays one wait and not a second one.
 * Undefined where nothing moves: a channel could take the send at once, none can at all, it would have expired by then, or more
 * than a week would pass.
 * In these cases the send is decided in its own time.
 */
export function foldSendingHours(
  deciding: Deciding,
  version: Version,
  node: NodeOf<'wait'>,
  end: Instant,
): { readonly until: Instant; readonly reason: Closure['reason'] } | undefined {
  const next = node.next === null ? undefined : version.manifest.flow.nodes[node.next];
  if (next?.kind !== 'send' || next.settings.ifQuiet !== 'wait') return undefined;
  const { settings } = next;
  let moved: Closure | undefined;
  for (const { channel } of channelsInOrder(deciding.document, settings)) {
    if (whyUnreachable(deciding, settings, channel, end) !== undefined) continue;
    const closure = closureOf(deciding, settings, channel, end);
    if (closure === undefined) return undefined;
    moved ??= closure;
  }
  if (moved === undefined) return undefined;
  const { until, reason } = moved;
  if (until === 'never' || until > addMillis(end, FOLDED_MILLIS)) return undefined;
  return until > expiryOf(deciding, settings, end) ? undefined : { until, reason };
}
