/**
 * What a provider reports about a message, as it comes over the account's default bus, and what is made of it: one of the built-in
 * message events of a customer.
 */
import * as z from 'zod';
import type { CustomerEvent } from '../customer-event.ts';
import { hashHex } from '../hash.ts';
import { reportedProperties, type SentMessage } from '../sent-message.ts';
import type { Channel } from '../step-calls.ts';
import { earlier, type Instant } from '../time.ts';

/** The envelope of EventBridge: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export const busEventSchema = z.object({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type BusEvent = z.infer<typeof busEventSchema>;

/** A report before it is known whom it concerns. */
export interface Report {
  /** The same for the same report, however often and in whatever envelope it comes. */
  readonly id: string;
  /** By the provider's clock: what is newest is judged by it and not by arrival. */
  readonly at: Instant;
  /** A built-in event: `Message Delivered`. */
  readonly event: string;
  /** Beside those that name the message; no address and no text of the message. */
  readonly properties: Readonly<Record<string, string | boolean>>;
}

export type ProviderReading =
  /** The message has told itself by its tags. */
  | { readonly kind: 'about'; readonly sent: SentMessage; readonly channel: Channel; readonly report: Report }
  /** Only the provider's id of the message is known; who it was sent to has been remembered under it. */
  | { readonly kind: 'by id'; readonly channel: Channel; readonly id: string; readonly report: Report }
  /** Another system of the account has sent the message, or it is no message. */
  | { readonly kind: 'not ours' }
  /** Understood, and nothing that a customer's journeys could hear; the reason can be counted. */
  | { readonly kind: 'nothing to tell'; readonly reason: string }
  /** The reason can be counted and holds nothing of the event. */
  | { readonly kind: 'refused'; readonly reason: string };

export const NOT_OURS = { kind: 'not ours' } as const;
export function nothingToTell(reason: string): ProviderReading {
  return { kind: 'nothing to tell', reason };
}
export function refusedReport(reason: string): ProviderReading {
  return { kind: 'refused', reason };
}

/** The id of a report: of what it says, because the id of its envelope is another one each time that it is told. */
export function reportId(...parts: readonly string[]): string {
  return hashHex(parts.join('\n'), 32);
}

/** The event of the customer that a report is. `received` is when it came. */
export function reportEvent(
  { id, at, event, properties }: Report,
  sent: SentMessage,
  channel: Channel,
  received: Instant,
): CustomerEvent {
  return {
    kind: 'event',
    id,
    at: earlier(at, received),
    received,
    event,
    properties: { ...reportedProperties(sent, channel), ...properties },
  };
}
