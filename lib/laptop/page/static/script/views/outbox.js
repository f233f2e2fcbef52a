// The outbox: every message that providers have taken, newest first, and the chosen one as it looks.
import { addressOf } from '../address.js';
import { get } from '../api.js';
import { element, replace } from '../elements.js';
import { icon } from '../icons.js';
import { journeyName } from '../journey-names.js';
import { moment, shortMoment } from '../moments.js';
import { field, select } from '../parts/field.js';
import { messageDetail } from '../parts/message-detail.js';
import { pager } from '../parts/pager.js';
import { problemBox } from '../parts/problem-box.js';

/** What is reported most; what else a provider says is seen in the list. */
const STATES = [
  'accepted',
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'complained',
  'unsubscribed',
];

export async function openOutbox(place, address, { about }) {
  let { chosen, filter } = read(address);
  let from = 0;
  let lastList = '';
  const list = element('ul', { class: 'message-list', on: { click: chooseAgain } });
  const pages = element('div');
  const detail = element('div', { class: 'message-detail', on: { keydown: leaveMessage } });
  const shell = element(
    'div',
    { class: 'outbox' },
    element('div', { class: 'outbox-list' }, list, pages),
    detail,
  );
  const filters = element('div', { class: 'filters' });
  place.append(element('h1', {}, 'Outbox'), filters, shell);
  drawFilters();
  const shownMessage = messageDetail(detail, () => addressOf(['outbox'], filter));

  function drawFilters() {
    const channel = select(any('All channels', about.channels), filter.channel);
    const journey = select(
      [['', 'All journeys'], ...about.journeys.map(({ id, name }) => [id, name])],
      filter.journey,
    );
    const state = select(any('Any state', STATES), filter.state);
    const customer = element('input', {
      type: 'search',
      value: filter.customer ?? '',
      placeholder: 'Id or address',
    });
    for (const [name, control] of Object.entries({ channel, journey, state, customer }))
      control.addEventListener('change', () => {
        location.hash = addressOf(['outbox'], { ...filter, [name]: control.value });
      });
    replace(
      filters,
      field({ label: 'Channel', control: channel }),
      field({ label: 'Journey', control: journey }),
      field({ label: 'State', control: state }),
      field({ label: 'Customer', control: customer }),
    );
  }

  /** The keyboard goes along to the message that somebody chooses: what one can do with it lies behind a list of fifty. */
  async function showChosen(left) {
    await refreshDetail();
    if (chosen !== undefined) enterMessage();
    else if (left !== undefined) focusRow(left);
  }
  function enterMessage() {
    detail.querySelector('h2')?.focus();
  }
  function focusRow(id) {
    list.querySelector(`[data-key="${CSS.escape(id)}"]`)?.focus();
  }
  /** The address stays as it is for the message that is shown already. */
  function chooseAgain({ target }) {
    if (target.closest('[data-key]')?.dataset.key === chosen) enterMessage();
  }
  function leaveMessage({ key }) {
    if (key === 'Escape' && chosen !== undefined) focusRow(chosen);
  }

  async function refreshList() {
    const asked = filter;
    const answer = await get('messages', { ...filter, from });
    if (asked !== filter) return;
    const text = JSON.stringify([answer, chosen]);
    if (text === lastList) return;
    lastList = text;
    replace(
      list,
      answer.messages.map((message) => row(message, chosen, filter)),
      answer.all === 0 ? element('li', { class: 'empty' }, emptyText(filter)) : undefined,
    );
    replace(
      pages,
      pager({
        from,
        size: answer.messages.length,
        all: answer.all,
        next: answer.next,
        noun: 'messages',
        go: (to) => {
          from = to;
          void refreshList();
        },
      }),
    );
  }
  async function refreshDetail() {
    shell.classList.toggle('has-choice', chosen !== undefined);
    if (chosen === undefined)
      replace(detail, element('p', { class: 'empty' }, 'Choose a message to see it as its customer does.'));
    else
      try {
        shownMessage.show(await get(`messages/${encodeURIComponent(chosen)}`));
      } catch (error) {
        replace(detail, problemBox(error));
      }
  }
  await Promise.all([refreshList(), refreshDetail()]);
  return {
    title: 'Outbox',
    topics: ['messages'],
    refresh: () => Promise.all([refreshList(), refreshDetail()]),
    move: (to) => {
      if (to.path[0] !== 'outbox') return false;
      const before = JSON.stringify(filter);
      const left = chosen;
      ({ chosen, filter } = read(to));
      if (JSON.stringify(filter) !== before) {
        from = 0;
        drawFilters();
      }
      void refreshList();
      if (chosen === left) void refreshDetail();
      else void showChosen(left);
      return true;
    },
  };
}

function read({ path: [, chosen], query: { channel, journey, customer, state } }) {
  const given = Object.entries({ channel, journey, customer, state }).filter(
    ([, value]) => value !== undefined,
  );
  return { chosen, filter: Object.fromEntries(given) };
}

function row({ id, at, channel, to, external, title, state, journey, message }, chosen, filter) {
  return element(
    'li',
    {},
    element(
      'a',
      {
        href: addressOf(['outbox', id], filter),
        'data-key': id,
        'aria-current': id === chosen ? 'true' : undefined,
      },
      element('span', { class: `channel channel-${channel}`, title: channel }, icon(channel)),
      element(
        'span',
        { class: 'row-text' },
        element(
          'span',
          { class: 'row-head' },
          element('strong', {}, external ?? to),
          element('time', { datetime: at, title: moment(at) }, shortMoment(at)),
        ),
        element('span', { class: 'row-title' }, title),
        element(
          'span',
          { class: 'row-about' },
          element('span', { class: 'visually-hidden' }, `${channel}, `),
          [journey === undefined ? undefined : journeyName(journey), message]
            .filter((part) => part !== undefined)
            .join(' · '),
          ' ',
          element('span', { class: `pill pill-${state}` }, state),
        ),
      ),
    ),
  );
}

function emptyText(filter) {
  return Object.keys(filter).length === 0
    ? 'No message has gone out yet.'
    : 'No message passes these filters.';
}

function any(label, names) {
  return [['', label], ...names.map((name) => [name, name])];
}
