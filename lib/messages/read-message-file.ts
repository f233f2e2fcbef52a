/** message.json from text to value, with the place of everything in it. */
import type * as z from 'zod';
import { closest, distance } from 'fastest-levenshtein';
import { MESSAGE_FILE } from './file-names.ts';
import { readJson } from './json-text.ts';
import type { JsonText } from './json-text.ts';
import { messageFileSchema } from './message-schema.ts';
import type { MessageFile } from './message-schema.ts';
import type { MessageSource } from './message-source.ts';
import type { MessageProblem } from './problem.ts';

export type Read<T> =
  | { readonly value: T; readonly place: JsonText['place'] }
  | { readonly problems: readonly MessageProblem[] };

export function readMessageFile(source: MessageSource): Read<MessageFile> {
  const file = `${source.id}/${MESSAGE_FILE}`;
  const text = source.files[file];
  if (text === undefined) {
    const message = `message "${source.id}" has no ${MESSAGE_FILE}`;
    const hint = 'Write one with at least { "name": "…" }; e-mails need a "subject" as well.';
    return { problems: [{ code: 'message-unreadable', file, message, hint }] };
  }
  return readAs(file, text, messageFileSchema, Object.keys(messageFileSchema.shape));
}

/** Reads a JSON file of a message against its schema; `fields` are offered where a name is unknown. */
export function readAs<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  fields: readonly string[],
): Read<T> {
  const json = readJson(file, text);
  if ('code' in json) return { problems: [json] };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { value: parsed.data, place: json.place };
  return { problems: parsed.error.issues.flatMap((issue) => describe(issue, json.place, fields)) };
}

function describe(
  issue: z.core.$ZodIssue,
  place: JsonText['place'],
  fields: readonly string[],
): readonly MessageProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'message-unreadable',
      ...place([...issue.path, key]),
      message: `there is no field "${key}" here`,
      hint: suggestion(key, issue.path.length === 0 ? fields : []),
    }));
  }
  const where = issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
  const isAbsent = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return [
    {
      code: 'message-unreadable',
      ...place(issue.path),
      message: isAbsent ? `${where} is missing` : `${where} ${inWords(issue)}`,
      hint: 'The schema of this file explains every field.',
    },
  ];
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? 'another value'}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_key':
      return `cannot be a name here: write ${issue.issues[0]?.message ?? 'another one'}`;
    case 'too_small':
      return 'is empty';
    default:
      return `cannot be: ${issue.message}`;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text in double quotes',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  object: 'an object { … }',
  record: 'an object { … }',
};

function suggestion(key: string, fields: readonly string[]): string {
  const near = fields.length === 0 ? undefined : closest(key, [...fields]);
  return near !== undefined && distance(key, near) <= 3
    ? `Did you mean "${near}"?`
    : 'The schema of this file explains every field.';
}
