// Mistakes in the text of a file, before it says anything about a journey.
import { error } from './kind.ts';

export const textDiagnostics = {
  'syntax-error': error<{ what: string }>('The text is not JSON', ({ what }) => ({
    message: `This is not JSON: ${what}.`,
    hint: 'Comments and trailing commas are fine; look at this line and the end of the one before.',
  })),
  'too-many-syntax-errors': error<{ more: number }>('Too many lines are not JSON', ({ more }) => ({
    message: `There are ${more} more lines in this file that are not JSON.`,
    hint: 'Mend the first ones and check again; is this really a JSON file?',
  })),
  'empty-file': error('The file is empty', () => ({
    message: 'This file is empty.',
    hint: 'Write a JSON object, { … }, or remove the file.',
  })),
  'duplicate-key': error<{ name: string; firstLine: number }>(
    'A key is written twice',
    ({ name, firstLine }) => ({
      message: `"${name}" is written twice in the same object; the first time in line ${firstLine}.`,
      hint: 'Keep one of the two. To demand two things of one field, put both operators into one object.',
    }),
  ),
  'reserved-key': error<{ name: string }>('A name that cannot be used', ({ name }) => ({
    message: `"${name}" cannot be used as a name.`,
    hint: 'Choose another name; this one has a meaning of its own in JavaScript.',
  })),
  'file-too-large': error<{ characters: number; most: number }>(
    'The file is too large',
    ({ characters, most }) => ({
      message: `This file has ${characters} characters; the most is ${most}.`,
      hint: 'A journey of this size cannot be deployed. Split it into several journeys.',
    }),
  ),
  'nested-too-deep': error<{ most: number }>('Too many levels inside each other', ({ most }) => ({
    message: `Here begins level ${most + 1} of brackets inside each other; the most is ${most}.`,
    hint: 'Use goto or several journeys instead of branches inside branches.',
  })),
};
