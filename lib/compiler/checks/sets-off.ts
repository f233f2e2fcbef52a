// What journeys set off in each other by "emit", "enter" and "update": journeys that cannot be entered so, and circles without an end.
import { entryEvent, entryProperties } from '#lib/journey/entry.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { Flow } from '#lib/journey/flow.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Vocabulary } from '#lib/journey/vocabulary.ts';
import { fileDiagnostic, type Diagnostic } from '../diagnostics.ts';
import type { StepPlace } from '../step-places.ts';
import { leadsTo, successors } from './flow-graph.ts';
import { letsIn, type TraitChange } from './trait-changes.ts';

/** A step that emits an event, enters a journey or changes a trait. */
export interface SetsOff {
  readonly kind: 'emit' | 'enter' | 'update';
  /** The event, the journey or the trait. */
  readonly target: string;
  /** Of an update: what the trait becomes; undefined where it is another value each time. */
  readonly value?: TraitChange['value'];
  /** No wait lies on some way from the entry to this step. */
  readonly atOnce: boolean;
  /** Where the target is written. */
  readonly place: Pick<Diagnostic, 'file' | 'pointer' | 'line' | 'column'>;
}

/** A journey as the others see it. */
export interface Linked {
  readonly id: string;
  readonly journey: Journey;
  readonly setsOff: readonly SetsOff[];
}

/** True where a way without a wait leads from the entry to the step. */
export function isReachedAtOnce(flow: Flow, { node }: StepPlace): boolean {
  const onwards = (id: string): string[] => {
    const kind = flow.nodes[id]?.kind;
    return kind === 'wait' || kind === 'waitFor' ? [] : successors(flow, id);
  };
  return flow.start !== null && leadsTo(flow.start, node, onwards);
}

/** `vocabulary` is undefined where settings cannot be read: then properties are not compared. */
export function checkSetsOff(
  linked: readonly Linked[],
  segments: readonly SegmentDefinition[],
  vocabulary: Vocabulary | undefined,
): Diagnostic[] {
  const byId = new Map(linked.map((one) => [one.id, one]));
  return [
    ...linked.flatMap((from) =>
      from.setsOff.flatMap((step) => {
        const to = step.kind === 'enter' ? byId.get(step.target) : undefined;
        return to === undefined ? [] : checkEnter(from, step, to, vocabulary);
      }),
    ),
    ...circles(linked, new Map(segments.map((segment) => [segment.id, segment]))),
  ];
}

function checkEnter(
  from: Linked,
  { place }: SetsOff,
  to: Linked,
  vocabulary: Vocabulary | undefined,
): Diagnostic[] {
  const { status, entry } = to.journey;
  if (to.id === from.id) return modeOf(to) === 'always' ? [] : [fileDiagnostic('enters-itself', place, {})];
  if (status === 'draft' || status === 'retired')
    return [fileDiagnostic('enters-nobody', place, { journey: to.id, status })];
  if (entry.key === undefined || vocabulary === undefined) return [];
  const properties = entryProperties(from.journey.entry, vocabulary);
  const name = entry.key.replace(/^event\./, '');
  if (properties === undefined || Object.hasOwn(properties, name)) return [];
  const event = entryEvent(from.journey.entry);
  return [fileDiagnostic('enters-without-key', place, { journey: to.id, key: entry.key, event })];
}

/** Each circle is told once, at its first step as written. */
function circles(linked: readonly Linked[], segments: Segments): Diagnostic[] {
  const next = new Map(
    linked.map((from) => [from.id, from.setsOff.flatMap((step) => ways(from, step, linked, segments))]),
  );
  const onwards = (id: string): readonly string[] => next.get(id) ?? [];
  const told = new Set<string>();
  return linked.flatMap((from) =>
    from.setsOff.flatMap((step) => {
      const back = ways(from, step, linked, segments).filter((to) => leadsTo(to, from.id, onwards));
      if (back.length === 0 || told.has(from.id)) return [];
      const journeys = linked
        .map(({ id }) => id)
        .filter((id) => back.some((to) => leadsTo(to, id, onwards)) && leadsTo(id, from.id, onwards));
      for (const id of journeys) told.add(id);
      return [fileDiagnostic('endless-circle', step.place, { journeys })];
    }),
  );
}

type Segments = ReadonlyMap<string, SegmentDefinition>;

/** The journeys that the step sets off at once, and that let a customer in as often as they are asked to. */
function ways(from: Linked, step: SetsOff, linked: readonly Linked[], segments: Segments): string[] {
  if (!step.atOnce || !changesAgain(step, linked)) return [];
  const isSetOff = (to: Linked): boolean => {
    switch (step.kind) {
      case 'enter':
        return to.id === step.target;
      case 'emit':
        return eventOf(to) === step.target;
      case 'update':
        return letsIn({ trait: step.target, value: step.value }, to.journey.entry, segments);
    }
  };
  return linked
    .filter(isSetOff)
    .filter((to) => {
      // A journey that is set off from inside itself refuses unless it lets in always; an event comes when the run is over.
      const mode = modeOf(to);
      return mode === 'always' || (mode === 'after exit' && !(step.kind !== 'emit' && to.id === from.id));
    })
    .map(({ id }) => id);
}

/** A trait that is always set to the same value changes once; it goes on changing where another step sets another one. */
function changesAgain({ kind, target, value }: SetsOff, linked: readonly Linked[]): boolean {
  if (kind !== 'update' || value === undefined) return true;
  return linked.some(({ setsOff }) =>
    setsOff.some((other) => other.kind === 'update' && other.target === target && other.value !== value),
  );
}

/** The event of a customer that lets in; undefined where something else does. */
function eventOf({ journey: { entry } }: Linked): string | undefined {
  return 'event' in entry && !('audience' in entry) ? entry.event : undefined;
}

/** `bounded` where the number of entries is limited. */
function modeOf({ journey: { entry } }: Linked): string {
  const { reentry = 'after exit' } = entry;
  if (typeof reentry === 'string') return reentry;
  if (reentry.atMost !== undefined || 'after' in reentry) return 'bounded';
  return reentry.mode;
}
