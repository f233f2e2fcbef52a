// Mistakes in journey tests: names that the scenario does not have, and scenarios that prove nothing.
import { error, warning } from './kind.ts';
import { hintFor, listed } from './suggestion.ts';

export const scenarioDiagnostics = {
  'scenario-twice': error<{ name: string; firstLine: number }>(
    'Two scenarios of one name',
    ({ name, firstLine }) => ({
      message: `A scenario named "${name}" stands in line ${firstLine} already.`,
      hint: 'Give each a name that says what it shows; reports name them by it.',
    }),
  ),
  'customer-twice': error<{ id: string }>('Two customers of one id', ({ id }) => ({
    message: `The customer "${id}" is in this scenario twice.`,
    hint: 'Give each customer an id of their own.',
  })),
  'unknown-customer': error<{ name: string; known: readonly string[] }>(
    'Unknown customer',
    ({ name, known }) => ({
      message: `There is no customer "${name}" in this scenario.`,
      hint: hintFor(name, known, 'Name them under "customers".'),
    }),
  ),
  'customer-not-named': error<{ known: readonly string[] }>('Which customer is meant?', ({ known }) => ({
    message: 'This scenario has several customers, and nothing says which of them is meant here.',
    hint: `Add "customer": ${listed(known)}.`,
  })),
  'journey-not-in-scenario': error<{ name: string; known: readonly string[] }>(
    'A journey that takes no part',
    ({ name, known }) => ({
      message: `The journey "${name}" takes no part in this scenario, which plays ${listed(known)}.`,
      hint: `Add it to "with": ["${name}"].`,
    }),
  ),
  'message-never-sent': error<{ message: string; known: readonly string[] }>(
    'A message that no step sends',
    ({ message, known }) => ({
      message: `No step of this scenario's journeys sends the message "${message}".`,
      hint: hintFor(message, known, 'They send no messages at all.'),
    }),
  ),
  'unknown-way': error<{ name: string; known: readonly string[]; step: string | undefined }>(
    'Unknown case or arm',
    ({ name, known, step }) => ({
      message:
        step === undefined
          ? `No step of this scenario's journeys has a way named "${name}".`
          : `The step "${step}" has no way named "${name}".`,
      hint: hintFor(name, known, 'It is no step at which ways part.'),
    }),
  ),
  'nothing-expected': warning('A scenario that expects nothing', () => ({
    message: 'This scenario passes whatever happens: it expects nothing.',
    hint: 'Say what must happen under "expect", or that nothing may: "nothingElse": true.',
  })),
  'event-unheard': warning<{ name: string; heard: readonly string[] }>(
    'An event that nothing listens to',
    ({ name, heard }) => ({
      message: `No journey of this scenario listens to the event "${name}": it changes nothing.`,
      hint: `${hintFor(name, heard, 'They listen to no event.')} Or remove it.`,
    }),
  ),
  'customer-idle': warning<{ id: string }>('A customer who takes no part', ({ id }) => ({
    message: `Nothing happens to the customer "${id}", and nothing is expected of them.`,
    hint: 'Use the customer in the timeline or in "expect", or remove them.',
  })),
  'expected-in-the-past': error('Expected before the start', () => ({
    message: 'This lies before the start, when the journeys let nobody in and send nothing.',
    hint: 'Expect something from the start on.',
  })),
};
