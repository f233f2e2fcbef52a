// A message as its receiver gets it.
import { md5Of } from './message-attributes.ts';
import type { Message } from './message.ts';
import type { ReceivedMessage } from './queue.ts';
import { writeReceipt, type Receipt } from './receipts.ts';

/** @param sender the account: everybody who sends here is the account itself. */
export function receivedMessage(message: Message, receipt: Receipt, sender: string): ReceivedMessage {
  const { id, body, attributes, sentAt, receives, firstReceivedAt, traceHeader, deadLetterOf } = message;
  return {
    id,
    receipt: writeReceipt(receipt),
    body,
    md5OfBody: md5Of(body),
    messageAttributes: attributes,
    attributes: {
      SenderId: sender,
      SentTimestamp: String(sentAt),
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
      ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
      ...(deadLetterOf !== undefined && { DeadLetterQueueSourceArn: deadLetterOf }),
    },
  };
}
