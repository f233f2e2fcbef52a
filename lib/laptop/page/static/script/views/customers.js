// Customers, those to whom something happened last first; found by id, name or address.
import { addressOf } from '../address.js';
import { get } from '../api.js';
import { element, newId, replace } from '../elements.js';
import { journeyName } from '../journey-names.js';
import { shortMoment } from '../moments.js';
import { pager } from '../parts/pager.js';

/** A pause in typing: nobody needs an answer to half a name. */
const TYPING_MILLIS = 200;

export async function openCustomers(place, { query }) {
  let { find = '' } = query;
  let from = Number(query.from ?? 0);
  let timer;
  const id = newId('find');
  const input = element('input', {
    id,
    type: 'search',
    value: find,
    autocomplete: 'off',
    placeholder: 'Id, name or address',
    on: { input: onInput },
  });
  const body = element('tbody');
  const pages = element('div');
  place.append(
    element(
      'div',
      { class: 'heading' },
      element('h1', {}, 'Customers'),
      element(
        'div',
        { class: 'heading-actions' },
        element('a', { class: 'button', href: '#/send?form=customer' }, 'New customer'),
      ),
    ),
    element(
      'div',
      { class: 'filters', role: 'search' },
      element('div', { class: 'field grow' }, element('label', { for: id }, 'Find a customer'), input),
    ),
    element(
      'div',
      // Narrow screens scroll it, also by keyboard.
      { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'Customers' },
      element(
        'table',
        { class: 'table customers-table' },
        element('caption', { class: 'visually-hidden' }, 'Customers'),
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            ['Id', 'Name', 'Address', 'Inside', 'Last decision'].map((label) =>
              element('th', { scope: 'col' }, label),
            ),
          ),
        ),
        body,
      ),
    ),
    pages,
  );
  function onInput() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      find = input.value;
      from = 0;
      history.replaceState(null, '', addressOf(['customers'], { find }));
      void refresh();
    }, TYPING_MILLIS);
  }
  let last = '';
  async function refresh() {
    const asked = find;
    const answer = await get('customers', { find, from });
    if (asked !== find) return;
    const text = JSON.stringify(answer);
    if (text === last) return;
    last = text;
    replace(body, answer.customers.map(row), answer.all === 0 ? emptyRow(find) : undefined);
    replace(
      pages,
      pager({
        from,
        size: answer.customers.length,
        all: answer.all,
        next: answer.next,
        noun: 'customers',
        go: (to) => {
          from = to;
          void refresh();
        },
      }),
    );
  }
  await refresh();
  return { title: 'Customers', topics: ['customers'], refresh };
}

function row({ id, external, name = '', email = '', journeys, changed }) {
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      element('a', { class: 'row-link', href: addressOf(['customers', id]), 'data-key': id }, external),
    ),
    element('td', {}, name),
    element('td', { class: 'nowrap' }, email),
    element('td', {}, journeys.map(({ journey }) => journeyName(journey)).join(', ')),
    element('td', { class: 'nowrap' }, shortMoment(changed)),
  );
}

function emptyRow(find) {
  return element(
    'tr',
    {},
    element(
      'td',
      { colspan: 5, class: 'empty' },
      find === ''
        ? 'Nobody is known yet. Send an event, or become a customer.'
        : `Nobody is found for “${find}”.`,
    ),
  );
}
