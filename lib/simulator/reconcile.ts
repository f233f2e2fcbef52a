// Joins what the documents count with what the log told into the report, and insists that both say the same: promise P8,
// checked in every play.
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Counts, Figures, LoggedJourney } from './figures.ts';
import type { JourneyFigures, PlayReport } from './report.ts';

/** What the report needs besides the log. */
export interface PlayFacts {
  readonly events: number;
  readonly customers: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly assumedConsent: readonly string[];
  readonly disorder?: number;
  readonly until?: Instant;
  readonly documents: Iterable<CustomerDocument>;
  /** Journey → state transitions. */
  readonly transitions: ReadonlyMap<string, number>;
}

/** Customer documents and log disagree: a fault of the engine or of the simulator, never of the input. */
class BooksDoNotBalance extends Error {
  override readonly name = 'BooksDoNotBalance';
}

/** Throws `BooksDoNotBalance` where a figure of the documents differs from the log's. */
export function createReport(figures: Figures, facts: PlayFacts): PlayReport {
  const documented = countDocuments(facts.documents);
  const journeys: PlayReport['journeys'] = {};
  for (const [id, logged] of sorted(figures.journeys)) {
    const counted = documented.get(id) ?? nobody();
    compare(id, counted, logged);
    journeys[id] = {
      entered: counted.entered,
      active: counted.active,
      completed: counted.completed,
      exited: record(counted.exited),
      failed: counted.failed,
      heldOut: counted.heldOut,
      refused: record(logged.refused),
      converted: counted.converted,
      transitions: facts.transitions.get(id) ?? 0,
      steps: Object.fromEntries([...logged.steps].map(([step, reached]) => [step, { reached }])),
    };
  }
  return {
    events: facts.events,
    customers: facts.customers,
    refused: sortedRecord(facts.refused),
    ...(facts.assumedConsent.length > 0 && { assumedConsent: facts.assumedConsent.toSorted() }),
    ...(facts.disorder !== undefined && { disorder: facts.disorder }),
    ...(facts.until !== undefined && { until: facts.until }),
    journeys,
    messages: Object.fromEntries(
      sorted(figures.messages).map(([id, channels]) => [
        id,
        Object.fromEntries(
          sorted(channels).map(([channel, { sent, skipped, deferred }]) => [
            channel,
            { sent, skipped: sortedRecord(skipped), deferred: sortedRecord(deferred) },
          ]),
        ),
      ]),
    ),
  };
}

interface Documented extends Pick<
  JourneyFigures,
  'entered' | 'active' | 'completed' | 'failed' | 'heldOut' | 'converted'
> {
  readonly exited: Counts;
}

function nobody(): Documented {
  return { entered: 0, active: 0, completed: 0, failed: 0, heldOut: 0, converted: 0, exited: new Map() };
}

function countDocuments(documents: Iterable<CustomerDocument>): Map<string, Documented> {
  const journeys = new Map<string, Documented>();
  const of = (journey: string): Documented => {
    const known = journeys.get(journey) ?? nobody();
    journeys.set(journey, known);
    return known;
  };
  for (const { tallies, runs } of documents) {
    for (const [journey, tally] of Object.entries(tallies)) {
      const counted = of(journey);
      counted.entered += tally.entered;
      counted.completed += tally.completed;
      counted.failed += tally.failed;
      counted.heldOut += tally.heldOut;
      counted.converted += tally.converted;
      for (const [reason, count] of Object.entries(tally.exited))
        counted.exited.set(reason, (counted.exited.get(reason) ?? 0) + count);
    }
    for (const run of Object.values(runs)) if (run.over === undefined) of(run.journey).active += 1;
  }
  return journeys;
}

function compare(journey: string, documented: Documented, logged: LoggedJourney): void {
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
