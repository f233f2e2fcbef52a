/**
 * A notification as SNS hands it to a queue. What customers write comes this way, because providers hand it to topics and not to buses.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html#http-notification-json (the same fields)
 */
import * as z from 'zod';
import { parseInstant, type Instant } from './time.ts';

const notificationSchema = z.object({
  Type: z.literal('Notification'),
  MessageId: z.string().min(1),
  TopicArn: z.string().min(1),
  Message: z.string(),
  Timestamp: z.string(),
});

export interface Notification {
  readonly id: string;
  readonly topic: string;
  /** When SNS took it, to the millisecond. */
  readonly time: Instant;
  /** What was published: JSON, parsed. */
  readonly message: unknown;
}

/** Undefined for what is none, or tells no JSON. */
export function readNotification(body: unknown): Notification | undefined {
  const read = notificationSchema.safeParse(body);
  const time = read.success ? parseInstant(read.data.Timestamp) : undefined;
  if (!read.success || time === undefined) return undefined;
  const { MessageId: id, TopicArn: topic, Message: text } = read.data;
  try {
    return { id, topic, time, message: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
