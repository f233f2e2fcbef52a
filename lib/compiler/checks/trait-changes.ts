// Traits that steps change, and the journeys that such a change lets into: by the trait itself, or by a segment that asks for it.
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Entry } from '#lib/journey/entry.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { UpdateStep } from '#lib/journey/steps/update.ts';

const LIQUID = /\{[{%]/;

/** A trait and what a step makes of it. */
export interface TraitChange {
  readonly trait: string;
  /** Undefined where it is counted up: another value each time. */
  readonly value: string | number | boolean | undefined;
  /** Where in the step it is written. */
  readonly path: readonly [field: 'set' | 'increment', trait: string];
}

/** What an `update` sets and counts up; lists, and what is taken away, come to rest by themselves. */
export function traitChanges({ set = {}, increment = {} }: UpdateStep): TraitChange[] {
  const ofSet = Object.entries(set).flatMap(([trait, value]): TraitChange[] => {
    // What a text with Liquid comes to may be the same each time: that is not known here.
    const isFixed = isPlain(value) && !(typeof value === 'string' && LIQUID.test(value));
    return isFixed ? [{ trait, value, path: ['set', trait] }] : [];
  });
  const counted = Object.keys(increment).map((trait): TraitChange => ({
    trait,
    value: undefined,
    path: ['increment', trait],
  }));
  return [...ofSet, ...counted];
}

/**
 * True where the change lets into the journey whenever it happens. What depends on a condition is left to the engine, which
 * lets nobody in more than so often within an hour.
 */
export function letsIn(
  { trait, value }: Pick<TraitChange, 'trait' | 'value'>,
  entry: Entry,
  segments: ReadonlyMap<string, SegmentDefinition>,
): boolean {
  if ('where' in entry && entry.where !== undefined) return false;
  if ('trait' in entry)
    return entry.trait === `profile.${trait}` && (entry.to === undefined || entry.to === value);
  const segment = 'enters' in entry ? entry.enters : 'leaves' in entry ? entry.leaves : undefined;
  if (segment === undefined) return 'event' in entry && entry.event === 'Trait Changed';
  const isMember = isMemberWith(segments.get(segment), trait, value);
  return isMember !== undefined && isMember === 'enters' in entry;
}

/** Whether customers whose trait has this value are in the segment; undefined where it asks for anything else as well. */
function isMemberWith(
  segment: SegmentDefinition | undefined,
  trait: string,
  value: TraitChange['value'],
): boolean | undefined {
  if (segment === undefined || !('when' in segment) || !isObject(segment.when)) return undefined;
  const [only, ...others] = Object.entries(segment.when);
  if (only === undefined || others.length > 0 || only[0] !== `profile.${trait}` || value === undefined)
    return undefined;
  const wanted: unknown = only[1];
  if (isPlain(wanted)) return wanted === value;
  return Array.isArray(wanted) ? wanted.includes(value) : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
