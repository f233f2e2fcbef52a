// Segments that exits and entries name have to be there, and those that "Segment Entered" is compared with.
import { segmentsOf } from '#lib/journey/conditions/mentions.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { ConditionContext, ConditionPlace } from './condition-context.ts';
import { comparesOf } from './condition-fields.ts';
import type { Check, JourneyContext } from './journey-context.ts';

export const knownSegments: Check = function* knownSegments({ journey, segments, conditions }) {
  for (const { segment, path } of segmentsNamed(journey))
    if (!segments.has(segment))
      yield finding('unknown-segment', path, { name: segment, known: [...segments] });
  for (const place of conditions) yield* comparedWith(place, segments);
};

/** Ids that any condition refers to. */
export function segmentsIn({ conditions }: Pick<ConditionContext, 'conditions'>): string[] {
  return conditions.flatMap(({ condition }) => (condition === undefined ? [] : [...segmentsOf(condition)]));
}

/** What a journey names outside of conditions. */
export function segmentsNamed({
  exit,
  entry,
}: JourneyContext['journey']): { readonly segment: string; readonly path: readonly (string | number)[] }[] {
  const exits = exit.flatMap((one, index) => {
    if ('enters' in one) return [{ segment: one.enters, path: ['exit', index, 'enters'] }];
    return 'leaves' in one ? [{ segment: one.leaves, path: ['exit', index, 'leaves'] }] : [];
  });
  const ofEntry = Object.entries(entry).flatMap(([key, value]) =>
    ['enters', 'leaves', 'segment'].includes(key) && typeof value === 'string'
      ? [{ segment: value, path: ['entry', key] }]
      : [],
  );
  return [...ofEntry, ...exits];
}

function* comparedWith(place: ConditionPlace, segments: ConditionContext['segments']): Generator<Finding> {
  if (place.event !== 'Segment Entered' && place.event !== 'Segment Left') return;
  for (const compare of comparesOf(place)) {
    const { field, operator, value, path } = compare;
    if (field.root !== 'event' || field.path.join('.') !== 'segment') continue;
    const at = [...place.path, ...path];
    if (operator === 'eq' && typeof value === 'string' && !segments.has(value))
      yield finding('unknown-segment', at, { name: value, known: [...segments] });
    if (operator === 'in' && Array.isArray(value))
      for (const [index, one] of value.entries())
        if (typeof one === 'string' && !segments.has(one))
          yield finding('unknown-segment', [...at, index], { name: one, known: [...segments] });
  }
}
