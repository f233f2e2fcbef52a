// Plays a stream of events on compiled journeys from its first event until every run has ended, and reports what happened.
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { Chronicle } from './chronicle.ts';
import { deliveriesInOrder, surveyStream } from './delivery-order.ts';
import { createDisorder } from './disorder.ts';
import { Figures } from './figures.ts';
import { Identities } from './identities.ts';
import { createReport } from './reconcile.ts';
import { RefusedLines, type Refusal } from './refused-lines.ts';
import type { PlayReport } from './report.ts';
import { Simulation } from './simulation.ts';
import { StreamProblem } from './stream-problem.ts';
import { traceLine, type OutboxLine, type TraceLine } from './trace.ts';

/** What is played, and who listens. */
export interface PlayOptions {
  /** The stream: JSON lines in the Segment spec, plain or gzip. */
  readonly events: string;
  /** The newest version of each live journey. */
  readonly journeys: readonly CompiledJourney[];
  readonly settings: EngineSettings;
  readonly renderer: Renderer;
  /** Where to stop; without it the play goes on until every run has ended. */
  readonly until?: Instant;
  /** Topics for which no record of consent counts as consent. */
  readonly assumeConsent?: readonly string[];
  /** Seed of the disorder to add. */
  readonly disorder?: number;
  readonly onTrace?: (line: TraceLine) => void;
  readonly onMessage?: (line: OutboxLine) => void;
  readonly onProgress?: (progress: PlayProgress) => void;
}

/** How far a play has come.  */
export interface PlayProgress {
  readonly played: number;
  readonly total: number;
  readonly now: Instant;
}

/** What came of a play. */
export interface PlayResult {
  readonly report: PlayReport;
  /** Refused lines with their places; the report has only their number. */
  readonly refused: readonly Refusal[];
  /** When the first and the last call arrived, and when the last thing happened. */
  readonly first: Instant;
  readonly last: Instant;
  readonly end: Instant;
}

/** Calls between two words of progress. */
const PROGRESS_STEP = 500;

/**
 * Plays the stream. The same options and the same stream give the same result, byte by byte.
 * @throws StreamProblem where the file cannot be read or holds no call at all.
 */
export async function play(options: PlayOptions): Promise<PlayResult> {
  const { disorder, until } = options;
  const refused = new RefusedLines();
  const survey = await surveyStream(
    options.events,
    refused,
    disorder === undefined ? undefined : () => createDisorder(disorder),
  );
  const { first, last } = survey;
  if (first === undefined || last === undefined) throw nothingToPlay(options.events, refused.all());

  const figures = new Figures(options.journeys.map(({ manifest }) => manifest));
  const chronicle = new Chronicle(({ customer, entry }) => {
    figures.add(entry);
    options.onTrace?.(traceLine(entry, customer, simulation.externalOf(customer)));
  });
  const simulation = new Simulation({
    journeys: options.journeys,
    settings: withAssumedConsent(options.settings, options.assumeConsent ?? []),
    renderer: options.renderer,
    start: first,
    onDecision: (customer, entry, now) => chronicle.add(customer, entry, now),
    ...(options.onMessage && { onMessage: options.onMessage }),
  });

  const identities = new Identities();
  const total = survey.order.length;
  let events = 0;
  let delivered = 0;
  for await (const { call, line, duplicate } of deliveriesInOrder(survey)) {
    if (until !== undefined && call.input.received > until) break;
    if (delivered % PROGRESS_STEP === 0)
      options.onProgress?.({ played: delivered, total, now: call.input.received });
    delivered += 1;
    const known = identities.resolve(call);
    if (known !== undefined) {
      events += 1;
      await simulation.feed(known);
    } else if (!duplicate) refused.add('anonymous', line);
  }
  options.onProgress?.({ played: delivered, total, now: last });
  await (until === undefined ? simulation.runToEnd() : simulation.runUntil(until));
  chronicle.finish(simulation.now);

  const report = createReport(figures, {
    events,
    customers: simulation.customers,
    refused: Object.fromEntries(refused.all().map(({ reason, count }) => [reason, count])),
    assumedConsent: options.assumeConsent ?? [],
    ...(disorder !== undefined && { disorder }),
    ...(until !== undefined && { until }),
    documents: simulation.documents(),
    transitions: simulation.transitions(),
  });
  return { report, refused: refused.all(), first, last, end: simulation.now };
}

function withAssumedConsent(settings: EngineSettings, topics: readonly string[]): EngineSettings {
  const granted = topics.map((topic) => [
    topic,
    { ...settings.topics[topic], withoutRecord: 'granted' as const },
  ]);
  return { ...settings, topics: { ...settings.topics, ...Object.fromEntries(granted) } };
}

function nothingToPlay(path: string, refused: readonly Refusal[]): StreamProblem {
  if (refused.length === 0)
    return new StreamProblem(`${path} is empty: there is no event to play`, 'content');
  const reasons = refused
    .map(({ reason, count, lines }) => `${reason} (${count}, first in line ${lines[0]})`)
    .join(', ');
  return new StreamProblem(`${path} holds no event that can be played: ${reasons}`, 'content');
}
