// Decisions about a customer, newest first: when, in which journey, what, and because of what.
import { addressOf } from '../address.js';
import { element } from '../elements.js';
import { journeyName } from '../journey-names.js';
import { day, moment, time } from '../moments.js';
import { reasonInWords } from './reasons.js';

/** How an entry looks: what reached the customer, what did not, and what only happened inside. */
const TONES = {
  sends: 'good',
  completes: 'good',
  converts: 'good',
  enters: 'accent',
  skips: 'warn',
  defers: 'warn',
  refuses: 'warn',
  holds: 'warn',
  exits: 'warn',
  fails: 'bad',
};

export function timelineList(entries, empty) {
  if (entries.length === 0 && empty !== undefined) return element('p', { class: 'empty' }, empty);
  if (entries.length === 0)
    return element(
      'p',
      { class: 'empty' },
      'Nothing is told: no event of theirs has been decided in the last 90 days, or nothing that any journey listens to has happened.',
    );
  const days = [];
  for (const entry of entries) {
    const name = day(entry.at);
    if (days.at(-1)?.name !== name) days.push({ name, entries: [] });
    days.at(-1).entries.push(entry);
  }
  return days.map(({ name, entries: own }) => [
    element('h3', { class: 'timeline-day' }, name),
    element('ol', { class: 'timeline' }, own.map(row)),
  ]);
}

function row({ at, kind, words, reason, because, yieldsTo, journey, step, until }) {
  const explained = reasonInWords(kind, reason, yieldsTo);
  return element(
    'li',
    { class: `tone-${TONES[kind] ?? 'quiet'}` },
    element('time', { datetime: at }, time(at)),
    element(
      'div',
      {},
      journey === undefined
        ? undefined
        : element(
            'a',
            { href: addressOf(['journeys', journey], { step }), class: 'timeline-journey' },
            journeyName(journey),
          ),
      element(
        'span',
        { class: 'timeline-words' },
        words,
        until === undefined ? '' : ` until ${moment(until)}`,
      ),
      explained === undefined ? undefined : element('small', {}, explained),
      because === undefined ? undefined : element('small', {}, `because ${because}`),
    ),
  );
}
