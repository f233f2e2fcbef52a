// The outbox of the local cloud as whoever looks at it sees it.
import type { Delivery } from '#lib/local/delivery/create-delivery.ts';
import type { OutboxMessage as TakenMessage } from '#lib/local/delivery/outbox/outbox-message.ts';
import { reactionsTo } from '#lib/local/delivery/reactions/reaction.ts';
import type { Outbox, OutboxMessage } from './running-cloud.ts';

/** As many as the outbox keeps, and more. */
const ALL = 1_000_000;

export function viewOutbox(delivery: Pick<Delivery, 'outbox' | 'react'>): Outbox {
  const { outbox } = delivery;
  // A message that changes is another object: each is viewed once, however often somebody looks.
  const views = new WeakMap<TakenMessage, OutboxMessage>();
  const viewOnce = (taken: TakenMessage): OutboxMessage => {
    const known = views.get(taken) ?? view(taken);
    views.set(taken, known);
    return known;
  };
  return {
    messages: () => outbox.page(ALL).messages.map(viewOnce),
    get: (id) => {
      const found = outbox.find(id);
      return found && viewOnce(found);
    },
    react: (id, reaction) => delivery.react(id, reaction),
    onChange: (listener) => outbox.onChange(({ message }) => listener(message.id)),
  };
}

function view(taken: TakenMessage): OutboxMessage {
  const { id, at, channel, to, about, states } = taken;
  const { customer, journey, step, message } = about;
  return {
    id,
    at,
    channel,
    to,
    ...(customer !== undefined && { customer }),
    ...(journey !== undefined && { journey }),
    ...(step !== undefined && { step }),
    // Of a version: `welcome@58e0ef61bc37`.
    ...(message !== undefined && { message: message.split('@')[0] ?? message }),
    ...contentOf(taken),
    reports: states.map(({ at: when, state, detail }) => ({
      at: when,
      what: detail === undefined ? state : `${state}: ${detail}`,
    })),
    reactions: reactionsTo(taken),
  };
}

function contentOf({
  content,
}: TakenMessage): Pick<OutboxMessage, 'subject' | 'headers' | 'html' | 'text' | 'content' | 'isForgotten'> {
  switch (content?.kind) {
    case undefined:
      return { isForgotten: true };
    case 'email': {
      const { subject, headers, html, text } = content;
      return { subject, headers, ...(html !== undefined && { html }), ...(text !== undefined && { text }) };
    }
    case 'sms':
      return { text: content.text };
    case 'inapp':
      return { content: content.content };
    case 'push':
    case 'whatsapp':
    case 'webhook': {
      const { kind: _kind, ...shown } = content;
      return { content: shown };
    }
  }
}
