// What a message prints and links to has to fit the journey that sends it.
import { channelsOf } from '#lib/journey/channels.ts';
import { entryEvent, entryProperties } from '#lib/journey/entry.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const messageContent: Check = function* messageContent({ journey, steps, messages, settings }) {
  const event = entryEvent(journey.entry);
  const properties = settings === undefined ? undefined : entryProperties(journey.entry, settings.vocabulary);
  // "address.city" is read by asking for "address".
  const known = Object.keys(properties ?? {}).map((name) => name.split('.')[0] ?? name);
  for (const { step, path } of steps) {
    if (step.type !== 'send') continue;
    const message = messages.get(step.message);
    if (message === undefined) continue;
    const at = [...path, 'message'];
    const channels = channelsOf(step.channel);
    const marketing = (step.class ?? journey.delivery.class ?? 'marketing') === 'marketing';
    if (marketing && channels.includes('email') && message.unsubscribe === false)
      yield finding('no-unsubscribe-link', at, { message: message.id });
    if (properties === undefined) continue;
    for (const name of message.entryProperties ?? [])
      if (name !== '*' && !known.includes(name))
        yield finding('message-needs-property', at, { message: message.id, name, event });
  }
};
