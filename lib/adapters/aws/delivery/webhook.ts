/**
 * Webhook messages: the message as JSON to an endpoint of the settings, with the headers and secrets that these name, and under the
 * key of the send, so that the receiver can tell a repetition.
 */
import { sendKey } from '#lib/contracts/ids.ts';
import type { Calls } from '#lib/engine/ports.ts';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';

export function createWebhook(options: {
  /** To the endpoints of the settings (../endpoints.ts). */
  readonly endpoints: Calls;
  readonly senders: (name: string) => { readonly endpoint: string } | undefined;
}): ChannelSender {
  const { endpoints, senders } = options;
  return async ({ sent, class: messageClass, rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const key = sendKey(sent.run, sent.step, sent.visit);
    const answer = await endpoints.call({
      kind: 'endpoint',
      name: sender.endpoint,
      key,
      customer: sent.customer,
      body: Object(rendered.content) as Record<string, unknown>,
    });
    const reason = `webhook: ${answer.kind === 'answered' ? 'answered' : answer.reason}`;
    if (answer.kind === 'answered') return { kind: 'accepted', id: key };
    if (answer.kind === 'refused') return { kind: 'refused', reason };
    // What may have arrived is a doubt for marketing, and is sent again where it must not get lost.
    const isSafe = answer.untouched === true || messageClass === 'transactional';
    if (!isSafe) return { kind: 'unknown', reason };
    return { kind: 'try later', reason, ...(answer.throttled === true ? { throttled: true } : {}) };
  };
}
