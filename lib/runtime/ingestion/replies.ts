/** What customers write back, over a topic: events of the customers whom the messages that they answer went to. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { phoneHashText } from '#lib/contracts/phone-identity.ts';
import { reportId } from '#lib/contracts/provider-events/provider-event.ts';
import { keywordIn } from '#lib/contracts/replies/opt-out-words.ts';
import { readReply } from '#lib/contracts/replies/read-reply.ts';
import type { Reply } from '#lib/contracts/replies/reply.ts';
import { reportedProperties, type SentMessage } from '#lib/contracts/sent-message.ts';
import { earlier, type Instant } from '#lib/contracts/time.ts';
import type { Identities, MessageLinks } from '#lib/engine/ports.ts';
import { NOTIFICATIONS_SOURCE } from './bus-event.ts';
import type { SourceReader } from './source-reader.ts';

export interface RepliesOptions {
  readonly links: Pick<MessageLinks, 'find'>;
  readonly identities: Pick<Identities, 'ownerOf'>;
  /** Keyed hash of an id, under the secret of the deployment. */
  readonly hash: (text: string) => Promise<string>;
}

/** `read` throws the faults of its ports: the notification comes again. */
export function replies(options: RepliesOptions): SourceReader {
  return {
    takes: ({ source }) => source === NOTIFICATIONS_SOURCE,
    async read({ detail, time, received }) {
      const reading = readReply({ message: detail, time });
      if (reading.kind === 'refused') return { refused: reading.reason };
      if (reading.kind === 'none') return { passedOver: reading.reason };
      const found = await Promise.all(reading.replies.map((reply) => toldBy(options, reply, received)));
      const several = found.filter((one) => one !== undefined);
      return several.length === 0
        ? { passedOver: 'written by nobody that we have sent a message to' }
        : { several };
    },
  };
}

interface ToldEvent {
  readonly customer: string;
  readonly event: CustomerEvent;
}

async function toldBy(
  options: RepliesOptions,
  reply: Reply,
  received: Instant,
): Promise<ToldEvent | undefined> {
  const sent = await answeredMessage(options, reply);
  const customer = sent?.customer ?? (await ownerOfNumber(options, reply));
  return customer === undefined ? undefined : { customer, event: eventOf(reply, sent, received) };
}

async function answeredMessage({ links }: RepliesOptions, reply: Reply): Promise<SentMessage | undefined> {
  for (const id of reply.answers) {
    const sent = await links.find(reply.channel, id);
    if (sent !== undefined) return sent;
  }
  return undefined;
}

/** Whom the deployment has last sent a message to at this number. */
async function ownerOfNumber(
  { identities, hash }: RepliesOptions,
  { from }: Reply,
): Promise<string | undefined> {
  return from === undefined ? undefined : identities.ownerOf('phone', await hash(phoneHashText(from)));
}

/**
 * A word to stop is no answer that a journey would be glad of, and a word to start is none to its message: each is one event, so that a
 * notification that comes twice is told apart by one id. Consent is that of the channel, for all topics.
 */
function eventOf(reply: Reply, sent: SentMessage | undefined, received: Instant): CustomerEvent {
  const { channel, id, text } = reply;
  const keyword = reply.wish ?? (text === undefined || channel === 'email' ? undefined : keywordIn(text));
  const common = {
    kind: 'event',
    id: reportId('reply', channel, id),
    at: earlier(reply.at, received),
    received,
  } as const;
  if (keyword === 'start')
    return {
      ...common,
      event: 'Consent Changed',
      properties: { topic: '*', channel, granted: true, source: 'reply' },
    };
  const about = sent === undefined ? { channel } : reportedProperties(sent, channel);
  if (keyword === 'stop')
    return {
      ...common,
      event: 'Message Unsubscribed',
      properties: { ...about, topic: '*', source: 'reply' },
    };
  return {
    ...common,
    event: 'Message Replied',
    properties: text === undefined ? about : { ...about, text },
  };
}
