// What an operator looks at: what is queued, what died and why, functions and their errors, warnings, and how providers behave.
import { get } from '../api.js';
import { element, replace } from '../elements.js';
import { shortMoment } from '../moments.js';
import { letterList } from '../parts/dead-letters.js';
import { behaviourForm, behaviourList } from '../parts/provider-behaviours.js';

export async function openOperations(place, { query }, { about }) {
  const [queues, letters, functions, machines, log, behaviours] = Array.from({ length: 6 }, () =>
    element('div'),
  );
  let opened = query.queue;
  const kinds = [];
  place.append(
    element('h1', {}, 'Operations'),
    element(
      'p',
      { class: 'lead' },
      'AWS clients find everything of this at ',
      element('code', {}, about.endpoint),
      ' (',
      element('code', {}, 'AWS_ENDPOINT_URL'),
      '), Region ',
      element('span', { class: 'nowrap' }, about.region),
      '.',
    ),
    section('Queues', queues, letters),
    section('Functions', functions),
    section('Executions under way', machines),
    section('How the providers behave', behaviours),
    section('Warnings and errors', log),
  );
  let last = '';
  async function refresh() {
    const answer = await get('operations');
    const text = JSON.stringify([answer, opened]);
    if (text === last) return;
    last = text;
    replace(queues, queueTable(answer.queues, opened, openLetters));
    replace(functions, functionTable(answer.functions));
    replace(machines, machineTable(answer.machines));
    replace(log, logList(answer.log));
    if (kinds.length === 0) {
      kinds.push(...answer.providers.kinds);
      replace(behaviours, behaviourForm(kinds, about, refresh), element('div', { class: 'behaviours' }));
    }
    replace(behaviours.querySelector('.behaviours'), behaviourList(answer.providers.set, refresh));
    if (opened !== undefined) await showLetters();
  }
  async function showLetters() {
    const { letters: found } = await get(`operations/queues/${encodeURIComponent(opened)}/dead-letters`);
    replace(letters, letterList(opened, found));
  }
  function openLetters(name) {
    opened = opened === name ? undefined : name;
    if (opened === undefined) letters.replaceChildren();
    void refresh();
  }
  await refresh();
  return { title: 'Operations', topics: ['operations', 'customers', 'messages'], refresh };
}

function section(title, ...content) {
  return element(
    'section',
    { class: 'card operations-section', 'aria-label': title },
    element('h2', {}, title),
    ...content,
  );
}

function table(caption, heads, rows, empty) {
  if (rows.length === 0) return element('p', { class: 'empty' }, empty);
  return element(
    'div',
    // Narrow screens scroll it, also by keyboard.
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: 'table' },
      element('caption', { class: 'visually-hidden' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          heads.map((head, index) =>
            element('th', { scope: 'col', class: index === 0 ? '' : 'number' }, head),
          ),
        ),
      ),
      element('tbody', {}, rows),
    ),
  );
}

function number(value, isBad = false) {
  return element(
    'td',
    { class: `number ${value === 0 ? 'none' : isBad ? 'bad' : ''}` },
    value.toLocaleString('en'),
  );
}

function queueTable(queues, opened, open) {
  const rows = queues.map(({ name, waiting, inFlight, delayed, isDeadLetterQueue }) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        isDeadLetterQueue && waiting > 0
          ? element(
              'button',
              {
                type: 'button',
                class: 'link-button',
                'data-key': name,
                'aria-expanded': String(opened === name),
                on: { click: () => open(name) },
              },
              name,
            )
          : name,
        isDeadLetterQueue
          ? element('span', { class: waiting > 0 ? 'pill pill-failed' : 'pill' }, 'dead letters')
          : undefined,
      ),
      number(waiting, isDeadLetterQueue),
      number(inFlight),
      number(delayed),
    ),
  );
  return table('Queues', ['Queue', 'Waiting', 'In flight', 'Delayed'], rows, 'There are no queues.');
}

function functionTable(functions) {
  const rows = functions.map(({ name, invocations, errors, throttles, running }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      number(invocations),
      number(errors, true),
      number(throttles, true),
      number(running),
    ),
  );
  return table(
    'Functions',
    ['Function', 'Invocations', 'Errors', 'Throttles', 'Running'],
    rows,
    'There are no functions.',
  );
}

function machineTable(machines) {
  const rows = machines.map(({ name, running }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), number(running)),
  );
  return table('State machines with executions under way', ['State machine', 'Executions'], rows, 'None.');
}

function logList(lines) {
  if (lines.length === 0) return element('p', { class: 'empty' }, 'No function has warned of anything.');
  return element(
    'ol',
    { class: 'log' },
    lines.map(({ at, function: name, level, message }) =>
      element(
        'li',
        {},
        element('time', { datetime: at }, shortMoment(at)),
        element('span', { class: `pill ${level === 'WARN' ? 'pill-paused' : 'pill-failed'}` }, level),
        element('span', { class: 'muted' }, name),
        element('code', {}, message),
      ),
    ),
  );
}
