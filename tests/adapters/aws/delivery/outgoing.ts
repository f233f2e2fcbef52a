// A message on its way, for tests of the channels.
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { OutgoingMessage, RenderedMessage } from '#lib/engine/ports.ts';

export const SENT: SentMessage = {
  customer: '0123456789abcdef0123456789abcdef',
  run: '0123456789abcdef01234567',
  step: 'remind',
  visit: 2,
  journey: 'cart-recovery',
  message: 'cart-reminder',
  topic: 'promotions',
};
/** The key of that send. */
export const SEND = '0123456789abcdef01234567/remind/2';

export function outgoing(
  channel: Channel,
  rendered: Partial<RenderedMessage>,
  messageClass: OutgoingMessage['class'] = 'marketing',
): OutgoingMessage {
  return { sent: SENT, class: messageClass, rendered: { channel, to: [], locale: 'en', ...rendered } };
}
