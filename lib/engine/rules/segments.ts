/**
 * Segments: who is in which, since when. Membership changes the moment its condition does: with the input that changes it, or
 * at the very instant at which time alone does. Nothing here sends or starts anything: it says who moved, and goals, exits,
 * waits and entries follow in their order.
 */
import type { Instant } from '#lib/contracts/time.ts';
import { earlier } from '#lib/contracts/time.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { nextChange } from '../conditions/next-change.ts';
import { announce, note, ownRun, versionOf, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { Segment } from '../segments.ts';
import type { Workspace } from '../workspace.ts';
import { catchUpAggregates } from './aggregates.ts';
import { decideExits } from './exits.ts';

/** Somebody has entered or left a segment. */
export interface Move {
  readonly segment: string;
  readonly kind: 'enters' | 'leaves';
  /**
   * The customer was there before the segment, or before it was defined like this: not what happened to the customer made the
   * difference, but a deployment. Such a member is an existing one.
   */
  readonly existing: boolean;
}

export const NO_MOVES: readonly Move[] = [];

/** Compares every segment with what the document says of it, and says who moved. */
export function evaluateSegments(deciding: Deciding): readonly Move[] {
  const { document, workspace } = deciding;
  const seen = document.marks ?? '';
  let moves: Move[] | undefined;
  const move = (segment: string, kind: Move['kind'], existing: boolean): void => {
    if (kind === 'enters') document.segments[segment] = deciding.now;
    else delete document.segments[segment];
    (moves ??= []).push({ segment, kind, existing });
    const reason = existing ? { reason: 'definition' } : {};
    note(deciding, { kind: kind === 'enters' ? 'joins' : 'leaves', segment, ...reason });
  };
  if (seen !== workspace.marks)
    for (const id of Object.keys(document.segments))
      if (!workspace.segments.has(id)) move(id, 'leaves', true);
  for (const segment of workspace.segments.values()) {
    const was = document.segments[segment.id] !== undefined;
    if (belongs(segment, deciding) === was) continue;
    move(segment.id, was ? 'leaves' : 'enters', !seen.includes(segment.mark));
  }
  return moves ?? NO_MOVES;
}

/** What has been entered and left is told as built-in events, after the decisions about the input that caused it. */
export function announceMoves(deciding: Deciding, moves: readonly Move[], cause: string): void {
  for (const { segment, kind, existing } of moves)
    announce(
      deciding,
      kind === 'enters' ? 'Segment Entered' : 'Segment Left',
      { id: cause, at: deciding.now },
      { segment, existing },
    );
}

/** For moves that no event of the customer has caused: exits first, then the announcement. */
export function decideMoves(deciding: Deciding, moves: readonly Move[]): void {
  if (moves.length === 0) return;
  for (const id of Object.keys(deciding.document.runs)) {
    const shared = deciding.document.runs[id];
    const version = shared === undefined ? undefined : versionOf(deciding, shared);
    if (version?.exitsBySegment !== true) continue;
    const run = ownRun(deciding, id);
    if (run !== undefined && run.over === undefined) decideExits(deciding, id, run, version, { moves });
  }
  announceMoves(deciding, moves, `time ${deciding.now}`);
}

/** Segments, and what conditions count, as what time alone changes (due.ts). */
export const segmentsDue = {
  next: (document: CustomerDocument, workspace: Workspace, after: Instant): Instant | undefined => {
    let next: Instant | undefined;
    for (const { who } of workspace.segments.values()) {
      const at = 'when' in who ? nextChange(who.when, { document, workspace, now: after }) : undefined;
      if (at !== undefined) next = next === undefined ? at : earlier(next, at);
    }
    return next;
  },
  isBehind: (document: CustomerDocument, workspace: Workspace): boolean =>
    (document.marks ?? '') !== workspace.marks,
  decide: (deciding: Deciding): void => {
    const { document, workspace } = deciding;
    const isBehind = (document.marks ?? '') !== workspace.marks;
    if (isBehind) catchUpAggregates(deciding);
    const moves = evaluateSegments(deciding);
    if (isBehind) document.marks = workspace.marks;
    decideMoves(deciding, moves);
  },
};

function belongs({ who }: Segment, deciding: Deciding): boolean {
  if ('when' in who) return isTrue(who.when, deciding, {});
  const { customer, external } = deciding.document;
  return who.members.has(customer) || who.members.has(external.user);
}
