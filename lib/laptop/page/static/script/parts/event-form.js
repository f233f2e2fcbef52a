// Sending an event: its name from the vocabulary, its properties as JSON with an example to change.
import { addressOf } from '../address.js';
import { get, post } from '../api.js';
import { element, newId, replace } from '../elements.js';
import { journeyName } from '../journey-names.js';
import { field, showProblem } from './field.js';
import { timelineList } from './timeline-list.js';

/** Decided within a second or two, where a laptop has nothing else to do. */
const PATIENCE_MILLIS = 8000;

export function eventForm(about, { user = '', event = '' }) {
  const listId = newId('events');
  const known = new Map(about.events.map((one) => [one.name, one]));
  const customer = element('input', {
    value: user,
    autocomplete: 'off',
    maxlength: 512,
    list: `${listId}-customers`,
  });
  const customers = element('datalist', { id: `${listId}-customers` });
  const name = element('input', {
    value: event,
    required: true,
    autocomplete: 'off',
    list: listId,
    maxlength: 100,
  });
  const names = element(
    'datalist',
    { id: listId },
    about.events.map((one) => element('option', { value: one.name }, one.isBuiltIn ? 'built in' : '')),
  );
  const properties = element('textarea', { rows: 9, spellcheck: 'false', class: 'code' });
  properties.value = '{}';
  const propertiesField = field({ label: 'Properties (JSON)', control: properties, name: 'properties' });
  const described = element('div', { class: 'event-about' });
  const result = element('div', { role: 'status' });
  const decided = element('div', { class: 'event-decisions' });
  let sent;
  let example = '{}';

  customer.addEventListener('input', () => void suggest());
  name.addEventListener('input', showExample);
  properties.addEventListener('input', () => check());
  showExample();

  function showExample() {
    const chosen = known.get(name.value);
    // What somebody has written stays.
    if (chosen !== undefined && properties.value === example) {
      example = JSON.stringify(chosen.example, null, 2);
      properties.value = example;
      check();
    }
    replace(
      described,
      chosen === undefined
        ? undefined
        : element(
            'p',
            { class: 'hint' },
            chosen.properties.length === 0
              ? 'This event has no declared properties.'
              : `Declared: ${chosen.properties.map((one) => `${one.name} (${one.type})`).join(', ')}`,
          ),
    );
  }
  async function suggest() {
    const { customers: found } = await get('customers', { find: customer.value });
    replace(
      customers,
      found
        .slice(0, 12)
        .map((one) => element('option', { value: one.external }, one.name ?? one.email ?? '')),
    );
  }
  /** @returns {object | undefined} the properties, where they can be read */
  function check() {
    try {
      const read = JSON.parse(properties.value.trim() === '' ? '{}' : properties.value);
      const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
      propertiesField.fail(isObject ? undefined : 'This has to be an object: { … }');
      return isObject ? read : undefined;
    } catch (error) {
      propertiesField.fail(jsonProblem(error, properties.value));
      return undefined;
    }
  }
  async function submit(event_) {
    event_.preventDefault();
    const read = check();
    if (read === undefined) {
      properties.focus();
      return;
    }
    try {
      decided.replaceChildren();
      sent = { ...(await post('events', { user: customer.value, event: name.value, properties: read })) };
      for (const one of form.querySelectorAll('[data-field]')) one.fail();
      replace(
        result,
        element(
          'p',
          { class: 'success' },
          `${name.value} is on the bus. `,
          sent.customer === undefined
            ? 'It belongs to no customer.'
            : element('a', { href: addressOf(['customers', sent.customer]) }, 'See what happened'),
        ),
        element('p', { class: 'hint' }, heardText(sent.journeys)),
        sent.notes.map((note) => element('p', { class: 'note' }, note)),
      );
      await showDecisions();
      const mine = sent;
      setTimeout(() => {
        mine.isLate = true;
        if (mine === sent) void showDecisions();
      }, PATIENCE_MILLIS);
    } catch (error) {
      showProblem(form, result, error);
    }
  }
  /** What the last event has done so far; asked again with each change. */
  async function showDecisions() {
    const asked = sent;
    if (asked?.customer === undefined) return;
    const { entries } = await get(`customers/${asked.customer}/decisions/${asked.id}`);
    const text = JSON.stringify([entries, asked.isLate]);
    if (asked !== sent || text === asked.shown) return;
    asked.shown = text;
    replace(
      decided,
      element('h3', {}, 'What it did'),
      timelineList(
        entries,
        asked.isLate
          ? 'Nothing was decided by it: it lets in nowhere, and no journey that they are in waits for it.'
          : 'Waiting for what is decided …',
      ),
    );
  }
  const form = element(
    'form',
    { class: 'card event-form', on: { submit } },
    element('h2', {}, 'Send an event'),
    field({
      label: 'Customer',
      control: customer,
      name: 'user',
      hint: 'The id that your applications use. Empty: the event belongs to no customer.',
    }),
    customers,
    field({ label: 'Event', control: name, name: 'event' }),
    names,
    described,
    propertiesField,
    element(
      'div',
      { class: 'buttons' },
      element('button', { class: 'button primary' }, 'Send'),
      element(
        'button',
        {
          type: 'button',
          class: 'button',
          on: {
            click: () => {
              example = properties.value;
              showExample();
            },
          },
        },
        'Example',
      ),
    ),
    result,
    decided,
  );
  return { form, refresh: showDecisions };
}

function heardText(journeys) {
  if (journeys.length === 0) return 'No journey listens to it.';
  return `${journeys.length === 1 ? 'One journey listens' : `${journeys.length} journeys listen`} to it: ${journeys.map(journeyName).join(', ')}.`;
}

/** "Line 3: …", as far as the browser says where. */
function jsonProblem(error, text) {
  const at = /position (\d+)/.exec(error.message)?.[1];
  if (at === undefined) return `This is no JSON: ${error.message}`;
  const line = text.slice(0, Number(at)).split('\n').length;
  return `This is no JSON, line ${line}: ${error.message.replace(/\s*\(line.*$/, '')}`;
}
