/** What documents keep because conditions of versions and segments ask for it over time: membership and aggregates. */
import type { DidCondition, MessageCondition } from '#lib/journey/conditions/condition.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { aggregatesByEvent, aggregatesFor, type Aggregate } from './aggregates.ts';
import { didsOf, messagesOf } from './conditions/mentions.ts';
import { readSegments, type Segment } from './segments.ts';

export interface KeptForConditions {
  /** By id, in the order of decision: a segment comes after those that its condition refers to. */
  readonly segments: ReadonlyMap<string, Segment>;
  /** Some segment asks about runs or messages, which any input may change. */
  readonly segmentsReadRuns: boolean;
  /** By key. */
  readonly aggregates: ReadonlyMap<string, Aggregate>;
  readonly aggregatesByEvent: ReadonlyMap<string, readonly Aggregate[]>;
  /** What segments ask about messages of any run. */
  readonly messagesAskedBySegments: readonly MessageCondition[];
  /**
   * The marks of all definitions, as a document keeps them that was decided by them; another text tells that there was a
   * deployment. Empty where there is nothing to keep.
   */
  readonly marks: string;
}

/**
 * `dids`: what the conditions of all versions ask to have been done.
 * Throws RangeError for definitions that the check refuses.
 */
export function readKept(
  definitions: readonly SegmentDefinition[],
  dids: readonly DidCondition[],
): KeptForConditions {
  const { inOrder: segments, lists } = readSegments(definitions);
  const all = [...segments.values()];
  const conditions = all.flatMap(({ who }) => ('when' in who ? [who.when] : []));
  const aggregates = aggregatesFor([...dids, ...conditions.flatMap((when) => [...didsOf(when)])]);
  const marks = [...all.map(({ mark }) => mark), ...[...aggregates.values()].map(({ mark }) => mark)];
  return {
    segments,
    segmentsReadRuns: all.some(({ readsRuns }) => readsRuns),
    aggregates,
    aggregatesByEvent: aggregatesByEvent(aggregates.values()),
    messagesAskedBySegments: conditions.flatMap((when) => [...messagesOf(when)]),
    // The order in which files and versions are read must not look like a deployment.
    marks: [...marks.toSorted(), ...(lists === '' ? [] : [lists])].join('.'),
  };
}
