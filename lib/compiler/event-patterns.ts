/**
 * The rules of the bus: patterns that pass what something listens to, so that the rest of an application's traffic costs nothing.
 * Names are put into rules by their hash, and a rule that is full is divided in two: one more event changes one rule, and a
 * deployment does not write all of them anew.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import { plainEventName, type PlainEvents } from '#lib/journey/plain-events.ts';
import type { HeardEvents } from '#lib/journey/watched-events.ts';

/** One rule. `name` is unique on the bus, stays the same as long as the rule does, and has at most 40 characters `[a-z0-9-]`. */
export interface EventPattern {
  readonly name: string;
  /** What it passes, for people. */
  readonly description: string;
  /** An event pattern as EventBridge takes it. */
  readonly pattern: Readonly<Record<string, unknown>>;
}

/**
 * Characters of a pattern. AWS counts those of the JSON text; we count bytes, which are never fewer.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const LONGEST_PATTERN = 2048;
/** Rules of one bus, before AWS raises the quota (same page). */
const MOST_RULES = 300;

/** Tells that the events do not fit into the rules of a bus; the message says what can be done. */
export class TooManyRules extends Error {
  override readonly name = 'TooManyRules';
}

/**
 * The rules for what is heard. No two of them pass the same call, so that nothing arrives twice; a plain event that is written as a
 * Segment call as well may, and is told apart as a repetition.
 * @param heard from `heardEvents` of the versions that are deployed
 * @param plainEvents from the settings
 * @throws TooManyRules where more than 300 were needed.
 */
export function eventPatterns({
  heard,
  plainEvents,
}: {
  readonly heard: Pick<HeardEvents, 'any' | 'names'>;
  readonly plainEvents: readonly PlainEvents[];
}): readonly EventPattern[] {
  const patterns = [
    {
      name: 'identify',
      description: 'Segment calls that say who somebody is',
      pattern: { detail: { type: ['identify'] } },
    },
    ...trackPatterns(heard),
    ...[...Map.groupBy(plainEvents, ({ source }) => source)].flatMap(([source, those]) =>
      plainPatterns(source, those, heard),
    ),
  ];
  if (patterns.length > MOST_RULES)
    throw new TooManyRules(
      `The events that journeys listen to need ${patterns.length} rules, and a bus has ${MOST_RULES}. ` +
        'Retire versions and journeys that nobody needs (wend retire), or let several events share a name and tell them ' +
        'apart by a property.',
    );
  return patterns;
}

function trackPatterns({ any, names }: Pick<HeardEvents, 'any' | 'names'>): readonly EventPattern[] {
  const description = 'Segment calls that say what somebody did';
  if (any) return [{ name: 'track', description, pattern: { detail: { type: ['track'] } } }];
  return divided('track', description, names, (event) => ({ detail: { type: ['track'], event } }));
}

function plainPatterns(
  source: string,
  those: readonly PlainEvents[],
  { any, names }: Pick<HeardEvents, 'any' | 'names'>,
): readonly EventPattern[] {
  const name = `plain-${hashHex(source, 8)}`;
  const description = `Plain events of ${source}`;
  if (any && those.some(({ events }) => events === undefined))
    return [{ name, description, pattern: { source: [source] } }];
  const heard = new Set(names);
  const types = those.flatMap((one) =>
    Object.keys(one.events ?? Object.fromEntries(names.map((event) => [event, event]))).filter(
      (type) => any || heard.has(plainEventName(one, type) ?? ''),
    ),
  );
  return divided(name, description, [...new Set(types)].toSorted(), (detailTypes) => ({
    source: [source],
    'detail-type': detailTypes,
  }));
}

/** As few halves, quarters … of the values as fit into a pattern each, by the first bits of their hashes. */
function divided(
  name: string,
  description: string,
  values: readonly string[],
  patternOf: (values: readonly string[]) => EventPattern['pattern'],
  bits = '',
): readonly EventPattern[] {
  if (values.length === 0) return [];
  const pattern = patternOf(values);
  if (length(pattern) <= LONGEST_PATTERN)
    return [{ name: bits === '' ? name : `${name}-${bits}`, description, pattern }];
  if (values.length === 1)
    throw new TooManyRules(`The name of an event is too long for a rule of a bus: ${values[0]}`);
  return ['0', '1'].flatMap((bit) =>
    divided(
      name,
      description,
      values.filter((value) => bitOf(value, bits.length) === bit),
      patternOf,
      `${bits}${bit}`,
    ),
  );
}

function bitOf(value: string, index: number): string {
  const digit = Number.parseInt(hashHex(value).charAt(Math.floor(index / 4)), 16);
  return (digit & (8 >> (index % 4))) === 0 ? '0' : '1';
}

function length(pattern: unknown): number {
  return new TextEncoder().encode(JSON.stringify(pattern)).length;
}
