/** The segments of a workspace, read and ordered once: a segment comes after those that its condition refers to. */
import { hashHex } from '#lib/contracts/hash.ts';
import type { Condition } from '#lib/journey/conditions/condition.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { leavesOf, segmentsOf } from './conditions/mentions.ts';
import { readCondition } from './read-condition.ts';

export interface Segment {
  readonly id: string;
  /** Who is in it: those of whom this is true, or those who are on a list. */
  readonly who:
    | { readonly when: Condition }
    /** External ids, or ids of documents. */
    | { readonly members: ReadonlySet<string> };
  /**
   * Names its definition, with those of the segments that it refers to: a document that has not seen it does not know yet who
   * would have been in it. The lines of a list are no part of its definition: who is put on it joins like anybody else.
   */
  readonly mark: string;
  /** It asks about runs or messages, which any input may change. */
  readonly readsRuns: boolean;
}

export interface Segments {
  readonly inOrder: ReadonlyMap<string, Segment>;
  /** Changes with the lines of any list. */
  readonly lists: string;
}

/** Throws RangeError for segments that refer to each other in a circle, and for conditions that the check refuses. */
export function readSegments(definitions: readonly SegmentDefinition[]): Segments {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  const inOrder = new Map<string, Segment>();
  const open = new Set<string>();
  const visit = (definition: SegmentDefinition): void => {
    const { id } = definition;
    if (inOrder.has(id)) return;
    if (open.has(id))
      throw new RangeError(`the segment "${id}" refers to itself: its check should have refused it`);
    open.add(id);
    const segment = 'members' in definition ? ofList(definition) : readCondition(definition.when);
    if ('mark' in segment) {
      inOrder.set(id, segment);
      return;
    }
    const others = [...segmentsOf(segment)];
    for (const other of others) {
      const needed = byId.get(other);
      if (needed !== undefined) visit(needed);
    }
    inOrder.set(id, ofCondition(definition, segment, others, inOrder));
  };
  for (const definition of definitions) visit(definition);
  const lists = definitions.flatMap((one) => ('members' in one ? [[one.id, ...one.members]] : []));
  return { inOrder, lists: lists.length === 0 ? '' : hashHex(JSON.stringify(lists), 8) };
}

function ofList({ id, members }: { readonly id: string; readonly members: readonly string[] }): Segment {
  const mark = hashHex(`list ${id}`, 8);
  return { id, who: { members: new Set(members) }, mark, readsRuns: false };
}

function ofCondition(
  definition: SegmentDefinition,
  when: Condition,
  others: readonly string[],
  known: ReadonlyMap<string, Segment>,
): Segment {
  const referred = others.flatMap((other) => known.get(other) ?? []);
  const marks = referred.map(({ mark }) => mark);
  const reads = [...leavesOf(when)].some(
    ({ kind }) => kind === 'inJourney' || kind === 'completed' || kind === 'message',
  );
  return {
    id: definition.id,
    who: { when },
    mark: hashHex(JSON.stringify([definition, marks]), 8),
    readsRuns: reads || referred.some(({ readsRuns }) => readsRuns),
  };
}
