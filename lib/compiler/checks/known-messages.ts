// A send needs a message that there is, with content for each of its channels, and someone to send it.
import type { Channel } from '#lib/contracts/step-calls.ts';
import { channelPath, channelsOf } from '#lib/journey/channels.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

/** Channels on which somebody has to be named as the sender. */
const SIGNED: readonly Channel[] = ['email', 'sms', 'whatsapp'];
/** Channels that lead to a system of one's own: only what is deployed needs to know which. */
const CONNECTED: readonly Channel[] = ['push', 'webhook'];

export const knownMessages: Check = function* knownMessages({ steps, messages, settings }) {
  for (const { step, path } of steps) {
    if (step.type !== 'send') continue;
    const message = messages.get(step.message);
    if (message === undefined)
      yield finding('unknown-message', [...path, 'message'], {
        name: step.message,
        known: [...messages.keys()],
      });
    const channels = channelsOf(step.channel);
    for (const [index, channel] of channels.entries()) {
      const at = [...path, 'channel', ...channelPath(step.channel, index)];
      if (channels.indexOf(channel) < index) yield finding('channel-twice', at, { channel });
      else if (message !== undefined && !message.channels.includes(channel))
        yield finding('message-without-channel', at, {
          message: message.id,
          channel,
          channels: message.channels,
        });
      else if (settings !== undefined) yield* checkSender(message?.sender, channel, at, settings);
    }
  }
};

function* checkSender(
  sender: string | undefined,
  channel: Channel,
  path: JsonPath,
  { senders }: Settings,
): Generator<Finding> {
  const name = sender ?? 'default';
  const named: Readonly<Record<string, unknown>> =
    (Object.hasOwn(senders, name) ? senders[name] : undefined) ?? {};
  if (named[channel] !== undefined) return;
  if (SIGNED.includes(channel)) yield finding('channel-without-sender', path, { channel, sender: name });
  if (CONNECTED.includes(channel)) yield finding('channel-not-set-up', path, { channel, sender: name });
}
