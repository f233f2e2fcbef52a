// Becoming a customer: an id, an address, a zone and a language, and what they consent to.
import { addressOf } from '../address.js';
import { post } from '../api.js';
import { element, newId, replace } from '../elements.js';
import { field, showProblem } from './field.js';

export function customerForm({ zones, zone, locale, topics }) {
  const listId = newId('zones');
  const user = input({ required: true, maxlength: 512 });
  const email = input({ type: 'email' });
  const firstName = input({ maxlength: 200 });
  const phone = input({ type: 'tel', placeholder: '+4930123456' });
  const timezone = input({ list: listId, placeholder: zone });
  const language = input({ placeholder: locale });
  const consents = topics.map(({ id, name }) => {
    const box = element('input', { type: 'checkbox', value: id, id: newId('topic') });
    return { box, row: element('label', { class: 'check', for: box.id }, box, ` ${name}`) };
  });
  const result = element('div', { role: 'status' });

  async function submit(event) {
    event.preventDefault();
    const given = Object.entries({ email, phone, firstName, timezone, locale: language })
      .map(([name, control]) => [name, control.value.trim()])
      .filter(([, value]) => value !== '');
    const chosen = consents.filter(({ box }) => box.checked).map(({ box }) => box.value);
    try {
      const { id } = await post('customers', {
        user: user.value,
        ...Object.fromEntries(given),
        topics: chosen,
      });
      for (const one of form.querySelectorAll('[data-field]')) one.fail();
      replace(
        result,
        element(
          'p',
          { class: 'success' },
          `${user.value} is told to the bus. `,
          element('a', { href: addressOf(['customers', id]) }, 'See what happened'),
        ),
      );
    } catch (error) {
      showProblem(form, result, error);
    }
  }
  const form = element(
    'form',
    { class: 'card customer-form', on: { submit } },
    element('h2', {}, 'Become a customer'),
    field({
      label: 'Id',
      control: user,
      name: 'user',
      hint: 'As your applications would call you. An id that is known changes that customer.',
    }),
    element(
      'div',
      { class: 'pair' },
      field({ label: 'First name', control: firstName, name: 'firstName' }),
      field({ label: 'E-mail', control: email, name: 'email' }),
    ),
    element(
      'div',
      { class: 'pair' },
      field({ label: 'Telephone', control: phone, name: 'phone' }),
      field({ label: 'Language', control: language, name: 'locale', hint: 'Such as en or pt-BR' }),
    ),
    field({ label: 'Time zone', control: timezone, name: 'timezone' }),
    element(
      'datalist',
      { id: listId },
      zones.map((name) => element('option', { value: name })),
    ),
    topics.length === 0
      ? undefined
      : element(
          'fieldset',
          {},
          element('legend', {}, 'Consents to'),
          consents.map(({ row }) => row),
        ),
    element('div', { class: 'buttons' }, element('button', { class: 'button primary' }, 'Become a customer')),
    result,
  );
  return form;
}

function input(properties) {
  return element('input', { autocomplete: 'off', ...properties });
}
