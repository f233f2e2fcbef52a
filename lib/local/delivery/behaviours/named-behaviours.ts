// Behaviours by names, for a list to choose from, and by an address alone, whose channel its form tells.
import { CHANNELS, type Channel } from '../outbox/outbox-message.ts';
import { POSSIBLE, type Behaviour } from './behaviour.ts';
import { ImpossibleBehaviour, type Behaviours } from './behaviours.ts';

interface NamedBehaviour {
  readonly does: string;
  readonly behaviour: Behaviour;
}

/** An hour: long enough that journeys see the difference, short enough to be waited for on a fast clock. */
const LATE_SECONDS = 3600;

export const NAMED_BEHAVIOURS: ReadonlyMap<string, NamedBehaviour> = new Map(
  Object.entries({
    'hard bounce': {
      does: 'No such mailbox or number, or a device that is gone.',
      behaviour: { does: 'bounce', type: 'permanent' },
    },
    'soft bounce': {
      does: 'The mailbox is full, the phone is off.',
      behaviour: { does: 'bounce', type: 'transient' },
    },
    complaint: { does: 'Marks an e-mail as spam.', behaviour: { does: 'complain' } },
    open: { does: 'Opens or reads it after a minute.', behaviour: { does: 'open' } },
    click: { does: 'Opens it and follows its first link.', behaviour: { does: 'click' } },
    scanner: {
      does: 'A scanner opens it and follows the link, and nobody reads it.',
      behaviour: { does: 'click', byMachine: true, afterSeconds: 4 },
    },
    unsubscribe: { does: 'Wants no more of it.', behaviour: { does: 'unsubscribe' } },
    stop: { does: 'Answers STOP.', behaviour: { does: 'reply', text: 'STOP' } },
    silence: { does: 'Is taken, and nothing is heard of it again.', behaviour: { does: 'stay silent' } },
    delay: { does: 'Arrives an hour later.', behaviour: { does: 'delay', seconds: LATE_SECONDS } },
    rejected: {
      does: 'The provider takes it and then does not send it.',
      behaviour: { does: 'reject' },
    },
    throttle: { does: 'The provider is asked too often.', behaviour: { does: 'throttle' } },
    refused: { does: 'The provider refuses the call.', behaviour: { does: 'refuse' } },
    'time-out': {
      does: 'The provider takes it, and its answer is lost.',
      behaviour: { does: 'time out' },
    },
    'server error': {
      does: 'The endpoint answers 500.',
      behaviour: { does: 'answer', status: 500, body: '' },
    },
  } satisfies Record<string, NamedBehaviour>),
);

/** Names that can be set for a channel or an address, as `setNamedBehaviour` takes it; none where no provider stands between. */
export function possibleNames(of: string): readonly string[] {
  const possible = new Set<string>(channelsOf(of).flatMap((channel) => POSSIBLE[channel]));
  return [...NAMED_BEHAVIOURS]
    .filter(([, { behaviour }]) => possible.has(behaviour.does))
    .map(([name]) => name);
}

/**
 * @param of a channel (all of its recipients), an e-mail address, a number (text messages and WhatsApp), a URL, or a device token.
 * @param name of `NAMED_BEHAVIOURS`; undefined: as usual.
 * @throws ImpossibleBehaviour in words.
 */
export function setNamedBehaviour(behaviours: Behaviours, of: string, name: string | undefined): void {
  const channels = channelsOf(of);
  const recipient = isChannel(of) ? '*' : of;
  if (name === undefined) {
    for (const channel of channels) behaviours.clear({ channel, recipient });
    return;
  }
  const named = NAMED_BEHAVIOURS.get(name);
  if (named === undefined)
    throw new ImpossibleBehaviour(
      `There is no behaviour "${name}"; there are ${[...NAMED_BEHAVIOURS.keys()].join(', ')}.`,
    );
  const { behaviour } = named;
  // A number is one of two channels: what only one of them can do is set for that one.
  const able = channels.filter((channel) => POSSIBLE[channel].includes(behaviour.does));
  if (able.length === 0) {
    const possible = possibleNames(of);
    const where = channels.join(' or ');
    throw new ImpossibleBehaviour(
      possible.length === 0
        ? `No behaviour can be set for ${where}: no provider stands between it and the customer.`
        : `"${name}" cannot be set for ${where}; possible are ${possible.join(', ')}.`,
    );
  }
  for (const channel of able) behaviours.set({ channel, recipient, behaviour });
}

/** What is set, as it would be given to `setNamedBehaviour`. */
export function namedBehaviours(behaviours: Behaviours): ReadonlyMap<string, string> {
  // The one set last comes first in the list, and wins.
  const rules = behaviours.list().toReversed();
  return new Map(
    rules.map(({ channel, recipient, behaviour }) => [
      recipient === '*' ? channel : recipient,
      nameOf(behaviour),
    ]),
  );
}

function nameOf(behaviour: Behaviour): string {
  const text = JSON.stringify(behaviour);
  for (const [name, { behaviour: one }] of NAMED_BEHAVIOURS) if (JSON.stringify(one) === text) return name;
  return behaviour.does;
}

function channelsOf(of: string): readonly Channel[] {
  if (isChannel(of)) return [of];
  if (/^https?:/i.test(of)) return ['webhook'];
  if (of.includes('@')) return ['email'];
  return /^\+\d+$/.test(of) ? ['sms', 'whatsapp'] : ['push'];
}

function isChannel(of: string): of is Channel {
  return CHANNELS.some((channel) => channel === of);
}
