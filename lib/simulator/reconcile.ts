// Joins what the documents count with what the log told into the report, and insists that both say the same: promise P8,
// checked in every play.
import type { Instant } from '#lib/contracts/time.ts';
import type { Books, DocumentedJourney } from './books.ts';
import { actionOf, type Counts, type LoggedJourney } from './figures.ts';
import type { ActionFigures, PlayReport } from './report.ts';
import { peaksOf } from './peaks.ts';
import type { PausedLine } from './played-breaker.ts';
import { segmentFigures } from './segment-figures.ts';

/** What the report needs besides the books. */
export interface PlayFacts {
  readonly events: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly assumedConsent: readonly string[];
  /** What the breaker did; it pauses a journey once in a play, for nobody resumes it. */
  readonly paused: readonly PausedLine[];
  readonly disorder?: number;
  readonly until?: Instant;
}

/** Customer documents and log disagree: a fault of the engine or of the simulator, never of the input. */
class BooksDoNotBalance extends Error {
  override readonly name = 'BooksDoNotBalance';
}

/** Throws `BooksDoNotBalance` where a figure of the documents differs from the log's. */
export function createReport({ logged: log, ...books }: Books, facts: PlayFacts): PlayReport {
  const journeys: PlayReport['journeys'] = {};
  for (const [id, logged] of sorted(log.journeys)) {
    const counted = books.documented.get(id) ?? NOBODY_WAS_THERE;
    compare(id, counted, logged);
    const paused = facts.paused.find(({ journey }) => journey === id);
    journeys[id] = {
      entered: counted.entered,
      active: counted.active,
      completed: counted.completed,
      exited: record(counted.exited),
      failed: counted.failed,
      heldOut: counted.heldOut,
      refused: record(logged.refused),
      converted: counted.converted,
      transitions: books.transitions.get(id) ?? 0,
      ...(paused && { paused: { at: paused.at, reason: paused.reason } }),
      steps: Object.fromEntries([...logged.steps].map(([step, reached]) => [step, { reached }])),
    };
  }
  return {
    events: facts.events,
    customers: books.customers,
    refused: sortedRecord(facts.refused),
    ...(log.actions.size > 0 && { actions: actionFigures(log.actions) }),
    ...(books.members.size > 0 && {
      segments: segmentFigures(
        { moves: log.moves, members: books.members },
        (text) => new BooksDoNotBalance(text),
      ),
    }),
    ...(log.ignored.size > 0 && { ignored: record(log.ignored) }),
    ...(facts.assumedConsent.length > 0 && { assumedConsent: facts.assumedConsent.toSorted() }),
    ...(facts.disorder !== undefined && { disorder: facts.disorder }),
    ...(facts.until !== undefined && { until: facts.until }),
    journeys,
    messages: Object.fromEntries(
      sorted(log.messages).map(([id, channels]) => [
        id,
        Object.fromEntries(
          sorted(channels).map(([channel, { sent, segments, skipped, deferred }]) => [
            channel,
            {
              sent,
              ...(segments !== undefined && { segments }),
              skipped: sortedRecord(skipped),
              deferred: sortedRecord(deferred),
            },
          ]),
        ),
      ]),
    ),
    ...(log.departures.size > 0 && { peaks: peaksOf(log.departures) }),
  };
}

function actionFigures(actions: Counts): ActionFigures {
  const figures = { sets: new Map<string, number>(), emits: new Map<string, number>() };
  const calls = new Map<string, ActionFigures['calls'][string]>();
  for (const [key, count] of actions) {
    const [kind, name, outcome] = actionOf(key);
    if (kind !== 'calls') figures[kind].set(name, count);
    else {
      const { answered, failed } = calls.get(name) ?? { answered: 0, failed: 0 };
      calls.set(
        name,
        outcome === 'answered'
          ? { answered: answered + count, failed }
          : { answered, failed: failed + count },
      );
    }
  }
  return {
    sets: record(figures.sets),
    emits: record(figures.emits),
    calls: Object.fromEntries(sorted(calls)),
  };
}

const NOBODY_WAS_THERE: DocumentedJourney = {
  entered: 0,
  active: 0,
  completed: 0,
  exited: new Map(),
  failed: 0,
  heldOut: 0,
  converted: 0,
};

function compare(journey: string, documented: DocumentedJourney, logged: LoggedJourney): void {
  const { entered, active, completed, failed, heldOut, converted } = documented;
  const exited = total(documented.exited);
  const sides: readonly (readonly [string, number, number])[] = [
    ['entered = active + completed + exited + failed', entered, active + completed + exited + failed],
    ['entered', entered, logged.entered],
    ['completed', completed, logged.completed],
    ['exited', exited, total(logged.exited)],
    ['failed', failed, logged.failed],
    ['held out', heldOut, logged.heldOut],
    ['converted', converted, logged.converted],
  ];
  const wrong = sides.filter(([, left, right]) => left !== right);
  if (wrong.length === 0) return;
  const words = wrong
    .map(([what, left, right]) => `${what}: ${left} by the documents, ${right} otherwise`)
    .join('; ');
  throw new BooksDoNotBalance(`the books of journey "${journey}" do not balance: ${words}`);
}

function total(counts: Counts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function record(counts: Counts): Record<string, number> {
  return Object.fromEntries(sorted(counts));
}

function sortedRecord(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
