// Mistakes in messages. What stands in a message is judged by the messages' own compiler, which brings its words along;
// what a journey demands of a message is judged by the checks of journeys.
import { error, told, warning, type Told } from './kind.ts';

export const messageDiagnostics = {
  'no-unsubscribe-link': error<{ message: string }>(
    'Marketing without an unsubscribe link',
    ({ message }) => ({
      message: `The e-mail of "${message}" has no unsubscribe link, and is sent as marketing.`,
      hint: 'Link to {{ unsubscribe_url }} in it, or send it with "class": "transactional" if it is no marketing.',
    }),
  ),
  'sms-cannot-be-stopped': warning<{
    message: string;
    because: 'nothing' | 'no answer' | 'no word';
    sender?: string;
  }>('A text message that says no way to stop it', ({ message, because, sender = '' }) => {
    switch (because) {
      case 'nothing':
        return {
          message: `The text message of "${message}" is sent as marketing and does not say how to stop it.`,
          hint: 'Write a word to answer with, such as "Reply STOP", or link to {{ preferences_url }}, in every language.',
        };
      case 'no answer':
        return {
          message: `The text message of "${message}" asks for a word to stop it, and nobody can answer the sender id "${sender}".`,
          hint: 'Send it from a number or a pool, or link to {{ preferences_url }} in it, in every language.',
        };
      case 'no word':
        return {
          message: `The text message of "${message}" does not say a word to stop it, which carriers ask for where it comes from ${sender}.`,
          hint: 'Write "Reply STOP", in every language; a link may stand beside it.',
        };
    }
  }),
  'message-needs-property': warning<{ message: string; name: string; event: string }>(
    'A message that prints what the entry event does not have',
    ({ message, name, event }) => ({
      message: `The message "${message}" prints {{ entry.${name} }}, and the event "${event}" has no property "${name}".`,
      hint: 'Change the message, or declare the property in settings.json under "vocabulary".',
    }),
  ),
  'message-unreadable': error<Told>('A message that cannot be read', told),
  'message-unknown-file': error<Told>('A file that is no part of a message', told),
  'message-incomplete': error<Told>('A message with a part missing', told),
  'message-locale-missing': error<Told>('A message that is missing in a language', told),
  'message-mjml': error<Told>('MJML that cannot be compiled', told),
  'message-liquid': error<Told>('Liquid that cannot be read', told),
  'message-unknown-variable': error<Told>('An unknown variable in a message', told),
  'message-sample': error<Told>('A message that its sample data cannot fill', told),
  'message-no-default': error<Told>('A message without a default for a missing value', told),
  'message-link': error<Told>('A link that leads nowhere', told),
  'message-too-large': warning<Told>('A message that is too large for its channel', told),
  'catalog-unreadable': error<Told>('A list of the catalogue that cannot be read', told),
  'message-sms-long': warning<Told>('A text message of several parts', told),
};
