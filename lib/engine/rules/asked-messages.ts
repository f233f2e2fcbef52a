/** Sends that conditions about messages of any run may still need: kept beyond what caps and reports need. */
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { isOf, recordWas } from '../conditions/send-was.ts';
import type { SendRecord } from '../document.ts';
import { addDuration } from '../time/add-duration.ts';
import type { Workspace } from '../workspace.ts';

/** Two days more than a window: more than the longest difference between zones. */
const MARGIN_MILLIS = 2 * 24 * 60 * 60 * 1000;

/**
 * Of each message that is asked about, the latest send (a report may still come) and the latest of which the answer is yes:
 * these two decide, however long ago they are. `sends` are in the order in which they were claimed.
 */
export function decidingSends(
  { messagesAsked }: Workspace,
  sends: readonly SendRecord[],
  now: Instant,
): ReadonlySet<SendRecord> {
  const kept = new Set<SendRecord>();
  for (const { message, was, within } of messagesAsked) {
    const inTime = (send: SendRecord): boolean =>
      within === undefined || addMillis(addDuration(send.at, within, 'UTC'), MARGIN_MILLIS) > now;
    const latest = sends.findLast((send) => isOf(send, message) && inTime(send));
    const answer = sends.findLast((send) => isOf(send, message) && inTime(send) && recordWas(send, was));
    for (const send of [latest, answer]) if (send !== undefined) kept.add(send);
  }
  return kept;
}

/** Whether a send lies in a window that is asked about: a report of it may still come. */
export function isInAskedWindow({ messagesAsked }: Workspace, send: SendRecord, now: Instant): boolean {
  return messagesAsked.some(
    ({ message, within }) =>
      within !== undefined &&
      isOf(send, message) &&
      addMillis(addDuration(send.at, within, 'UTC'), MARGIN_MILLIS) > now,
  );
}
