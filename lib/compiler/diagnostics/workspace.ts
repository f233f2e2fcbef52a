// Mistakes in the settings, in file names, and between files.
import { error, warning, told, type Told } from './kind.ts';

export const workspaceDiagnostics = {
  'file-unreadable': error<Told>('A file that cannot be read', told),
  'never-used': warning<{ what: string; name: string }>('A name that nothing uses', ({ what, name }) => ({
    message: `The ${what} "${name}" ${what === 'quiet hours' ? 'are' : 'is'} used by no journey and no segment.`,
    hint: 'Remove it, or look where it should be named and another name stands.',
  })),
  'confirm-without-record': error('A confirmation that nothing waits for', () => ({
    message:
      'Consent to this topic has to be confirmed, and "withoutRecord" lets messages go out without any.',
    hint: 'Remove one of the two.',
  })),
  'confirm-too-long': error('A confirmation that comes too late', () => ({
    message: 'Links that confirm live for 7 days: nobody could confirm after that.',
    hint: 'Write 7 days or less, or "confirm": true.',
  })),
  'confirm-unanswered': warning<{ topic: string; message: string | undefined }>(
    'Consent that nobody is asked to confirm',
    ({ topic, message }) =>
      message === undefined
        ? {
            message: `No journey asks customers to confirm consent to "${topic}": it would never count.`,
            hint: 'Write a journey that enters on "Consent Requested" and sends a transactional message of this topic with {{ confirm_url }}.',
          }
        : {
            message: `The message "${message}" asks customers to confirm consent to "${topic}" and has no link to do it: it would never count.`,
            hint: 'Link to {{ confirm_url }} in it, in every language.',
          },
  ),
  'file-not-used': warning<Told>('A file without effect', told),
  'settings-missing': error('There are no settings', () => ({
    message: 'There is no settings.json in this workspace.',
    hint: 'Create it with "brand", "timezone" and "locale".',
  })),
  'invalid-file-name': error<{ id: string; of?: 'segment' }>(
    'A file name that cannot be an id',
    ({ id, of }) => ({
      message: `"${id}" cannot be the id of a ${of ?? 'journey'}.`,
      hint: 'Rename the file: lower-case letters, digits and hyphens, at most 60 of them.',
    }),
  ),
  'journey-twice': error<{ id: string; other: string; of?: 'segment' }>(
    'Two files for one journey',
    ({ id, other, of }) => ({
      message: `The ${of ?? 'journey'} "${id}" is also written in ${other}.`,
      hint: 'Remove or rename one of the two files.',
    }),
  ),
  'experiment-differs': error<{ experiment: string; other: string }>(
    'One experiment with different arms',
    ({ experiment, other }) => ({
      message: `The experiment "${experiment}" has other arms in ${other}, and customers keep their arm in both.`,
      hint: 'Give both the same arms, or one of them another name.',
    }),
  ),
  'built-in-changed': error<{ name: string }>('Something built in is changed', ({ name }) => ({
    message: `"${name}" is built in, with another type or without this property.`,
    hint: 'Remove it here, or choose another name.',
  })),
  'read-twice': error<{ source: string; type: string | undefined }>(
    'An event that is read in two ways',
    ({ source, type }) => ({
      message:
        type === undefined
          ? `An entry before this one reads events of "${source}" as well, and one of the two reads all of them.`
          : `The detail-type "${type}" of "${source}" is read by an entry before this one as well.`,
      hint: 'Let one entry say how it is read; "events" names the detail-types of an entry.',
    }),
  ),
  'built-in-sent': error<{ event: string }>('A built-in event that only Wend makes', ({ event }) => ({
    message: `"${event}" is made by Wend where it is decided: told by an application it is passed over.`,
    hint: 'Declare an event of your own under "vocabulary", and let journeys listen to it.',
  })),
  'quiet-hours-never-end': error<{ time: string }>('Quiet hours that never end', ({ time }) => ({
    message: `From ${time} to ${time} is the whole day: no message would ever be sent.`,
    hint: 'Write a window that ends, such as { "from": "21:00", "to": "08:00" }.',
  })),
  'cap-of-zero': error('A cap of zero', () => ({
    message: 'A cap of 0 forbids every message.',
    hint: 'Write the number of messages that may be sent, or remove the cap.',
  })),
};
