/** `{ "send": step, "was": outcome }`: what is known of that step's latest send in this run. */
import type { SendOutcome } from '#lib/journey/conditions/condition.ts';
import type { CustomerDocument } from '../document.ts';

export function wasOutcome(
  document: CustomerDocument,
  run: string | undefined,
  step: string,
  was: SendOutcome,
): boolean {
  if (run === undefined) return false;
  const record = document.sends.findLast((send) => send.step === step && send.key.startsWith(`${run}/`));
  if (record === undefined) return false;
  // A skip is neither sent nor opened; a send in doubt counts as sent, for nothing will be sent again.
  if (was === 'sent') return record.state === 'accepted' || record.state === 'unknown';
  if (was === 'skipped' || was === 'failed') return record.state === was;
  if (was === 'rejected') return record.state === 'failed';
  return record.reports?.[was] !== undefined;
}
