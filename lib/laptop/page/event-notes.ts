// What may not be meant so in an event, before anybody wonders why nothing has happened: names and types, against the vocabulary.
import { closest, distance } from 'fastest-levenshtein';
import {
  BUILT_IN_EVENTS,
  eventProperties,
  type ValueType,
  type Vocabulary,
} from '#lib/journey/vocabulary.ts';
import { canBeSent } from '#lib/journey/watched-events.ts';

/** A letter or two are a slip; more is another word. */
const MOST_SLIPS = 3;

/** Sentences; none where the event is as declared. */
export function eventNotes(
  vocabulary: Vocabulary,
  event: string,
  properties: Readonly<Record<string, unknown>>,
): string[] {
  const declared = eventProperties(vocabulary, event);
  if (declared === undefined) {
    const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS)].filter(canBeSent);
    return [`The settings do not declare "${event}"${meant(event, known)}.`];
  }
  const names = Object.keys(declared);
  const notes = Object.entries(properties).flatMap(([name, value]) => {
    const type = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (type !== undefined)
      return value === null || isOfType(value, type)
        ? []
        : [
            `"${name}" is declared as ${type}, and is ${inWords(value)} here: comparisons with it do not hold.`,
          ];
    const isInside = names.some((known) => known.startsWith(`${name}.`));
    return isInside
      ? []
      : [`"${name}" is not declared for this event${meant(name, names)}: no condition reads it.`];
  });
  const missing = names.filter((name) => !isGiven(properties, name));
  if (missing.length > 0) notes.push(`Not given: ${missing.join(', ')}. Conditions find nothing there.`);
  return notes;
}

/** ` (is "Product Added" meant?)`; empty where nothing is near. */
function meant(written: string, known: readonly string[]): string {
  const lower = written.toLowerCase();
  const near =
    known.length === 0
      ? ''
      : closest(
          lower,
          known.map((name) => name.toLowerCase()),
        );
  const found = known.find((name) => name.toLowerCase() === near);
  return found !== undefined && distance(lower, near) <= MOST_SLIPS ? ` (is "${found}" meant?)` : '';
}

/** `address.city` may be given as it is called, or inside `address`. */
function isGiven(properties: Readonly<Record<string, unknown>>, name: string): boolean {
  if (Object.hasOwn(properties, name)) return true;
  const [first = '', ...rest] = name.split('.');
  const inside = Object.hasOwn(properties, first) ? properties[first] : undefined;
  return (
    rest.length > 0 &&
    typeof inside === 'object' &&
    inside !== null &&
    isGiven(inside as Readonly<Record<string, unknown>>, rest.join('.'))
  );
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text ${JSON.stringify(value)}`;
    case 'object':
      return 'an object';
    default:
      return JSON.stringify(value);
  }
}

function isOfType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'yes/no':
      return typeof value === 'boolean';
    case 'date':
    case 'date-time':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);
    case 'list':
      return Array.isArray(value);
    case 'place':
      return typeof value === 'object' && value !== null && 'lat' in value && 'lon' in value;
  }
}
