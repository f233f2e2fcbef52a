/**
 * Suppression: addresses that nothing may be sent to, transactional messages included. What suppresses and what lifts it has the instant
 * at which the provider or the operator says it happened, and these decide, not the order of arrival: a bounce that is told late, of
 * before the suppression was lifted, changes nothing.
 */
import { channelMeant } from '#lib/contracts/consent-words.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import { SUPPRESSION_ADDED, SUPPRESSION_LIFTED } from '#lib/journey/vocabulary.ts';
import { note, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import { effectOf, keepInLedger } from './ledger.ts';

export const HARD_BOUNCE = 'hard bounce';
export const COMPLAINT = 'complaint';
const LONGEST_REASON = 80;

type Suppressed = CustomerDocument['suppressed'][string];

/** Why an address is suppressed: the customer's own word holds for the channel, a bounce for the address `to` (its mark). */
export interface Suppression {
  readonly reason: string;
  readonly at: Instant;
  readonly to?: string;
}

/** Deals with what an application or operator says: `Suppression Added { channel?, reason? }`, `Suppression Lifted { channel }`. */
export function applySuppression(deciding: Deciding, event: CustomerEvent): void {
  const isAdded = event.event === SUPPRESSION_ADDED;
  if (!isAdded && event.event !== SUPPRESSION_LIFTED) return;
  const { channel, reason } = event.properties;
  const one = isAdded ? channelMeant(channel) : channelSchema.safeParse(channel).data;
  // What is to be suppressed on no channel that we know is suppressed on all of them; what is to be lifted has to name it.
  const channels = one !== undefined ? [one] : isAdded ? channelSchema.options : [];
  if (channels.length === 0) {
    note(deciding, { kind: 'ignores', reason: 'suppression not understood', event: event.id });
    keepInLedger(deciding, event, { what: 'not understood', effect: 'suppression not understood' });
    return;
  }
  const why =
    typeof reason === 'string' && reason !== '' ? reason.slice(0, LONGEST_REASON) : 'suppressed by hand';
  const changed = channels.filter((on) =>
    isAdded ? suppress(deciding, on, { reason: why, at: event.at }) : lift(deciding, on, event.at),
  );
  keepInLedger(deciding, event, {
    what: isAdded ? 'suppressed' : 'lifted',
    ...(one === undefined ? {} : { channel: one }),
    ...(isAdded ? { reason: why } : {}),
    effect: effectOf(changed.length > 0),
  });
}

/** Suppresses the channel, or the address on it; returns whether this has changed anything. */
export function suppress(deciding: Deciding, channel: Channel, { reason, at, to }: Suppression): boolean {
  const { suppressed, lifted } = deciding.document;
  if (at < (lifted?.[channel] ?? '')) return false;
  const { word, bounce } = partsOf(suppressed[channel]);
  // Two of one instant: the greater text wins, so that the order of arrival does not decide.
  if (to === undefined) {
    if (word !== undefined && `${word.at} ${word.reason}` >= `${at} ${reason}`) return false;
    suppressed[channel] = joined({ reason, at }, bounce);
  } else {
    if (bounce !== undefined && `${bounce.at} ${bounce.to}` >= `${at} ${to}`) return false;
    suppressed[channel] = joined(word, { at, to });
  }
  deciding.changed = true;
  return true;
}

/** What was suppressed before the instant is so no longer; returns whether this has changed anything. */
function lift(deciding: Deciding, channel: Channel, at: Instant): boolean {
  const { document } = deciding;
  const before = document.lifted?.[channel];
  if (before !== undefined && before >= at) return false;
  document.lifted = { ...document.lifted, [channel]: before === undefined ? at : later(before, at) };
  deciding.changed = true;
  const { word, bounce } = partsOf(document.suppressed[channel]);
  const left = joined(isStill(word, at), isStill(bounce, at));
  if (left === undefined) delete document.suppressed[channel];
  else document.suppressed[channel] = left;
  return true;
}

/** Of one instant the suppression wins. */
function isStill<T extends { readonly at: Instant }>(one: T | undefined, lifted: Instant): T | undefined {
  return one !== undefined && one.at >= lifted ? one : undefined;
}

/** The customer's own word, and the latest bounce: each is ordered by itself, because each ends in a way of its own. */
function partsOf(record: Suppressed | undefined): {
  readonly word?: { readonly reason: string; readonly at: Instant };
  readonly bounce?: { readonly at: Instant; readonly to: string };
} {
  if (record === undefined) return {};
  const { reason, at, to, bounce } = record;
  if (to !== undefined) return { bounce: { at, to } };
  return { word: { reason, at }, ...(bounce === undefined ? {} : { bounce }) };
}

function joined(word: Parts['word'], bounce: NonNullable<Parts['bounce']>): Suppressed;
function joined(word: NonNullable<Parts['word']>, bounce: Parts['bounce']): Suppressed;
function joined(word: Parts['word'], bounce: Parts['bounce']): Suppressed | undefined;
function joined(word: Parts['word'], bounce: Parts['bounce']): Suppressed | undefined {
  if (word === undefined) return bounce === undefined ? undefined : { reason: HARD_BOUNCE, ...bounce };
  return bounce === undefined ? word : { ...word, bounce };
}
type Parts = ReturnType<typeof partsOf>;
