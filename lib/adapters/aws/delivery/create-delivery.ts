/**
 * The port `Delivery` on AWS: each message goes to the sender of its channel, by one plain call. What the provider has taken on a
 * channel whose reports carry nothing of ours is remembered by the provider's message id.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import { phoneHashText } from '#lib/contracts/phone-identity.ts';
import type { Delivery, Identities, MessageLinks, OutgoingMessage } from '#lib/engine/ports.ts';
import type { ChannelSender } from './channel-sender.ts';

/** Channels whose reports on EventBridge name the message by the provider's id alone: no tags, no recipient. */
const REPORTED_BY_ID: ReadonlySet<Channel> = new Set(['sms', 'whatsapp']);

/** Channels whose replies name the customer by a telephone number. */
const ANSWERED_BY_NUMBER: ReadonlySet<Channel> = new Set(['sms', 'whatsapp']);

/**
 * Where customers may write back, it is remembered who was written to: the message on every such channel, and the owner of the number. One
 * small write each beside a call that costs a hundred times as much, and no read: whether it is news is not worth asking.
 */
export interface HeardReplies {
  readonly channels: ReadonlySet<Channel>;
  readonly identities: Pick<Identities, 'learn'>;
  /** Keyed hash of an id, under the secret of the deployment. */
  readonly hash: (text: string) => Promise<string>;
}

export function createDelivery(options: {
  readonly channels: Readonly<Record<Channel, ChannelSender>>;
  readonly links: Pick<MessageLinks, 'remember'>;
  readonly replies: HeardReplies;
  /** Told when the link could not be kept: the message is out all the same, and reports about it and answers to it will find nobody. */
  readonly onLinkLost: (channel: Channel, error: unknown) => void;
}): Delivery {
  const { channels, links, replies, onLinkLost } = options;
  return {
    async send(message) {
      const { channel } = message.rendered;
      const answer = await channels[channel](message);
      if (answer.kind !== 'accepted') return answer;
      try {
        await Promise.all([
          ...(REPORTED_BY_ID.has(channel) || replies.channels.has(channel)
            ? [links.remember(channel, answer.id, message.sent)]
            : []),
          ...(replies.channels.has(channel) && ANSWERED_BY_NUMBER.has(channel)
            ? [learnNumber(replies, message)]
            : []),
        ]);
      } catch (error) {
        onLinkLost(channel, error);
      }
      return answer;
    },
  };
}

/** The latest who is written to at a number owns it: it is their answer that comes from it. */
async function learnNumber(
  { identities, hash }: HeardReplies,
  { rendered, sent }: OutgoingMessage,
): Promise<void> {
  const [phone] = rendered.to;
  if (phone !== undefined) await identities.learn('phone', await hash(phoneHashText(phone)), sent.customer);
}
