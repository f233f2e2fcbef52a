/** What a provider's answer says of the customer's addresses is decided with the answer: one write, whatever has become of the message. */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { note, type Deciding } from '../deciding.ts';
import type { Input } from '../input.ts';
import { CHANGED, keepInLedger } from './ledger.ts';
import { changeTokens } from './push-tokens.ts';
import { HARD_BOUNCE, suppress } from './suppression.ts';

/** The customer has answered STOP, or somebody has put the number on the provider's list. */
const OPTED_OUT = 'opted out at the provider';

/** `afterChange`: what follows from a changed profile. */
export function learnAddresses(
  deciding: Deciding,
  { call, channel, answer }: Extract<Input, { kind: 'sent' }>,
  afterChange: (deciding: Deciding, id: string) => void,
): void {
  if (answer.learned === undefined) return;
  if (answer.learned.optedOut === true) suppress(deciding, channel, { reason: OPTED_OUT, at: deciding.now });
  const id = sendKey(call.run.run, call.step.id, call.loop.visit);
  if (changeTokens(deciding, { id }, answer.learned)) afterChange(deciding, id);
}

/**
 * Whoever writes START after STOP is on the provider's list no longer: what was learned of it before is over. A complaint and what an
 * operator has said stay; so does the list where it still has the number, as the next answer will tell.
 */
export function applyStart(deciding: Deciding, event: CustomerEvent): void {
  const { granted, topic, channel, source } = event.properties;
  const on = channelSchema.safeParse(channel).data;
  if (event.event !== 'Consent Changed' || granted !== true || topic !== ANY || on === undefined) return;
  // What a customer has written back (lib/runtime/ingestion/replies.ts).
  if (source !== 'reply') return;
  const { document } = deciding;
  const held = document.suppressed[on];
  // A later word of the customer may have refused the channel again.
  if (held?.reason !== OPTED_OUT || held.at >= event.at || document.consent[ANY]?.[on]?.granted !== true)
    return;
  if (held.bounce === undefined) delete document.suppressed[on];
  else document.suppressed[on] = { reason: HARD_BOUNCE, ...held.bounce };
  deciding.changed = true;
  note(deciding, { kind: 'lifts', channel: on, reason: OPTED_OUT, event: event.id });
  // One event says two things: the entry of the suppression has an id of its own.
  keepInLedger(
    deciding,
    { ...event, id: `${event.id}/lifted` },
    { what: 'lifted', channel: on, reason: OPTED_OUT, effect: CHANGED },
  );
}
