// The two sets of books of a play, the log's and the documents', as plain figures. A play may be divided among threads;
// customers have nothing to do with each other, so the books of the whole are the sum of those of its parts.
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Counts, LoggedFigures, LoggedJourney } from './figures.ts';
import { addDepartures, type Departures } from './peaks.ts';
import type { ChannelFigures } from './report.ts';
import { addSegments } from './segment-figures.ts';

/** What the customer documents count of one journey. */
export interface DocumentedJourney {
  entered: number;
  active: number;
  completed: number;
  readonly exited: Counts;
  failed: number;
  heldOut: number;
  converted: number;
}

/** The books of a play or of a part of it. Structured clone hands them to another thread. */
export interface Books {
  readonly logged: LoggedFigures;
  readonly documented: ReadonlyMap<string, DocumentedJourney>;
  /** Journey → state transitions. */
  readonly transitions: ReadonlyMap<string, number>;
  readonly customers: number;
  /** Segment → customers in it; every segment is there. */
  readonly members: ReadonlyMap<string, number>;
}

/** Adds up what the customers' documents count, by journey. */
export function countDocuments(documents: Iterable<CustomerDocument>): Map<string, DocumentedJourney> {
  const journeys = new Map<string, DocumentedJourney>();
  const of = (journey: string): DocumentedJourney => {
    const known = journeys.get(journey) ?? nothingDocumented();
    journeys.set(journey, known);
    return known;
  };
  for (const { tallies, runs } of documents) {
    for (const [journey, tally] of Object.entries(tallies)) {
      const counted = of(journey);
      const exited = new Map(Object.entries(tally.exited));
      addDocumented(counted, { ...tally, active: 0, exited });
    }
    for (const run of Object.values(runs)) if (run.over === undefined) of(run.journey).active += 1;
  }
  return journeys;
}

/** The books of the whole from those of all its parts. */
export function addBooks(parts: readonly Books[]): Books {
  const journeys = new Map<string, LoggedJourney>();
  const messages = new Map<string, Map<string, ChannelFigures>>();
  const documented = new Map<string, DocumentedJourney>();
  const transitions: Counts = new Map();
  const ignored: Counts = new Map();
  const actions: Counts = new Map();
  const departures: Departures = new Map();
  let customers = 0;
  for (const part of parts) {
    for (const [id, figures] of part.logged.journeys)
      addLogged(entryOf(journeys, id, nothingLogged), figures);
    for (const [id, channels] of part.logged.messages) {
      const sums = entryOf(messages, id, () => new Map<string, ChannelFigures>());
      for (const [channel, figures] of channels)
        addChannel(
          entryOf(sums, channel, () => ({ sent: 0, skipped: {}, deferred: {} })),
          figures,
        );
    }
    for (const [id, figures] of part.documented)
      addDocumented(entryOf(documented, id, nothingDocumented), figures);
    addCounts(transitions, part.transitions);
    addCounts(ignored, part.logged.ignored);
    addCounts(actions, part.logged.actions);
    addDepartures(departures, part.logged.departures);
    customers += part.customers;
  }
  const { moves, members } = addSegments(
    parts.map((part) => ({ moves: part.logged.moves, members: part.members })),
  );
  const logged = { journeys, messages, ignored, actions, departures, moves };
  return { logged, documented, transitions, customers, members };
}

function nothingDocumented(): DocumentedJourney {
  return { entered: 0, active: 0, completed: 0, exited: new Map(), failed: 0, heldOut: 0, converted: 0 };
}

function nothingLogged(): LoggedJourney {
  return {
    entered: 0,
    completed: 0,
    exited: new Map(),
    failed: 0,
    refused: new Map(),
    heldOut: 0,
    converted: 0,
    steps: new Map(),
  };
}

function addDocumented(sum: DocumentedJourney, figures: DocumentedJourney): void {
  sum.entered += figures.entered;
  sum.active += figures.active;
  sum.completed += figures.completed;
  sum.failed += figures.failed;
  sum.heldOut += figures.heldOut;
  sum.converted += figures.converted;
  addCounts(sum.exited, figures.exited);
}

function addLogged(sum: LoggedJourney, figures: LoggedJourney): void {
  sum.entered += figures.entered;
  sum.completed += figures.completed;
  sum.failed += figures.failed;
  sum.heldOut += figures.heldOut;
  sum.converted += figures.converted;
  addCounts(sum.exited, figures.exited);
  addCounts(sum.refused, figures.refused);
  addCounts(sum.steps, figures.steps);
}

function addChannel(sum: ChannelFigures, { sent, segments, skipped, deferred }: ChannelFigures): void {
  sum.sent += sent;
  if (segments !== undefined) sum.segments = (sum.segments ?? 0) + segments;
  for (const [reason, count] of Object.entries(skipped))
    sum.skipped[reason] = (sum.skipped[reason] ?? 0) + count;
  for (const [reason, count] of Object.entries(deferred))
    sum.deferred[reason] = (sum.deferred[reason] ?? 0) + count;
}

function addCounts(sum: Counts, counts: ReadonlyMap<string, number>): void {
  for (const [key, count] of counts) sum.set(key, (sum.get(key) ?? 0) + count);
}

function entryOf<T>(map: Map<string, T>, key: string, none: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = none();
  map.set(key, made);
  return made;
}
