// Segments that ask who is in a journey, and journeys that let in and out by such segments: where being inside makes what lets in
// untrue, and being outside makes it true again, customers would go in and out without end. The engine stops it; nobody meant it.
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { Flow } from '#lib/journey/flow.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { fileDiagnostic, type Diagnostic } from '../diagnostics.ts';
import { placeIn, readJson } from '../parse/json-text.ts';
import type { SourceFile } from '../parse/source-file.ts';
import type { CheckedJourney } from '../workspace.ts';
import { edgesOf } from '../plan/flow-reading.ts';
import { successors } from './flow-graph.ts';

/** 1: the one makes the other true; -1: untrue. */
type Sign = 1 | -1;

interface Influence {
  readonly on: string;
  readonly sign: Sign;
}

/** Journeys without errors, each with its text. Each circle is told once, where its first journey names the segment. */
export function checkMembership(
  journeys: readonly { readonly file: SourceFile; readonly checked: CheckedJourney | undefined }[],
  segments: readonly SegmentDefinition[],
): Diagnostic[] {
  const asked = new Map(segments.map((segment) => [segment.id, influencesOn(segment)]));
  const letIn = journeys.flatMap(({ file, checked }) => {
    const by = checked === undefined ? undefined : membership(checked);
    return checked === undefined || by === undefined ? [] : [{ id: checked.id, file, ...by }];
  });
  /** Journeys whose being inside changes whether the customer is let into this one, and how. */
  const before = new Map(letIn.map((one) => [one.id, signed(journeysAsked(one.segment, asked), one.sign)]));
  const told = new Set<string>();
  return letIn.flatMap(({ id, file, segment, field }) => {
    const circle = circleOf(id, before);
    if (circle === undefined || told.has(id)) return [];
    for (const journey of circle) told.add(journey);
    const { json } = readJson(file);
    const place = json === undefined ? { file: file.path } : placeIn(json, ['entry', field], 'value');
    return [fileDiagnostic('endless-membership', place, { segment, journeys: circle })];
  });
}

/** The segment that lets in again and again, where the customer is out at once when it no longer does, or at the journey's end. */
function membership({
  journey,
  manifest,
}: CheckedJourney): { segment: string; sign: Sign; field: 'enters' | 'leaves' } | undefined {
  const { trigger, reentry } = manifest.entry;
  if (trigger.kind !== 'enters' && trigger.kind !== 'leaves') return undefined;
  if ((reentry.mode !== 'always' && reentry.mode !== 'after exit') || reentry.atMost !== undefined)
    return undefined;
  const { segment, kind } = trigger;
  const isOut = (journey.exit ?? []).some((exit) =>
    kind === 'enters'
      ? 'leaves' in exit && exit.leaves === segment
      : 'enters' in exit && exit.enters === segment,
  );
  if (!isOut && !endsAtOnce(manifest.flow)) return undefined;
  return { segment, sign: kind === 'enters' ? 1 : -1, field: kind };
}

/** True where a way without a wait leads from the entry to the journey's end. */
function endsAtOnce(flow: Flow): boolean {
  const open = [flow.start];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = id === null ? undefined : flow.nodes[id];
    if (id === null || node === undefined || node.kind === 'exit') return true;
    if (seen.has(id) || node.kind === 'wait' || node.kind === 'waitFor') continue;
    seen.add(id);
    if (edgesOf(node).includes(null)) return true;
    open.push(...successors(flow, id));
  }
  return false;
}

/** What a segment's condition asks of journeys and of other segments; how long somebody has been there takes time. */
function influencesOn(segment: SegmentDefinition): { journeys: Influence[]; segments: Influence[] } {
  const journeys: Influence[] = [];
  const segments: Influence[] = [];
  const read = (condition: Condition, sign: Sign): void => {
    if (condition.kind === 'not') read(condition.of, opposite(sign));
    else if (condition.kind === 'all' || condition.kind === 'any')
      for (const one of condition.of) read(one, sign);
    else if (condition.kind === 'inJourney') journeys.push({ on: condition.journey, sign });
    else if (condition.kind === 'segment' && condition.for === undefined)
      segments.push({ on: condition.segment, sign });
  };
  const parsed = 'when' in segment ? parseCondition(segment.when) : undefined;
  if (parsed !== undefined && 'condition' in parsed) read(parsed.condition, 1);
  return { journeys, segments };
}

/** Also through the segments that the segment refers to; these are in no circle, or they would not be here. */
function journeysAsked(id: string, asked: ReadonlyMap<string, ReturnType<typeof influencesOn>>): Influence[] {
  const { journeys, segments } = asked.get(id) ?? { journeys: [], segments: [] };
  return [...journeys, ...segments.flatMap(({ on, sign }) => signed(journeysAsked(on, asked), sign))];
}

function signed(influences: readonly Influence[], by: Sign): Influence[] {
  return by === 1 ? [...influences] : influences.map(({ on, sign }) => ({ on, sign: opposite(sign) }));
}

function opposite(sign: Sign): Sign {
  return sign === 1 ? -1 : 1;
}

/**
 * The journeys on a way from the journey back to itself on which one's being inside makes untrue what lets into the next: all are
 * let in, all are out by that, and all are let in again. Undefined where there is none.
 */
function circleOf(id: string, before: ReadonlyMap<string, readonly Influence[]>): string[] | undefined {
  const seen = new Set<string>();
  const search = (at: string, turns: boolean, way: readonly string[]): string[] | undefined => {
    for (const { on, sign } of before.get(at) ?? []) {
      const turned = turns || sign === -1;
      if (on === id && turned) return [...way];
      const key = `${on} ${turned}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const found = search(on, turned, way.includes(on) ? way : [...way, on]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(id, false, [id]);
}
