// What will become of a message, by how its recipient behaves.
import type { Channel } from '../outbox/outbox-message.ts';
import type { Happening } from '../happenings/happening.ts';
import type { Planned } from '../happenings/happenings.ts';
import type { Behaviour } from './behaviour.ts';

/** About as long as providers take: fast enough for somebody who watches, later than the answer of the call. */
const SENT_AFTER_SECONDS = 1;
const ARRIVES_AFTER_SECONDS = 2;
const BOUNCES_AFTER_SECONDS = 3;
/** Mail that a server does not want now is told to be late after minutes. */
const TOLD_LATE_AFTER_SECONDS = 300;
/** A customer who reads what has just arrived. */
const REACTS_AFTER_SECONDS = 60;
/** Between opening and the link below the picture. */
const CLICKS_LATER_SECONDS = 20;

/** What tells more about a message than its channel. */
export interface Readable {
  readonly channel: Channel;
  readonly links: readonly string[];
  /** Openings of e-mails are told by a picture: only HTML has some. */
  readonly isTracked: boolean;
}

/** In the order in which it happens. Nothing for behaviours that are over with the provider's answer. */
export function planOf(behaviour: Behaviour, message: Readable): readonly Planned[] {
  const sent = after(SENT_AFTER_SECONDS, { what: 'sent' });
  const delivered = after(ARRIVES_AFTER_SECONDS, { what: 'delivered' });
  // What an endpoint does with a message is its own.
  if (message.channel === 'webhook') return [];
  // The answer of the call is all that is ever said about a push notification; what is done with it the app tells.
  const arrival = message.channel === 'push' ? [] : [sent, delivered];
  switch (behaviour.does) {
    case 'deliver':
      if (message.channel === 'push') return [];
      return [sent, after(behaviour.afterSeconds ?? ARRIVES_AFTER_SECONDS, { what: 'delivered' })];
    case 'time out':
      return arrival;
    case 'delay':
      return [
        sent,
        ...(message.channel === 'email' && behaviour.seconds > TOLD_LATE_AFTER_SECONDS
          ? [after(TOLD_LATE_AFTER_SECONDS, { what: 'delayed' })]
          : []),
        after(Math.max(behaviour.seconds, SENT_AFTER_SECONDS), { what: 'delivered' }),
      ];
    case 'bounce': {
      // A device that is gone is told in the answer.
      if (message.channel === 'push') return [];
      const { type, afterSeconds = BOUNCES_AFTER_SECONDS } = behaviour;
      return [sent, after(afterSeconds, { what: 'bounced', type })];
    }
    case 'reject':
      return [after(SENT_AFTER_SECONDS, { what: 'rejected' })];
    case 'complain':
      return reacted(behaviour.afterSeconds, { what: 'complained' });
    case 'unsubscribe':
      return reacted(behaviour.afterSeconds, { what: 'unsubscribed' });
    case 'reply':
      return reacted(behaviour.afterSeconds, { what: 'replied', text: behaviour.text });
    case 'open':
      return message.isTracked
        ? reacted(behaviour.afterSeconds, { what: 'opened', ...machine(behaviour) })
        : arrival;
    case 'click': {
      const link = behaviour.link ?? message.links[0];
      const { afterSeconds = REACTS_AFTER_SECONDS } = behaviour;
      return [
        ...(message.isTracked ? reacted(afterSeconds, { what: 'opened', ...machine(behaviour) }) : arrival),
        ...(link === undefined
          ? []
          : [
              after(Math.max(afterSeconds, ARRIVES_AFTER_SECONDS) + CLICKS_LATER_SECONDS, {
                what: 'clicked',
                link,
                ...machine(behaviour),
              }),
            ]),
      ];
    }
    case 'stay silent':
    case 'answer':
    case 'throttle':
    case 'refuse':
      return [];
  }

  function reacted(afterSeconds: number = REACTS_AFTER_SECONDS, happening: Happening): readonly Planned[] {
    return [...arrival, after(Math.max(afterSeconds, ARRIVES_AFTER_SECONDS), happening)];
  }
}

function machine({ byMachine }: { readonly byMachine?: boolean | undefined }): { readonly byMachine?: true } {
  return byMachine === true ? { byMachine } : {};
}

function after(seconds: number, happening: Happening): Planned {
  return { afterMillis: seconds * 1000, happening };
}
