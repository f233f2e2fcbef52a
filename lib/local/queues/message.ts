// A message as a queue keeps it, and what the journal is told of it.
import * as z from 'zod';
import { messageAttributesSchema } from './message-attributes.ts';

const messageSchema = z.strictObject({
  id: z.string(),
  body: z.string(),
  attributes: messageAttributesSchema,
  traceHeader: z.string().optional(),
  /** Instant of the business's clock. */
  sentAt: z.number(),
  /** In all queues that it has been in: what receivers are told. */
  receives: z.number(),
  /** In this queue: what its redrive goes by. */
  receivesHere: z.number(),
  firstReceivedAt: z.number().optional(),
  /** ARN of the queue whose dead letter it is. */
  deadLetterOf: z.string().optional(),
});
export type Message = z.infer<typeof messageSchema>;

const of = { queue: z.string(), key: z.string() };

/** Taken twice, each makes no difference to being taken once. `key` is unique in its queue. */
export const queueRecordSchema = z.union([
  z.strictObject({ ...of, kept: messageSchema }),
  z.strictObject({ ...of, receives: z.number(), receivesHere: z.number(), firstReceivedAt: z.number() }),
  z.strictObject({ ...of, removed: z.literal(true) }),
  /** Name of the queue of dead letters, and ARN of this one. */
  z.strictObject({ ...of, setAsideIn: z.string(), from: z.string() }),
  z.strictObject({ queue: z.string(), purged: z.literal(true) }),
]);
export type QueueRecord = z.infer<typeof queueRecordSchema>;

/** As it is in the queue of dead letters: not received there yet. It keeps its id and when it was sent. */
export function asDeadLetter(message: Message, sourceArn: string): Message {
  return { ...message, receivesHere: 0, deadLetterOf: sourceArn };
}

/**
 * Says again what the journal has kept. Receipts and delays do not survive: everything waits.
 * @param waitingIn messages of a queue by key; also of one that is not added yet.
 */
export function restoreRecord(waitingIn: (queue: string) => Map<string, Message>, record: QueueRecord): void {
  const waiting = waitingIn(record.queue);
  if ('purged' in record) {
    waiting.clear();
    return;
  }
  const { key } = record;
  if ('kept' in record) {
    waiting.set(key, record.kept);
    return;
  }
  const message = waiting.get(key);
  if (message === undefined) return;
  if ('receives' in record) {
    const { receives, receivesHere, firstReceivedAt } = record;
    waiting.set(key, { ...message, receives, receivesHere, firstReceivedAt });
    return;
  }
  waiting.delete(key);
  if ('setAsideIn' in record) waitingIn(record.setAsideIn).set(key, asDeadLetter(message, record.from));
}
