// All journeys with their counts.
import { addressOf } from '../address.js';
import { get } from '../api.js';
import { element, replace } from '../elements.js';
import { countCells, COUNTS } from '../parts/counts.js';
import { statusPill } from '../parts/status-pill.js';

export async function openJourneys(place) {
  const body = element('tbody');
  place.append(
    element('h1', {}, 'Journeys'),
    element(
      'p',
      { class: 'lead' },
      'Where people are now, and what has become of those who were inside. A journey opens as a graph.',
    ),
    element(
      'div',
      // Narrow screens scroll it, also by keyboard.
      { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'Journeys' },
      element(
        'table',
        { class: 'table journeys-table' },
        element('caption', { class: 'visually-hidden' }, 'Journeys and how many people are in each'),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, 'Journey'),
            COUNTS.map(({ label, about }) =>
              element('th', { scope: 'col', class: 'number', title: about }, label),
            ),
          ),
        ),
        body,
      ),
    ),
  );
  let last = '';
  const refresh = async () => {
    const { journeys } = await get('journeys');
    const text = JSON.stringify(journeys);
    if (text === last) return;
    last = text;
    const busiest = Math.max(1, ...journeys.map(({ counts }) => counts.active));
    replace(
      body,
      journeys.map((journey) => row(journey, busiest)),
    );
  };
  await refresh();
  return { title: 'Journeys', topics: ['customers', 'messages'], refresh };
}

function row({ id, name, description, status, switched, counts }, busiest) {
  const meter = element('span', { class: 'meter', 'aria-hidden': 'true' });
  meter.style.setProperty('--share', String(counts.active / busiest));
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element(
        'a',
        { href: addressOf(['journeys', id]), 'data-key': id, class: 'row-link', title: description },
        name,
      ),
      status === 'live' ? undefined : statusPill(status, switched),
      name === id ? undefined : element('small', { class: 'row-id' }, id),
      meter,
    ),
    countCells(counts),
  );
}
