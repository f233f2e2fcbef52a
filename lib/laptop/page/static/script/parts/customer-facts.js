// What is known of a customer: where they are, what they consent to, who they are.
import { addressOf } from '../address.js';
import { element } from '../elements.js';
import { journeyName } from '../journey-names.js';
import { distance, moment } from '../moments.js';

export function runsOf({ runs }, now) {
  if (runs.length === 0) return element('p', { class: 'empty' }, 'In no journey now.');
  return element(
    'ul',
    { class: 'plain-list' },
    runs.map(({ run, journey, isEarlier, version, step, entered, until, held }) =>
      element(
        'li',
        {},
        element(
          'a',
          {
            href: addressOf(['journeys', journey], { step, version: isEarlier ? version : undefined }),
            'data-key': run,
          },
          journeyName(journey),
        ),
        step === undefined ? undefined : element('span', {}, ` at ${step}`),
        isEarlier ? [' ', element('span', { class: 'pill' }, 'earlier version')] : undefined,
        held ? element('span', { class: 'pill pill-paused' }, 'held: the journey is paused') : undefined,
        element(
          'small',
          {},
          entered === undefined ? '' : `entered ${moment(entered)}`,
          until === undefined ? '' : `, waits until ${moment(until)} (${distance(until, now)})`,
        ),
      ),
    ),
  );
}

export function consentOf({ consent, suppressed }, { topics }) {
  const nameOf = (topic) => topics.find(({ id }) => id === topic)?.name ?? topic;
  if (consent.length === 0 && suppressed.length === 0)
    return element('p', { class: 'empty' }, 'Nothing is on record.');
  return element(
    'ul',
    { class: 'plain-list' },
    consent.map(({ topic, channel, granted, at, source }) =>
      element(
        'li',
        {},
        element('span', { class: granted ? 'pill pill-live' : 'pill pill-failed' }, granted ? 'yes' : 'no'),
        ` ${nameOf(topic)}, ${channel}`,
        element('small', {}, `${moment(at)}${source === undefined ? '' : `, ${source}`}`),
      ),
    ),
    suppressed.map(({ channel, reason, at }) =>
      element(
        'li',
        {},
        element('span', { class: 'pill pill-failed' }, 'suppressed'),
        ` ${channel}: ${reason}`,
        element('small', {}, moment(at)),
      ),
    ),
  );
}

export function factsOf({ traits, segments, created }) {
  return [
    element(
      'dl',
      { class: 'facts' },
      traits.map(({ name, value, at }) =>
        element(
          'div',
          { title: `since ${moment(at)}` },
          element('dt', {}, name),
          element('dd', {}, typeof value === 'string' ? value : JSON.stringify(value)),
        ),
      ),
      element('div', {}, element('dt', {}, 'known since'), element('dd', {}, moment(created))),
    ),
    segments.length === 0
      ? undefined
      : [
          element('h3', {}, 'Segments'),
          element(
            'ul',
            { class: 'tags' },
            segments.map(({ segment, since }) => element('li', { title: `since ${moment(since)}` }, segment)),
          ),
        ],
  ];
}
