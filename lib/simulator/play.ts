// Plays a stream of events on compiled journeys from its first event until every run has ended, and reports what happened.
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { BreakerLimits } from '#lib/journey/breaker.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Accounts } from './accounts.ts';
import { addBooks } from './books.ts';
import { surveyStream, type StreamSurvey } from './delivery-order.ts';
import { createDisorder } from './disorder.ts';
import { playPart, type PartInput, type PartResult } from './play-part.ts';
import type { PausedLine } from './played-breaker.ts';
import { createReport } from './reconcile.ts';
import { RefusedLines, type Refusal } from './refused-lines.ts';
import type { PlayReport } from './report.ts';
import { StreamProblem } from './stream-problem.ts';
import type { OutboxLine, TraceLine } from './trace.ts';

/** What is played. */
export interface PlaySubject {
  /** The stream: JSON lines in the Segment spec, plain or gzip. */
  readonly events: string;
  /** The newest version of each journey that is no draft. */
  readonly journeys: readonly CompiledJourney[];
  /** Which of them are paused or retired; the others are live. */
  readonly rules?: Readonly<Record<string, JourneyRules>>;
  readonly settings: EngineSettings;
  /** When the breaker pauses a journey for what the stream reports of its messages; absent: never. */
  readonly breaker?: BreakerLimits | undefined;
  readonly segments?: readonly SegmentDefinition[];
  /** Where to stop; without it the play goes on until every run has ended. */
  readonly until?: Instant;
  /** Topics for which no record of consent counts as consent. */
  readonly assumeConsent?: readonly string[];
  /** Seed of the disorder to add. */
  readonly disorder?: number;
  readonly onProgress?: (progress: PlayProgress) => void;
}

/** What is played, and who listens. */
export interface PlayOptions extends PlaySubject {
  readonly renderer: Renderer;
  readonly onTrace?: (line: TraceLine) => void;
  readonly onPaused?: (line: PausedLine) => void;
  readonly onMessage?: (line: OutboxLine) => void;
  readonly accounts?: Accounts;
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

/** A stream that has been read once and holds something to play. */
export interface Prepared {
  readonly survey: StreamSurvey;
  readonly refused: readonly Refusal[];
  readonly first: Instant;
  readonly last: Instant;
}

/**
 * Plays the stream, all in this thread. The same options and the same stream give the same result, byte by byte.
 * @throws StreamProblem where the file cannot be read or holds no call at all.
 */
export async function play(options: PlayOptions): Promise<PlayResult> {
  const prepared = await prepare(options);
  const { onProgress } = options;
  const result = await playPart(partInput(options, prepared, 0, 1), options.renderer, {
    ...options,
    onProgress: (played, now) => onProgress?.({ played, total: prepared.survey.order.length, now }),
  });
  return conclude(options, prepared, [result]);
}

/**
 * Reads the stream for the first time.
 * @throws StreamProblem where the file cannot be read or holds no call at all.
 */
export async function prepare({ events, disorder, until, journeys }: PlaySubject): Promise<Prepared> {
  const refusals = new RefusedLines();
  const survey = await surveyStream(
    events,
    refusals,
    disorder === undefined ? undefined : () => createDisorder(disorder),
    until,
    audiencesOf(journeys),
  );
  const { first, last } = survey;
  const refused = refusals.all();
  if (first === undefined || last === undefined) throw nothingToPlay(events, refused);
  return { survey, refused, first, last };
}

/** Events that may come without a customer: a journey asks whom they concern. */
function audiencesOf(journeys: readonly CompiledJourney[]): ReadonlySet<string> {
  const triggers = journeys.map(({ manifest }) => manifest.entry.trigger);
  return new Set(triggers.flatMap((trigger) => (trigger.kind === 'audience' ? [trigger.event] : [])));
}

/** What one part of a play is played on. */
export function partInput(
  { journeys, rules = {}, settings, breaker, segments = [], assumeConsent = [], until }: PlaySubject,
  { survey, first }: Prepared,
  part: number,
  parts: number,
): PartInput {
  return {
    survey,
    start: first,
    part,
    parts,
    journeys,
    rules,
    settings: withAssumedConsent(settings, assumeConsent),
    segments,
    ...(breaker !== undefined && { breaker }),
    ...(until !== undefined && { until }),
  };
}

/** Adds the parts up. Throws `BooksDoNotBalance` where documents and log disagree. */
export function conclude(
  { assumeConsent = [], disorder, until, onProgress }: PlaySubject,
  { survey, refused, first, last }: Prepared,
  parts: readonly PartResult[],
): PlayResult {
  onProgress?.({ played: survey.arriving, total: survey.order.length, now: last });
  const report = createReport(addBooks(parts.map(({ books }) => books)), {
    events: survey.owned,
    refused: Object.fromEntries(refused.map(({ reason, count }) => [reason, count])),
    assumedConsent: assumeConsent,
    paused: parts.flatMap((part) => part.paused),
    ...(disorder !== undefined && { disorder }),
    ...(until !== undefined && { until }),
  });
  const end = parts.reduce((latest, part) => (part.end > latest ? part.end : latest), first);
  return { report, refused, first, last, end };
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
