// Mistakes in the shape of a file: fields that there are not, values of another type.
import { error } from './kind.ts';
import { didYouMean, hintFor, listed } from './suggestion.ts';

export const shapeDiagnostics = {
  'unknown-field': error<{ name: string; known: readonly string[]; meant?: string }>(
    'Unknown field',
    ({ name, known, meant }) => ({
      message: `There is no field "${name}" here.`,
      hint:
        meant === undefined ? hintFor(name, known, 'Nothing may stand here.') : `Did you mean "${meant}"?`,
    }),
  ),
  'missing-field': error<{ name: string; meaning: string | undefined }>(
    'A field is missing',
    ({ name, meaning }) => ({
      message: `The field "${name}" is missing here.`,
      ...(meaning === undefined ? {} : { hint: `"${name}": ${meaning}` }),
    }),
  ),
  'wrong-type': error<{ expected: string; found: unknown }>(
    'A value of the wrong type',
    ({ expected, found }) => ({
      message: `Here must be ${expected}, not ${shown(found)}.`,
    }),
  ),
  'not-one-of': error<{ found: string; known: readonly string[] }>(
    'Not one of the allowed values',
    ({ found, known }) => ({
      message: `"${found}" is none of the values that are allowed here.`,
      hint: hintFor(found, known, 'Nothing is allowed here.'),
    }),
  ),
  'invalid-value': error<{ reason: string }>('A value that cannot be', ({ reason }) => ({
    message: `This value cannot be: ${reason}.`,
  })),
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
