// Mistakes in the shape of a file: fields that there are not, values of another type.
import { error } from './kind.ts';
import { durationMeant, percentageMeant } from './meant-text.ts';
import { dateMeant, hintForDuration, hintForOffset, hintForTimeOfDay, hintForUntil } from './meant-time.ts';
import { didYouMean, hintFor, listed } from './suggestion.ts';

export const shapeDiagnostics = {
  'unknown-field': error<{ name: string; known: readonly string[]; meant?: string; hint?: string }>(
    'Unknown field',
    ({ name, known, meant, hint }) => ({
      message: `There is no field "${name}" here.`,
      hint:
        meant === undefined
          ? (hint ?? hintFor(name, known, 'Nothing may stand here.'))
          : `Did you mean "${meant}"?`,
    }),
  ),
  'missing-field': error<{ names: readonly string[]; meaning: string | undefined }>(
    'A field is missing',
    ({ names, meaning }) => ({
      message:
        names.length === 1
          ? `The field ${listed(names)} is missing here.`
          : `Here is nothing; the fields ${listed(names)} are missing.`,
      ...(meaning === undefined ? {} : { hint: `${listed(names)}: ${meaning}` }),
    }),
  ),
  'wrong-type': error<{
    expected: string;
    found: unknown;
    meant?: string | undefined;
    hint?: string | undefined;
  }>('A value of the wrong type', ({ expected, found, meant, hint }) => ({
    message: `Here must be ${expected}, not ${shown(found)}.`,
    ...(meant === undefined
      ? hint === undefined
        ? {}
        : { hint }
      : { hint: `Write it as a text, such as "${meant}".` }),
  })),
  'not-one-of': error<{ found: string; known: readonly string[]; meant?: string | undefined }>(
    'Not one of the allowed values',
    ({ found, known, meant }) => ({
      message: `"${found}" is none of the values that are allowed here.`,
      hint:
        meant === undefined ? hintFor(found, known, 'Nothing is allowed here.') : `Did you mean ${meant}?`,
    }),
  ),
  'invalid-value': error<{ reason: string; found?: unknown }>(
    'A value that cannot be',
    ({ reason, found }) => {
      const hint = hintForText(reason, found);
      return { message: `This value cannot be: ${reason}.`, ...(hint === undefined ? {} : { hint }) };
    },
  ),
  'empty-list': error('An empty list', () => ({
    message: 'This list is empty; it needs at least one entry.',
    hint: 'Fill it, or remove what it belongs to.',
  })),
  'condition-empty': error('An empty condition', () => ({
    message: 'This condition is empty, so that it says nothing.',
    hint: 'Write what must be true, such as { "profile.country": "DE" }, or remove it.',
  })),
  'condition-needs-own-object': error<{ name: string; form: string }>(
    'A condition that has to stand alone',
    ({ name, form }) => ({
      message: `"${name}" stands in the same object as "${form}", which needs an object of its own.`,
      hint: `Combine them: { "all": [{ "${form}": … }, { "${name}": … }] }.`,
    }),
  ),
  'unknown-operator': error<{ name: string; known: readonly string[] }>(
    'Unknown operator',
    ({ name, known }) => ({
      message: `There is no operator "${name}".`,
      hint:
        otherwiseWritten(name) ?? didYouMean(name, known) ?? `Operators are ${listed(known, known.length)}.`,
    }),
  ),
};

/** Whoever refuses a text says what it is not; only such a thing is worth suggesting. */
function hintForText(reason: string, found: unknown): string | undefined {
  if (typeof found !== 'string') return undefined;
  if (reason.includes('is not a duration'))
    return didMean(durationMeant(found)) ?? hintForDuration(found, reason);
  if (
    /^[a-zA-Z][\w.]*$/.test(found) &&
    /must be a trait of|must name a trait|is no date: name one/.test(reason)
  )
    return found.includes('.') ? undefined : `Did you mean "profile.${found}"?`;
  if (reason.includes('must be a property of the event') && /^[a-zA-Z]\w*$/.test(found))
    return `Did you mean "event.${found}"?`;
  if (reason.includes('is not a date')) return didMean(dateMeant(found));
  if (reason.includes('is not an offset')) return hintForOffset(found);
  if (reason.includes('is no time of day')) return hintForUntil(found);
  if (reason.includes('must be a time of day')) return hintForTimeOfDay(found);
  return reason.includes('must be a percentage') ? didMean(percentageMeant(found)) : undefined;
}

function didMean(meant: string | undefined): string | undefined {
  return meant === undefined ? undefined : `Did you mean "${meant}"?`;
}

/** Operators of other products for which there is another form, in lower case without spaces, hyphens and underscores. */
const SENTENCES: readonly { readonly names: readonly string[]; readonly hint: string }[] = [
  { names: ['between', 'range'], hint: 'Write both ends: { "gte": 18, "lt": 65 }.' },
  { names: ['isset', 'set', 'known', 'notnull', 'isnotnull', 'notempty'], hint: 'Write { "exists": true }.' },
  {
    names: ['isnull', 'null', 'empty', 'isempty', 'unknown', 'notset', 'missing'],
    hint: 'Write { "exists": false }.',
  },
  {
    names: ['matches', 'regex', 'regexp', 'like', 'ilike'],
    hint: 'For parts of a text there is "contains", "startsWith" and "endsWith".',
  },
  { names: ['not', 'isnot', 'notequals', 'notequal', 'neq'], hint: 'Write "ne".' },
];

/** Operators as other languages write them. */
function otherwiseWritten(name: string): string | undefined {
  const words = new Map([
    ['>', 'gt'],
    ['>=', 'gte'],
    ['<', 'lt'],
    ['<=', 'lte'],
    ['!=', 'ne'],
    ['<>', 'ne'],
  ]).get(name);
  if (words !== undefined) return `Write "${words}".`;
  const plain = name.toLowerCase().replaceAll(/[\s_-]+/g, '');
  const sentence = SENTENCES.find(({ names }) => names.includes(plain));
  if (sentence !== undefined) return sentence.hint;
  return ['=', '==', '===', 'eq', 'equals', 'is'].includes(name)
    ? 'For equality write the value alone: "profile.country": "DE".'
    : undefined;
}

/** A value as it can be named in a sentence: short, and telling its type. */
function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text "${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return String(value);
    case 'object':
      return 'an object { … }';
    default:
      return 'nothing';
  }
}
