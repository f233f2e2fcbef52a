/**
 * Double opt-in: of a topic that has to be confirmed, consent is only a request until the customer has confirmed it, by a link that was
 * sent to their own address: anybody can type an address into a form. A request is kept beside the consent and is none.
 */
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { CONSENT_REQUESTED } from '#lib/journey/vocabulary.ts';
import { ownRecord } from '../copy.ts';
import { announce, type Deciding } from '../deciding.ts';
import { isRequested, type ConsentRecord, type Scope } from './consent-precedence.ts';
import { isImported } from './ledger.ts';

/** What the ledger says of a request. */
export const WAITS = 'waits for confirmation';

/** Whether a grant that this event tells is only a request. */
export function hasToBeConfirmed(
  { workspace }: Deciding,
  { properties }: CustomerEvent,
  topic: string,
): boolean {
  const { topics } = workspace.settings;
  if (!Object.hasOwn(topics, topic) || topics[topic]?.confirm === undefined) return false;
  return properties['confirmed'] !== true;
}

/** Keeps the latest request of the scope; returns whether it waits now, or why not. */
export function keepRequest(deciding: Deciding, event: CustomerEvent, { topic, channel }: Scope): string {
  // Nobody would be asked: what is imported sets off nothing.
  if (isImported(event)) return 'an import without confirmation';
  const { document } = deciding;
  const record = document.consent[topic]?.[channel];
  const before = document.requested?.[topic]?.[channel];
  if ((before !== undefined && before.at >= event.at) || isSettled(record, event.at))
    return record?.granted === true ? 'granted already' : 'older than what is on record';
  document.requested = { ...document.requested };
  ownRecord(document.requested, topic, {})[channel] = { at: event.at };
  deciding.changed = true;
  if (record?.granted === true) return 'granted already';
  return isRequested(deciding, topic, channel) ? WAITS : 'expired when it came';
}

/** The scope has been decided, later than it was asked for: there is nothing to confirm any more. */
export function forgetRequest(
  { document }: Deciding,
  { topic, channel }: Scope,
  record: ConsentRecord,
): void {
  const request = document.requested?.[topic]?.[channel];
  if (request === undefined || document.requested === undefined || !isSettled(record, request.at)) return;
  const requested = { ...document.requested };
  delete ownRecord(requested, topic, {})[channel];
  if (Object.keys(requested[topic] ?? {}).length === 0) delete requested[topic];
  if (Object.keys(requested).length === 0) delete document.requested;
  else document.requested = requested;
}

/** Tells it, so that a journey can send the message with the link. */
export function askToConfirm(
  deciding: Deciding,
  event: CustomerEvent,
  { topic, channel }: Pick<LedgerEntry, 'topic' | 'channel'>,
): void {
  announce(deciding, CONSENT_REQUESTED, event, { topic, ...(channel === undefined ? {} : { channel }) });
}

/** What was imported settles nothing: it may itself be overruled by what is older. */
function isSettled(record: ConsentRecord | undefined, asked: Deciding['now']): boolean {
  return record !== undefined && record.imported !== true && record.at >= asked;
}
