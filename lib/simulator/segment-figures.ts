// Who moved between segments, by the log, and who is where, by the documents: each side is counted by itself, and both must agree.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { SegmentFigures } from './report.ts';

/** What the log tells of one segment. */
export interface Moves {
  entered: number;
  left: number;
}

/** Counts an entry of the log, if it is about a segment. */
export function countMove(moves: Map<string, Moves>, { kind, segment }: LogEntry): void {
  if (segment === undefined || (kind !== 'joins' && kind !== 'leaves')) return;
  const known = moves.get(segment) ?? { entered: 0, left: 0 };
  moves.set(segment, known);
  if (kind === 'joins') known.entered += 1;
  else known.left += 1;
}

/** Segment → customers in it; every segment is there. */
export function countMembers(
  segments: readonly SegmentDefinition[],
  documents: Iterable<CustomerDocument>,
): Map<string, number> {
  const members = new Map(segments.map(({ id }) => [id, 0]));
  for (const document of documents)
    for (const id of Object.keys(document.segments)) members.set(id, (members.get(id) ?? 0) + 1);
  return members;
}

/** Both sides added up over all parts of a play. */
export function addSegments(
  parts: readonly {
    readonly moves: ReadonlyMap<string, Moves>;
    readonly members: ReadonlyMap<string, number>;
  }[],
): { readonly moves: ReadonlyMap<string, Moves>; readonly members: ReadonlyMap<string, number> } {
  const moves = new Map<string, Moves>();
  const members = new Map<string, number>();
  for (const part of parts) {
    for (const [id, { entered, left }] of part.moves) {
      const sum = moves.get(id) ?? { entered: 0, left: 0 };
      moves.set(id, { entered: sum.entered + entered, left: sum.left + left });
    }
    for (const [id, count] of part.members) members.set(id, (members.get(id) ?? 0) + count);
  }
  return { moves, members };
}

/** By id. `problem` is told where the documents know other members than the log has told of. */
export function segmentFigures(
  { moves, members }: ReturnType<typeof addSegments>,
  problem: (text: string) => Error,
): Record<string, SegmentFigures> {
  const ids = [...members.keys()].toSorted();
  return Object.fromEntries(
    ids.map((id) => {
      const { entered, left } = moves.get(id) ?? { entered: 0, left: 0 };
      const count = members.get(id) ?? 0;
      if (count !== entered - left)
        throw problem(
          `the books of segment "${id}" do not balance: ${count} members by the documents, ${entered} entered and ${left} left by the log`,
        );
      return [id, { members: count, entered, left }];
    }),
  );
}
