/**
 * When a send may go out by the clock of the customer, and how that moves the end of the wait before it: quiet hours,
 * windows, closed days, public holidays and the law, for marketing messages.
 */
import { hashFraction } from '#lib/contracts/hash.ts';
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { FOLDED_MILLIS } from '../budgets.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import { closedUntil, type Closure } from '../time/sending-hours.ts';
import { spreadBehind } from '../time/spread-opening.ts';
import { phoneZone } from '../time/zones.ts';
import type { Version } from '../workspace.ts';
import { channelsInOrder } from './channel-order.ts';
import { legalHoursOf } from './legal-hours.ts';
import { whyUnreachable } from './reach.ts';
import { expiryOf } from './wait-ends.ts';

/** A send that asks for its opening: its run, and until when it makes sense. */
export interface HeldBack {
  readonly run: string;
  readonly expiry: Instant;
}

/**
 * Why the channel is closed to the send at an instant, and until when: the next opening, and what the spread of the settings adds to
 * it for this run and step, so that not everybody goes out at the same instant. Undefined where it is open.
 */
export function closureOf(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
  at: Instant,
  { run, expiry }: HeldBack,
): Closure | undefined {
  const isClosed = closings(deciding, settings, channel);
  const closure = isClosed?.(at);
  if (closure === undefined || closure.until === 'never' || closure.until > expiry) return closure;
  const draw = (which: string): number => hashFraction('opening', which, run, settings.id);
  const spread = {
    millis: deciding.workspace.settings.spreadMillis ?? 0,
    last: expiry,
    draws: [draw('first'), draw('second')],
  } as const;
  const until = spreadBehind(closure.until, spread, (instant) => isClosed?.(instant) === undefined);
  return { reason: closure.reason, until };
}

/** What holds the send back on the channel, asked of any instant; undefined where nothing ever does. */
function closings(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
): ((at: Instant) => Closure | undefined) | undefined {
  if (settings.class === 'transactional') return undefined;
  const { quietHours: quiet, closed } = settings;
  const windows = settings.windows?.[channel];
  const holidays = holidaysOf(deciding, settings);
  const law = legalHoursOf(deciding, channel);
  const own = quiet !== undefined || windows !== undefined || closed !== undefined || holidays !== undefined;
  if (!own && law === undefined) return undefined;
  const zone = zoneOf(deciding.document, deciding.workspace);
  // A telephone may live elsewhere than its owner says: a text message waits until both zones are open.
  const phone = channel === 'sms' ? phoneZone(deciding.document.traits['phone']?.value) : undefined;
  const zones: [string, ...string[]] = phone === undefined ? [zone] : [phone, zone];
  return (at) => closedUntil(at, { quiet, windows, closed, holidays }, zones, law);
}

/** The holidays of the places that the send names; those of a place that was not packed are not known, and hold nobody back. */
function holidaysOf(
  { workspace }: Deciding,
  { holidays: places }: SendSettings,
): ReadonlySet<string>[] | undefined {
  return places?.flatMap((place) => workspace.settings.holidays?.get(place) ?? []);
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
  run: string,
  end: Instant,
): { readonly until: Instant; readonly reason: Closure['reason'] } | undefined {
  const next = node.next === null ? undefined : version.manifest.flow.nodes[node.next];
  if (next?.kind !== 'send' || next.settings.ifQuiet !== 'wait') return undefined;
  const { settings } = next;
  const expiry = expiryOf(deciding, settings, end);
  let moved: Closure | undefined;
  for (const { channel } of channelsInOrder(deciding.document, settings)) {
    if (whyUnreachable(deciding, settings, channel, end) !== undefined) continue;
    const closure = closureOf(deciding, settings, channel, end, { run, expiry });
    if (closure === undefined) return undefined;
    moved ??= closure;
  }
  if (moved === undefined) return undefined;
  const { until, reason } = moved;
  if (until === 'never' || until > addMillis(end, FOLDED_MILLIS)) return undefined;
  return until > expiry ? undefined : { until, reason };
}
