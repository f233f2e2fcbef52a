// Names that nothing answers to: events, fields, topics, messages, steps, zones.
import type { Channel } from '#lib/contracts/step-calls.ts';
import { error, warning } from './kind.ts';
import { didYouMean, hintFor, listed } from './suggestion.ts';

interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}

export const nameDiagnostics = {
  'unknown-event': error<Unknown>('Unknown event', ({ name, known }) => ({
    message: `There is no event "${name}".`,
    hint: `${hintFor(name, known, '')} Events are declared in settings.json under "vocabulary".`.trim(),
  })),
  'unknown-property': error<(Unknown & { event: string }) | (Unknown & { saved: string })>(
    'Unknown property of an event',
    ({ name, known, ...of }) => ({
      message:
        'event' in of
          ? `The event "${of.event}" has no property "${name}".`
          : `What is kept under "${of.saved}" has no property "${name}".`,
      hint: hintFor(
        name,
        known,
        'It has no properties; they are declared in settings.json under "vocabulary".',
      ),
    }),
  ),
  'unknown-trait': error<Unknown>('Unknown trait', ({ name, known }) => ({
    message: `There is no trait "${name}".`,
    hint: `${hintFor(name, known, '')} Traits are declared in settings.json under "vocabulary".`,
  })),
  'unknown-topic': error<Unknown>('Unknown topic', ({ name, known }) => ({
    message: `There is no topic "${name}".`,
    hint: hintFor(name, known, 'Topics are declared in settings.json under "topics".'),
  })),
  'no-topic': error('No topic', () => ({
    message: 'No topic says what the customer has to have consented to here.',
    hint: 'Name a "topic" here, in the journey\'s "delivery", or as "defaultTopic" in settings.json.',
  })),
  'unknown-message': error<Unknown>('Unknown message', ({ name, known }) => ({
    message: `There is no message "${name}".`,
    hint: hintFor(name, known, `Create the folder messages/${name}.`),
  })),
  'unknown-text': error<Unknown>('Unknown text message', ({ name, known }) => ({
    message: `There is no text message "${name}" that could be registered.`,
    hint: hintFor(
      name,
      known,
      'Texts are named by their message, and by "message.language" for one language.',
    ),
  })),
  'unknown-journey': error<Unknown>('Unknown journey', ({ name, known }) => ({
    message: `There is no journey "${name}".`,
    hint: hintFor(name, known, 'Journeys are the files in journeys/; the name of the file is the id.'),
  })),
  'unknown-in-catalog': error<Unknown & { what: 'list' | 'item' | 'property'; list: string }>(
    'Something that is not in the catalogue',
    ({ name, known, what, list }) => ({
      message:
        what === 'list'
          ? `The catalogue has no list "${name}".`
          : `No ${what} "${name}" is in the list "${list}" of the catalogue.`,
      hint: hintFor(name, known, 'Lists of the catalogue are files such as catalog/products.csv.'),
    }),
  ),
  'message-without-channel': error<{ message: string; channel: Channel; channels: readonly Channel[] }>(
    'A message without content for a channel',
    ({ message, channel, channels }) => ({
      message: `The message "${message}" has no content for the channel "${channel}".`,
      hint:
        channels.length === 0
          ? `Add content for ${channel} to messages/${message}.`
          : `Add it to messages/${message}, or send on ${listed(channels)}.`,
    }),
  ),
  'channel-without-sender': error<{ channel: Channel; sender: string }>(
    'A channel without a sender',
    ({ channel, sender }) => ({
      message: `The sender "${sender}" has nothing to send from on the channel "${channel}".`,
      hint: `Add "${channel}" to "senders" → "${sender}" in settings.json.`,
    }),
  ),
  'channel-not-set-up': warning<{ channel: Channel; sender: string }>(
    'A channel that is not set up',
    ({ channel, sender }) => ({
      message: `The sender "${sender}" does not say where messages on the channel "${channel}" go: none would go out.`,
      hint: `Add "${channel}" to "senders" → "${sender}" in settings.json.`,
    }),
  ),
  'channel-twice': error<{ channel: Channel }>('A channel named twice', ({ channel }) => ({
    message: `The channel "${channel}" is named twice.`,
    hint: 'A message goes out on the first channel that works; name each once, in the order to try them.',
  })),
  'unknown-quiet-hours': error<Unknown>('Unknown quiet hours', ({ name, known }) => ({
    message: `There are no quiet hours named "${name}".`,
    hint: hintFor(
      name,
      known,
      'Name them in settings.json under "quietHours", or write { "from", "to" } here.',
    ),
  })),
  'unknown-holidays': error<Unknown>('Unknown public holidays', ({ name, known }) => ({
    message: `The public holidays of "${name}" are not known.`,
    hint: holidaysMeant(name, known),
  })),
  'unknown-step': error<Unknown>('Unknown step', ({ name, known }) => ({
    message: `There is no step "${name}" in this journey.`,
    hint: hintFor(name, known, 'Steps are named by their "id".'),
  })),
  'not-a-send': error<Unknown & { type: string }>('Not a send step', ({ name, type, known }) => ({
    message: `The step "${name}" is of type "${type}"; only of a send it is known what became of it.`,
    hint: known.length === 0 ? 'This journey has no send step with an id.' : `Sends are ${listed(known)}.`,
  })),
  'unknown-timezone': error<Unknown>('Unknown time zone', ({ name, known }) => ({
    message: `There is no time zone "${name}".`,
    hint: didYouMean(name, known) ?? 'Write an IANA name such as "Europe/Berlin".',
  })),
  'event-not-at-hand': error<{ name: string }>('No event to look at', ({ name }) => ({
    message: `"${name}" can be asked inside "where" only: here is no event to look at.`,
    hint: 'Ask for "profile.…" or, for the event that let the customer in, "entry.…".',
  })),
  'not-known-at-entry': error<{ name: string }>('Not known at entry', ({ name }) => ({
    message: `"${name}" is not known yet when it is decided whether a customer enters.`,
    hint: 'Ask for the event that lets the customer in by "event.…", or for "profile.…".',
  })),
};

/** More than the states of any country. */
const MOST_PLACES = 40;

/** The parts of the country that was meant, where only those are known: "UK" has none of its own, GB-ENG has. */
function holidaysMeant(name: string, known: readonly string[]): string {
  const [written = ''] = name.toUpperCase().split('-');
  const country = written === 'UK' ? 'GB' : written;
  const exact = known.find((one) => one === name.toUpperCase());
  if (exact !== undefined) return `Did you mean "${exact}"?`;
  const parts = known.filter((one) => one === country || one.startsWith(`${country}-`));
  return `Possible: ${listed(parts.length > 0 ? parts : known, MOST_PLACES)}. Other days are written as dates.`;
}
