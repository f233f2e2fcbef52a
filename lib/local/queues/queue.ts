// A queue as the rest of the local cloud uses it. Clients of AWS use the same one over its service.
import type { Cancel } from '../clock.ts';
import type { MessageAttributes } from './message-attributes.ts';

export interface SendOptions {
  readonly attributes?: MessageAttributes;
  /** Infrastructure time before it can be received; that of the queue, where it is not given. */
  readonly delayMillis?: number;
  /** X-Ray's header of whoever sends. */
  readonly traceHeader?: string;
}

export interface ReceivedMessage {
  readonly id: string;
  /** Names this receipt of it: what `remove` and `release` take. */
  readonly receipt: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: MessageAttributes;
  /** What SQS tells about it, as texts, as it stands in records of Lambda: `ApproximateReceiveCount`, `SentTimestamp`, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message that waits, as somebody sees it who does not receive it. */
export interface WaitingMessage {
  readonly id: string;
  /** Instant of the business's clock. */
  readonly sentAt: number;
  readonly body: string;
  readonly messageAttributes: MessageAttributes;
}

export interface QueueCounts {
  /** Could be received now. */
  readonly waiting: number;
  /** Received, and neither removed nor released. */
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  /** `http://127.0.0.1:4401/111122223333/wend-test-events` */
  readonly url: string;
  /** How long whoever has received a message has it alone, where they say nothing else. */
  readonly visibilitySeconds: number;
  /** Where messages go that were received too often; undefined: they stay. */
  readonly deadLetters: Pick<Queue, 'arn'> | undefined;
  /** ARN of the queue to which its dead letters go. */
  readonly deadLetterArn: string | undefined;
  /** Kept (in the journal as well) when it returns. @returns the message's id. */
  send(body: string, options?: SendOptions): string;
  /**
   * Takes up to `most` messages, which nobody else receives for so long (infrastructure time; that of the queue, where it is not given).
   * Those that were received as often as the queue allows go to its dead letters instead.
   */
  receive(options: { readonly most: number; readonly visibilityMillis?: number }): ReceivedMessage[];
  /** Done with it. A receipt that a later one has replaced removes nothing. @throws ServiceError ReceiptHandleIsInvalid where it is none of this queue. */
  remove(receipt: string): void;
  /** It can be received again after so long, counted from now. @throws ServiceError ReceiptHandleIsInvalid, MessageNotInflight, InvalidParameterValue. */
  release(receipt: string, afterMillis: number): void;
  /**
   * Tells whenever a message can be received, at once and before `send` returns; whoever begins to listen looks by itself first. While
   * somebody listens and a message waits, time is held: a reader that cannot read for a while (it is switched off, its function is
   * throttled) stops listening. @returns what ends it.
   */
  onArrival(listener: () => void): Cancel;
  /** Somebody listens: what waits will be read. */
  readonly isRead: boolean;
  counts(): QueueCounts;
  /** The first of those that wait. They stay, and count as not received. */
  peek(most: number): readonly WaitingMessage[];
  /** Tells when `counts` may have changed. @returns what ends it. */
  onChange(listener: () => void): Cancel;
}
