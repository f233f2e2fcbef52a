// Being an application: an event, or a customer who is new.
import { element } from '../elements.js';
import { customerForm } from '../parts/customer-form.js';
import { eventForm } from '../parts/event-form.js';

export async function openSend(place, { query }, { about }) {
  const { form, refresh } = eventForm(about, query);
  place.append(
    element('h1', {}, 'Try it'),
    element(
      'p',
      { class: 'lead' },
      `What you send here goes on the bus ${about.deployment} as your applications’ events do. Open, click, reply and unsubscribe are in the outbox, beside each message.`,
    ),
    element('div', { class: 'forms' }, form, customerForm(about)),
  );
  if (query.form === 'customer')
    queueMicrotask(() => document.querySelector('.customer-form input')?.focus());
  return { title: 'Try it', topics: ['customers'], refresh };
}
