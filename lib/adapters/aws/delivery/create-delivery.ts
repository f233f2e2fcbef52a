/**
 * The port `Delivery` on AWS: each message goes to the sender of its channel, by one plain call. What the provider has taken on a
 * channel whose reports carry nothing of ours is remembered by the provider's message id.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Delivery, MessageLinks } from '#lib/engine/ports.ts';
import type { ChannelSender } from './channel-sender.ts';

/** Channels whose reports on EventBridge name the message by the provider's id alone: no tags, no recipient. */
const REPORTED_BY_ID: ReadonlySet<Channel> = new Set(['sms', 'whatsapp']);

export function createDelivery(options: {
  readonly channels: Readonly<Record<Channel, ChannelSender>>;
  readonly links: Pick<MessageLinks, 'remember'>;
  /** Told when the link could not be kept: the message is out all the same, and reports about it will find nobody. */
  readonly onLinkLost: (channel: Channel, error: unknown) => void;
}): Delivery {
  const { channels, links, onLinkLost } = options;
  return {
    async send(message) {
      const { channel } = message.rendered;
      const answer = await channels[channel](message);
      if (answer.kind !== 'accepted' || !REPORTED_BY_ID.has(channel)) return answer;
      try {
        await links.remember(channel, answer.id, message.sent);
      } catch (error) {
        onLinkLost(channel, error);
      }
      return answer;
    },
  };
}
