/** What an event says of the message that a link stands in: as much as reports of providers say, as far as it is still known. */
import type { CustomerLink } from '#lib/contracts/customer-link.ts';
import { messageId, sendKey } from '#lib/contracts/ids.ts';
import type { SendRecord } from '#lib/engine/document.ts';

/** Properties of a built-in message event. @param record the document's own of this send, where it has it still. */
export function reportOn(
  { send, topic, channel }: CustomerLink,
  record: SendRecord | undefined,
): Readonly<Record<string, unknown>> {
  return {
    ...(send && { send: sendKey(send.run, send.step, send.visit), step: send.step }),
    ...(record && { message: messageId(record.message), journey: record.journey }),
    ...(channel !== undefined && { channel }),
    ...(topic !== undefined && { topic }),
  };
}
