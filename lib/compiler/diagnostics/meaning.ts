// Things that can be read but make no sense together: types, steps, loops, shares.
import type { ValueType } from '#lib/journey/vocabulary.ts';
import { error, warning } from './kind.ts';
import { listed } from './suggestion.ts';

export const meaningDiagnostics = {
  'operator-not-for-type': error<{
    name: string;
    operator: string;
    type: ValueType;
    fitting: readonly string[];
  }>('An operator that does not fit the type', ({ name, operator, type, fitting }) => ({
    message: `"${name}" is of type ${type}, which ${operatorInWords(operator)} cannot be asked of.`,
    hint: `For ${type} there is ${listed(fitting, 20)}.`,
  })),
  'value-not-of-type': error<{ name: string; type: ValueType; value: string | number | boolean }>(
    'A value of another type than the field',
    ({ name, type, value }) => ({
      message: `"${name}" is of type ${type}, and ${JSON.stringify(value)} is not.`,
      hint: `It could never be true. Write ${example(type)}, or change the type in settings.json.`,
    }),
  ),
  'same-as-other-type': error<{ name: string; type: ValueType; other: string; otherType: ValueType }>(
    'Fields that cannot be compared',
    ({ name, type, other, otherType }) => ({
      message: `"${name}" is of type ${type} and "${other}" of type ${otherType}: they cannot be compared like this.`,
      hint: 'Compare fields of the same type, or change the types in settings.json.',
    }),
  ),
  'key-not-compared': error<{ event: string; key: string }>(
    'An event whose key is not compared',
    ({ event, key }) => ({
      message: `This journey has one run for each key, but any "${event}" would count here, whatever its key.`,
      hint: `Add "where": { "event.…": { "same as": "${key}" } }, or "anyKey": true if every one is meant.`,
    }),
  ),
  'any-key-without-key': warning('anyKey in a journey without a key', () => ({
    message: '"anyKey" changes nothing: this journey has no key.',
    hint: 'Remove it, or give the entry a "key".',
  })),
  'duplicate-step-id': error<{ id: string }>('A step id used twice', ({ id }) => ({
    message: `The id "${id}" is used by an earlier step.`,
    hint: 'Every id names one step, also inside arms. Choose another.',
  })),
  'unreachable-step': error<{ name: string; before: string }>(
    'A step that nobody reaches',
    ({ name, before }) => ({
      message: `No customer ever reaches the step "${name}".`,
      hint:
        before === 'exit' || before === 'goto'
          ? `The step before is of type "${before}" and always taken; what follows it has to be the target of a goto.`
          : 'All ways before it end or lead elsewhere.',
    }),
  ),
  'loop-without-bound': error<{ step: string; ifPast?: true }>('A loop without a bound', ({ step, ifPast }) =>
    ifPast === true
      ? {
          message: `Where its date is past, this wait leads round to "${step}" again, and nothing says how often.`,
          hint: 'Let "ifPast" name a step further on; to go back, use a goto with "atMost".',
        }
      : {
          message: `This goto leads round to "${step}" again, and does not say how often.`,
          hint: 'Add "atMost", the number of jumps that one run may take.',
        },
  ),
  'loop-without-wait': error<{ step: string }>('A loop without a wait', ({ step }) => ({
    message: `Between "${step}" and this goto there is a way without any wait: the loop would run through at once.`,
    hint: 'Add a wait or waitFor to the loop. One until a date is none: the date may be past.',
  })),
  'goal-goes-on': error('Steps of a goal that ends nothing', () => ({
    message:
      'The steps in "then" are the last of a run that reaches the goal; with "ends": false it goes on.',
    hint: 'Remove "ends", or write these steps behind a waitFor for the same event.',
  })),
  'goto-leaves-goal': error<{ step: string; from: 'goal' | 'steps' }>(
    'A goto between the goal and the other steps',
    ({ step, from }) => ({
      message:
        from === 'goal'
          ? `"${step}" is not one of the goal's own steps; who has reached the goal does not go back.`
          : `"${step}" is one of the goal's steps; only reaching the goal leads there.`,
      hint: 'Go to a step of the same list, or write the step there too.',
    }),
  ),
  'definition-too-large': error<{ bytes: number; most: number }>(
    'A state machine that is too large',
    ({ bytes, most }) => ({
      message: `The state machine of this journey has ${megabytes(bytes)} MB; the most is ${megabytes(most)}.`,
      hint: 'Split the journey into several.',
    }),
  ),
  'wait-without-end': error<{ fields: readonly [string, string] }>('A wait without an end', ({ fields }) => ({
    message: 'This wait does not say when it ends.',
    hint: `Add "${fields[0]}": a duration such as "3 days", or "${fields[1]}": a time of day such as "09:00", or a date.`,
  })),
  'two-ends': error('A wait with two ends', () => ({
    message: 'This wait has both "within" and "until".',
    hint: 'Keep one of them.',
  })),
  'events-and-when': error('A waitFor for events and a condition', () => ({
    message: 'This step waits for events and for a condition.',
    hint: 'Keep one of them; a condition about an event stands in its "where".',
  })),
  'not-a-date': error<{ name: string; type: ValueType }>(
    'A wait for something that is no date',
    ({ name, type }) => ({
      message: `"${name}" is of type ${type}: nobody can wait for it.`,
      hint: 'Name a date or date-time, or change the type in settings.json.',
    }),
  ),
  'offset-with-time': error<{ offset: string; at: string }>('Hours before a day', ({ offset, at }) => ({
    message: `"at" says that the wait ends at ${at}; "${offset}" has hours or less, which move no day.`,
    hint: 'Count the offset in days or more, or leave out "at" to count from the moment of the date.',
  })),
  'spread-too-long': warning<{ spread: string; most: string }>(
    'A spread over many days',
    ({ spread, most }) => ({
      message: `With this spread some customers go on up to ${spread} later than others.`,
      hint: `A spread keeps everybody from being written to at once: hours are enough for that, ${most} at most.`,
    }),
  ),
  'shares-not-100': error<{ sum: number }>('Shares that are not 100 %', ({ sum }) => ({
    message: `The shares of these arms are ${sum} % together, not 100 %.`,
  })),
  'holdout-arm-sends': error<{ arm: string }>('A control group that gets messages', ({ arm }) => ({
    message: `The arm "${arm}" is a holdout, and sends messages.`,
    hint: 'Remove the sends, or "holdout".',
  })),
  'name-twice': error<{ name: string }>('A name used twice', ({ name }) => ({
    message:
      name === 'otherwise'
        ? '"otherwise" is the name of what happens where no case is true.'
        : `The name "${name}" is used twice here; reports could not tell the two apart.`,
    hint: 'Choose another name.',
  })),
  'condition-never-true': error('A condition that nobody fulfils', () => ({
    message: 'This condition contradicts itself: nobody can ever fulfil it.',
    hint: 'All that stands together has to be true at once; for one of several write { "any": [ … ] }.',
  })),
  'case-never-taken': error<{ name: string; earlier: string | undefined } | { event: string }>(
    'A case that is never taken',
    (facts) =>
      'event' in facts
        ? {
            message: `Every "${facts.event}" that is waited for here is taken by an arm before this one, which always wins.`,
            hint: 'Say in the "where" of the one before which of them it means, or remove this one.',
          }
        : {
            message:
              facts.earlier === undefined
                ? `The case "${facts.name}" is never taken: whoever gets here has taken one of the cases before it.`
                : `The case "${facts.name}" is never taken: whenever it is true, "${facts.earlier}" before it is true as well.`,
            hint:
              facts.name === 'otherwise'
                ? 'Remove it, or let the cases ask for less.'
                : 'The first case that is true wins: put the narrower one first, or remove this one.',
          },
  ),
  'reserved-reason': error<{ reason: string }>('A reason with a meaning of its own', ({ reason }) => ({
    message: `"${reason}" is the reason of those who reached the journey's goal.`,
    hint: 'Choose another reason, or write a "goal".',
  })),
  'without-effect': warning<{ field: string; because: keyof typeof WITHOUT_EFFECT }>(
    'A field without effect',
    ({ field, because }) => ({
      message: `"${field}" changes nothing: ${WITHOUT_EFFECT[because].reason}.`,
      hint: WITHOUT_EFFECT[because].hint,
    }),
  ),
};

/** Rounded up: what is just too large must not look as if it fitted. */
function megabytes(bytes: number): number {
  return Math.ceil((bytes / 1_048_576) * 10) / 10;
}

const WITHOUT_EFFECT = {
  exact: {
    reason: 'this wait ends at the same moment in every time zone',
    hint: 'Remove it, or say until what time of day with "until".',
  },
  transactional: { reason: 'a transactional message obeys neither caps nor quiet hours', hint: 'Remove it.' },
  'all transactional': {
    reason: 'all messages of this journey are transactional and wait for nothing',
    hint: 'Remove it, or send something as "class": "marketing".',
  },
  'channel not used': {
    reason: 'this journey sends no marketing by this channel',
    hint: 'Remove it, or look whether another channel was meant.',
  },
  'always open': {
    reason: 'there are no quiet hours, windows or closed days for this message',
    hint: 'Remove it, or name "quietHours" in "delivery".',
  },
  retired: { reason: 'a retired journey is not paused', hint: 'Remove it, or write "status": "paused".' },
  'no date': {
    reason: 'only a date can be past; a time of day is the next one',
    hint: 'Remove it, or name a date: "until": { "date": "profile.…", "at": "09:00" }.',
  },
  'no event': {
    reason: 'this step waits for a condition, and no event ends it',
    hint: 'Remove it, or wait for "events".',
  },
  endless: { reason: 'this journey does not end', hint: 'Remove it, or add "ends".' },
};

function operatorInWords(operator: string): string {
  if (operator === 'eq') return 'equality';
  return operator === 'in' ? '"in" (a list of values)' : `"${operator}"`;
}

function example(type: ValueType): string {
  switch (type) {
    case 'text':
    case 'list':
      return 'a text such as "DE"';
    case 'number':
      return 'a number such as 18, without quotes';
    case 'yes/no':
      return 'true or false, without quotes';
    case 'date':
      return 'a date such as "2026-12-24"';
    case 'date-time':
      return 'a date and time such as "2026-12-24T18:00:00Z"';
    case 'place':
      return 'a place';
  }
}
