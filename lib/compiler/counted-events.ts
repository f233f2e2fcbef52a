/**
 * Events that a journey asks about with "did", itself or by the segments that it refers to: they are counted from the deployment
 * of the first version that asks on, and what was before is not known.
 */
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';

/** Keys behind which a segment is named: conditions, entries, exits. */
const NAMES_SEGMENT = ['segment', 'enters', 'leaves'];

/** Names, sorted, each once. */
export function countedEvents(
  manifest: Omit<Manifest, 'version'>,
  segments: readonly SegmentDefinition[],
): readonly string[] {
  const definitions = new Map(segments.map((segment) => [segment.id, segment]));
  const events = new Set<string>();
  const visited = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const one of part) visit(one);
    if (!isObject(part)) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'did' && typeof value === 'string') events.add(value);
      if (!NAMES_SEGMENT.includes(key) || typeof value !== 'string') visit(value);
      else if (!visited.has(value)) {
        visited.add(value);
        const definition = definitions.get(value);
        if (definition !== undefined && 'when' in definition) visit(definition.when);
      }
    }
  };
  visit([manifest.entry, manifest.goal, manifest.exits, manifest.flow]);
  return [...events].toSorted();
}
