// Sending an event: its name from the vocabulary, its properties as JSON with an example to change.
import { addressOf } from '../address.js';
import { get, post } from '../api.js';
import { element, newId, replace } from '../elements.js';
import { field, showProblem } from './field.js';

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
      const sent = await post('events', { user: customer.value, event: name.value, properties: read });
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
        sent.notes.map((note) => element('p', { class: 'note' }, note)),
      );
    } catch (error) {
      showProblem(form, result, error);
    }
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
  );
  return form;
}

/** "Line 3: …", as far as the browser says where. */
function jsonProblem(error, text) {
  const at = /position (\d+)/.exec(error.message)?.[1];
  if (at === undefined) return `This is no JSON: ${error.message}`;
  const line = text.slice(0, Number(at)).split('\n').length;
  return `This is no JSON, line ${line}: ${error.message.replace(/\s*\(line.*$/, '')}`;
}
