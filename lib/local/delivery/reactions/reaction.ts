// What a customer can do with a message that is in the outbox. The provider tells it in its own words where it tells it at all; else it
// is for an application to tell, as in production.
import type { Happening } from '../happenings/happening.ts';
import type { Happenings } from '../happenings/happenings.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import { applicationEvent, type TwoWayChannels } from './application-report.ts';

export type { ApplicationReport } from './application-report.ts';

export type Reaction =
  | { readonly kind: 'open' }
  /** Without a link: the first of the message. */
  | { readonly kind: 'click'; readonly link?: string }
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'unsubscribe' }
  | { readonly kind: 'complain' }
  | { readonly kind: 'bounce' };

/** What cannot be done with a message, in words for whoever wanted to. */
class ImpossibleReaction extends Error {
  override readonly name = 'ImpossibleReaction';
}

export interface ReactionOptions {
  readonly outbox: Outbox;
  readonly happenings: Happenings;
  readonly twoWay: TwoWayChannels;
}

/** What can be done with a message. */
export function reactionsTo({ channel, links, content }: OutboxMessage): readonly Reaction['kind'][] {
  const click = links.length > 0 ? (['click'] as const) : [];
  switch (channel) {
    case 'email':
      return [
        // Openings are told by a picture. One whose content is forgotten had links if it had HTML.
        ...(content === undefined || (content.kind === 'email' && content.html !== undefined)
          ? (['open'] as const)
          : []),
        ...click,
        'reply',
        'unsubscribe',
        'complain',
        'bounce',
      ];
    case 'sms':
      return [...click, 'reply', 'unsubscribe', 'bounce'];
    case 'whatsapp':
      return ['open', 'reply', 'bounce'];
    case 'push':
      return ['open', ...click];
    case 'inapp':
      return ['open', 'click'];
    case 'webhook':
      return [];
  }
}

/** Done when it is told. Rejects with ImpossibleReaction. */
export async function react(options: ReactionOptions, id: string, reaction: Reaction): Promise<void> {
  const { outbox, happenings, twoWay } = options;
  const message = outbox.find(id);
  if (message === undefined)
    throw new ImpossibleReaction('This message is not in the outbox any more; it keeps the newest ones.');
  if (!reactionsTo(message).includes(reaction.kind))
    throw new ImpossibleReaction(`Nobody can ${reaction.kind} this message (${message.channel}).`);
  const happening = happeningOf(message, reaction);
  if (
    applicationEvent(message.channel, happening, twoWay) !== undefined &&
    message.about.customer === undefined
  )
    throw new ImpossibleReaction(
      `Of a message on ${message.channel} the application tells it, and nothing says whose customer this message went to.`,
    );
  await happenings.now(message, happening);
}

function happeningOf({ channel, links }: OutboxMessage, reaction: Reaction): Happening {
  switch (reaction.kind) {
    case 'open':
      return { what: 'opened' };
    case 'click': {
      const link = reaction.link ?? links[0] ?? '';
      // Providers track the links of the message, and no others. In-app content has links of its own form.
      if (channel !== 'inapp' && !links.includes(link))
        throw new ImpossibleReaction(`The message has no link ${link}.`);
      return { what: 'clicked', link };
    }
    case 'reply':
      if (reaction.text.trim() === '') throw new ImpossibleReaction('An answer without a text is none.');
      return { what: 'replied', text: reaction.text };
    case 'unsubscribe':
      // The way of text messages.
      return channel === 'sms' ? { what: 'replied', text: 'STOP' } : { what: 'unsubscribed' };
    case 'complain':
      return { what: 'complained' };
    case 'bounce':
      return { what: 'bounced', type: 'permanent' };
  }
}
