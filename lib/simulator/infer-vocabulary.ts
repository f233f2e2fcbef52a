// Proposes a workspace's vocabulary from what a stream really carries: every event with its properties and every trait,
// each with a type. Where a field carries values of several types, the proposal is explained, with a place to look at.
import { readDate } from '#lib/engine/time/moment.ts';
import {
  BUILT_IN_EVENTS,
  BUILT_IN_TRAITS,
  type ValueType,
  type Vocabulary,
} from '#lib/journey/vocabulary.ts';
import type { ReadCall } from '#lib/contracts/segment-call.ts';

/** A proposed vocabulary and what whoever pastes it should know. */
export interface InferredVocabulary {
  readonly vocabulary: Vocabulary;
  readonly notes: readonly string[];
}

interface Seen {
  readonly count: number;
  readonly line: number;
}
/** How often a field carried values of each type, and the line of the first. */
type Field = Map<ValueType | 'nothing', Seen>;

/** An object in an object in an object is as deep as names go. */
const DEEPEST = 3;
/** Above this many fields an object is no record but a map with ids as keys; declaring each would help nobody. */
const MOST_FIELDS = 200;
/** Share of values that must agree for a type other than text to be proposed. */
const CLEAR_MAJORITY = 0.9;

/** Collects the fields of calls in the order of a stream. */
export class VocabularyInference {
  readonly #events = new Map<string, Map<string, Field>>();
  readonly #traits = new Map<string, Field>();

  add({ input }: ReadCall, line: number): void {
    if (input.kind === 'identify') {
      observe(this.#traits, input.traits, line, '', 1);
      return;
    }
    const known = this.#events.get(input.event) ?? new Map<string, Field>();
    this.#events.set(input.event, known);
    observe(known, input.properties, line, '', 1);
  }

  /** Names are sorted; built-in events and traits, which need no declaration, are left out. */
  result(): InferredVocabulary {
    const notes: string[] = [];
    const events: Vocabulary['events'] = {};
    for (const [event, fields] of sorted(this.#events)) {
      if (Object.hasOwn(BUILT_IN_EVENTS, event)) continue;
      events[event] = typesOf(
        fields,
        (name) => `Property "${name}" of "${event}"`,
        notes,
        () => true,
      );
    }
    const traits = typesOf(
      this.#traits,
      (name) => `Trait "${name}"`,
      notes,
      (name) => !Object.hasOwn(BUILT_IN_TRAITS, name),
    );
    return { vocabulary: { events, traits }, notes };
  }
}

function observe(
  fields: Map<string, Field>,
  values: object,
  line: number,
  prefix: string,
  depth: number,
): void {
  for (const [key, value] of Object.entries(values)) {
    const name = `${prefix}${key}`;
    if (isPlainObject(value) && !isPlace(value)) {
      if (depth < DEEPEST) observe(fields, value, line, `${name}.`, depth + 1);
      continue;
    }
    let field = fields.get(name);
    if (field === undefined) {
      if (fields.size >= MOST_FIELDS) continue;
      field = new Map();
      fields.set(name, field);
    }
    const type = typeOf(value);
    const seen = field.get(type);
    field.set(type, seen === undefined ? { count: 1, line } : { count: seen.count + 1, line: seen.line });
  }
}

function typesOf(
  fields: ReadonlyMap<string, Field>,
  title: (name: string) => string,
  notes: string[],
  wanted: (name: string) => boolean,
): Record<string, ValueType> {
  const types: Record<string, ValueType> = {};
  for (const [name, field] of sorted(fields)) {
    if (!wanted(name)) continue;
    if (!isDeclarable(name)) {
      notes.push(`${title(name)} is left out: such a name cannot be declared.`);
      continue;
    }
    const type = proposedType(field);
    if (type === undefined) {
      notes.push(`${title(name)} is left out: it never has a value.`);
      continue;
    }
    types[name] = type;
    const mixed = describeMixture(field, type);
    if (mixed !== undefined)
      notes.push(`${title(name)} is proposed as ${type}, but its values differ: ${mixed}.`);
  }
  if (fields.size >= MOST_FIELDS)
    notes.push(
      `${title('…')}: there are more than ${MOST_FIELDS}, the others are left out. Are ids used as names?`,
    );
  return types;
}

function proposedType(field: Field): ValueType | undefined {
  const types = valued(field);
  const total = types.reduce((sum, [, { count }]) => sum + count, 0);
  const [first] = types;
  if (first === undefined) return undefined;
  // A date is readable as a date-time at midnight, not the other way round.
  if (types.length === 2 && types.every(([type]) => type === 'date' || type === 'date-time'))
    return 'date-time';
  return first[1].count / total >= CLEAR_MAJORITY ? first[0] : 'text';
}

function describeMixture(field: Field, proposed: ValueType): string | undefined {
  const types = valued(field);
  if (types.length === 1 && types[0]?.[0] === proposed) return undefined;
  return types.map(([type, { count, line }]) => `${count} × ${type} (first in line ${line})`).join(', ');
}

/** Most frequent first; no value at all says nothing about the type. */
function valued(field: Field): [ValueType, Seen][] {
  return [...field]
    .filter((entry): entry is [ValueType, Seen] => entry[0] !== 'nothing')
    .toSorted((a, b) => b[1].count - a[1].count || a[1].line - b[1].line);
}

function typeOf(value: unknown): ValueType | 'nothing' {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yes/no';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'place';
  if (typeof value !== 'string' || value === '') return 'nothing';
  // The zone says only which moment is meant, not whether it is one.
  const read = readDate(value, 'UTC');
  if (read === undefined) return 'text';
  return 'date' in read ? 'date' : 'date-time';
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlace(value: object): boolean {
  return 'lat' in value && 'lon' in value && Object.keys(value).length === 2;
}

/** What the vocabulary's schema accepts as a name. */
function isDeclarable(name: string): boolean {
  return name.length <= 100 && /^[^.\s][^.]*(?:\.[^.\s][^.]*)*$/.test(name);
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
