// What a target gets in place of the event: values of the event in a template.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import * as z from 'zod';
import type { Json } from '../asl/json.ts';
import { asJson, type BusEvent } from './bus-event.ts';
import { parseJsonPath, valueAt, type JsonPath } from './json-path.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
export const inputTransformerSchema = z.strictObject({
  InputPathsMap: z
    .record(
      z
        .string()
        .regex(/^[\w-]{1,256}$/, 'has letters, digits, _ and -')
        .refine((name) => !/^aws\./i.test(name), 'names that begin with "AWS." are reserved'),
      z.string().max(256),
    )
    .refine((paths) => Object.keys(paths).length <= 100, 'has at most 100 paths')
    .optional(),
  InputTemplate: z.string().min(1).max(8192),
});

interface RuleName {
  readonly arn: string;
  readonly name: string;
}

/** What is known of an event when it goes to a target. */
export interface Matched {
  readonly event: BusEvent;
  readonly rule: RuleName;
  /** When the bus got it: ISO 8601. */
  readonly ingestionTime: string;
}

export type InputTransformer = (matched: Matched) => string;

type Value = (matched: Matched) => Json | undefined;

const RESERVED: Readonly<Record<string, Value>> = {
  'aws.events.rule-arn': ({ rule }) => rule.arn,
  'aws.events.rule-name': ({ rule }) => rule.name,
  'aws.events.event.ingestion-time': ({ ingestionTime }) => ingestionTime,
  'aws.events.event': ({ event }) =>
    Object.fromEntries(Object.entries(asJson(event)).filter(([name]) => name !== 'detail')),
  'aws.events.event.json': ({ event }) => asJson(event),
};

/** A piece of the template: text as it is, or a value, as JSON or (between quotes) as a part of a text. */
type Piece = string | { readonly value: Value; readonly isQuoted: boolean };

const PLACEHOLDER = /<(?<name>[\w.-]+)>/y;

/**
 * A value outside of quotes becomes JSON; inside of quotes it is written without its own quotes, and escaped, so that the text stays one. What
 * a path does not find is an empty text.
 * @throws Error that says what is wrong: a path, a placeholder without a path, or a template that is no JSON.
 */
export function parseInputTransformer({
  InputPathsMap: paths = {},
  InputTemplate: template,
}: z.infer<typeof inputTransformerSchema>): InputTransformer {
  const values = new Map<string, Value>(Object.entries(RESERVED));
  for (const [name, text] of Object.entries(paths)) {
    const path: JsonPath | undefined = parseJsonPath(text);
    if (path === undefined) throw new Error(`InputPathsMap.${name}: "${text}" is not a JSON path`);
    values.set(name, ({ event }) => valueAt(path, asJson(event)));
  }
  const pieces = parsePieces(template, values);
  checkIsJson(
    pieces.map((piece) => (typeof piece === 'string' ? piece : piece.isQuoted ? '' : 'null')).join(''),
  );
  return (matched) => pieces.map((piece) => written(piece, matched)).join('');
}

function written(piece: Piece, matched: Matched): string {
  if (typeof piece === 'string') return piece;
  const found = piece.value(matched);
  const value = found === undefined ? '' : found;
  if (!piece.isQuoted) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

function parsePieces(template: string, values: ReadonlyMap<string, Value>): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let isQuoted = false;
  for (let at = 0; at < template.length; at += 1) {
    const character = template[at]!;
    PLACEHOLDER.lastIndex = at;
    const name = PLACEHOLDER.exec(template)?.groups?.['name'];
    if (name !== undefined) {
      const value = values.get(name);
      if (value === undefined) throw new Error(`InputTemplate: <${name}> is not in InputPathsMap`);
      pieces.push(text, { value, isQuoted });
      text = '';
      at += name.length + 1;
    } else if (character === '\\' && isQuoted) {
      text += character + (template[at + 1] ?? '');
      at += 1;
    } else {
      if (character === '"') isQuoted = !isQuoted;
      text += character;
    }
  }
  return [...pieces, text];
}

/** JSON, or several lines each of which is. */
function checkIsJson(filled: string): void {
  if (isJson(filled)) return;
  const lines = filled.split('\n').filter((line) => line.trim() !== '');
  if (!lines.every(isJson))
    throw new Error(
      'InputTemplate: is not JSON; a text has to stand in quotes, as in "\\"<name> is here\\""',
    );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
