// Steps that act, and what they keep: update, emit, invoke, webhook, enter, saveAs.
import type { ValueType } from '#lib/journey/vocabulary.ts';
import { error, warning } from './kind.ts';
import { hintFor, listed } from './suggestion.ts';

interface Unknown {
  readonly name: string;
  readonly known: readonly string[];
}

export const actionDiagnostics = {
  'unknown-function': error<Unknown>('Unknown function', ({ name, known }) => ({
    message: `There is no function "${name}".`,
    hint: hintFor(name, known, 'Functions are named in settings.json under "functions".'),
  })),
  'unknown-endpoint': error<Unknown>('Unknown endpoint', ({ name, known }) => ({
    message: `There is no endpoint "${name}".`,
    hint: hintFor(name, known, 'Endpoints are named in settings.json under "endpoints".'),
  })),
  'unknown-saved': error<Unknown>('Nothing is kept under this name', ({ name, known }) => ({
    message: `No step of this journey keeps anything under the name "${name}".`,
    hint: hintFor(name, known, 'A step keeps its event or answer by "saveAs".'),
  })),
  'saved-not-kept-yet': warning<{ name: string; step: string }>(
    'Used before it is kept',
    ({ name, step }) => ({
      message: `Nothing is kept under "${name}" yet when a customer comes here.`,
      hint: `It is kept by the step "${step}", which comes later: move that step before this one.`,
    }),
  ),
  'saved-never-used': warning<{ name: string }>('Kept and never used', ({ name }) => ({
    message: `What is kept under "${name}" is never used.`,
    hint: `Use saved.${name}.… in a condition, a message or a value, or remove "saveAs".`,
  })),
  'value-liquid': error<{ problem: string }>('A value that is no Liquid', ({ problem }) => ({
    message: `This text cannot be filled in: ${problem}.`,
    hint: 'Values are Liquid, such as "{{ profile.firstName }}". https://liquidjs.com lists tags and filters.',
  })),
  'unknown-variable': error<Unknown & { root: string; in?: string }>(
    'An unknown variable in a value',
    ({ name, root, known, in: within }) => ({
      message: `There is no variable "${name}".`,
      hint: within === undefined ? hintFor(root, known, '') : `Under "${within}" there is ${listed(known)}.`,
    }),
  ),
  'nothing-to-change': error('An update that changes nothing', () => ({
    message: 'This step does not say what to change.',
    hint: 'Add "set", "add", "remove" or "increment".',
  })),
  'changed-twice': error<{ name: string }>('A trait changed twice', ({ name }) => ({
    message: `The trait "${name}" is changed twice by this step.`,
    hint: 'Say once what becomes of it, or use two steps.',
  })),
  'change-not-for-type': error<{ name: string; change: string; type: ValueType; wanted: ValueType }>(
    'A change that does not fit the type',
    ({ name, change, type, wanted }) => ({
      message: `"${change}" is for traits of type ${wanted}; "${name}" is of type ${type}.`,
      hint:
        change === 'remove'
          ? `To know nothing of it any more write "remove": ["${name}"].`
          : 'Use "set", or change the type in settings.json.',
    }),
  ),
  'value-does-not-fit': error<{ name: string; type: ValueType; found: string }>(
    'A value of another type',
    ({ name, type, found }) => ({
      message: `"${name}" is of type ${type}, and this writes ${found}.`,
      hint:
        found === 'null'
          ? 'To know nothing of a trait any more use "remove".'
          : found === 'a text'
            ? 'A text that is one {{ … }} alone keeps the type of its value.'
            : 'Write a value of that type, or change the type in settings.json.',
    }),
  ),
  'built-in-emitted': error<{ event: string }>('A built-in event that is emitted', ({ event }) => ({
    message: `"${event}" is a built-in event: it says what really happened, so no step can emit it.`,
    hint: 'Declare an event of your own in settings.json under "vocabulary".',
  })),
  'personal-data': warning<{ name: string; where: 'event' | 'call' | 'journey' }>(
    'Personal data where it does not belong',
    ({ name, where }) => ({
      message: PLACES[where](name),
      hint:
        where === 'journey'
          ? 'Ask for a trait or a segment instead; whoever needs the address finds it in the profile.'
          : 'Pass on {{ customer.id }} instead: who may see the address can look it up.',
    }),
  ),
  'enters-itself': error('A journey that enters itself', () => ({
    message: 'This journey would always refuse to be entered from here: the customer is still inside.',
    hint: 'Use a goto to begin anew, or "reentry": "always" if a second run is meant.',
  })),
  'enters-nobody': warning<{ journey: string; status: string }>(
    'Entering a journey that is not live',
    ({ journey, status }) => ({
      message: `The journey "${journey}" is ${status}: nobody is let in.`,
      hint: `Set "status": "live" in journeys/${journey}.json when it is ready.`,
    }),
  ),
  'enters-without-key': error<{ journey: string; key: string; event: string }>(
    'Entering a journey whose key is missing',
    ({ journey, key, event }) => ({
      message: `The journey "${journey}" has one run for each "${key}", which "${event}" does not have.`,
      hint: 'The journey that is entered gets the properties of the event that let the customer in here.',
    }),
  ),
  'endless-circle': error<{ journeys: readonly string[] }>(
    'Journeys that set each other off without end',
    ({ journeys }) => ({
      message:
        journeys.length === 1
          ? 'This step sets off its own journey again, at once and without end.'
          : `${listed(journeys)} set each other off, at once and without end.`,
      hint: 'Put a wait before this step, or limit how often a customer may enter by "reentry".',
    }),
  ),
};

/** What becomes of an address in each place where it does not belong. */
const PLACES = {
  event: (name: string) =>
    `"${name}" would stand in an event that everyone on the bus, its logs and archives can read.`,
  call: (name: string) => `"${name}" would leave for another system, where an erasure does not reach it.`,
  journey: (name: string) =>
    `"${name}" would stand in every version of this journey, in its reports and logs, and could not be erased.`,
};
