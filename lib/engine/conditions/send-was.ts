/** What is known of what became of sends: of a step's latest in one run, and of all sends of a message. */
import type { Instant } from '#lib/contracts/time.ts';
import type { MessageCondition, SendOutcome } from '#lib/journey/conditions/condition.ts';
import { zoneOf } from '../deciding.ts';
import type { CustomerDocument, SendRecord } from '../document.ts';
import { addDuration } from '../time/add-duration.ts';
import type { Sight } from './sight.ts';

/** `{ "send": step, "was": outcome }`: of that step's latest send in this run. */
export function wasOutcome(
  document: CustomerDocument,
  run: string | undefined,
  step: string,
  was: SendOutcome,
): boolean {
  const record = latestSend(document, run, step);
  return record !== undefined && recordWas(record, was);
}

/** A step's latest send in a run; undefined where there is none. */
export function latestSend(
  document: CustomerDocument,
  run: string | undefined,
  step: string,
): SendRecord | undefined {
  if (run === undefined) return undefined;
  return document.sends.findLast((send) => send.step === step && send.key.startsWith(`${run}/`));
}

/** `{ "message": id, "was": outcome, "within": duration }`: of any send of it, in whatever run. */
export function messageWas(deciding: Sight, { message, was, within }: MessageCondition): boolean {
  const { document, workspace, now } = deciding;
  const records = document.sends.filter((send) => isOf(send, message) && recordWas(send, was));
  if (within === undefined || records.length === 0) return records.length > 0;
  const zone = zoneOf(document, workspace);
  return records.some((send) => addDuration(send.at, within, zone) > now);
}

/** The instants, later than now, at which sends leave the window that is asked about. */
export function* messageChangesAt(
  { message, was, within }: MessageCondition,
  { document, workspace, now }: Sight,
): Generator<Instant> {
  if (within === undefined) return;
  const zone = zoneOf(document, workspace);
  for (const send of document.sends) {
    if (!isOf(send, message) || !recordWas(send, was)) continue;
    const leaves = addDuration(send.at, within, zone);
    if (leaves > now) yield leaves;
  }
}

/** Whether a send is of this message, whatever its version. */
export function isOf(send: SendRecord, message: string): boolean {
  return send.message.startsWith(message) && send.message.charAt(message.length) === '@';
}

/** Whether an outcome is true of a send. */
export function recordWas(record: SendRecord, was: SendOutcome): boolean {
  // A skip is neither sent nor opened; a send in doubt counts as sent, for nothing will be sent again.
  if (was === 'sent') return record.state === 'accepted' || record.state === 'unknown';
  if (was === 'skipped' || was === 'failed') return record.state === was;
  // Refused in the provider's answer, or taken and held back.
  if (was === 'rejected' && record.state === 'failed') return true;
  return record.reports?.[was] !== undefined;
}
