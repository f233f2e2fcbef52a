// Plays some of the customers of a stream, or all of them: what one thread does of a play. It knows nothing of threads.
import type { SlotUse } from '#lib/adapters/memory/slots.ts';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Renderer } from '#lib/engine/ports.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { BreakerLimits } from '#lib/journey/breaker.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Accounts } from './accounts.ts';
import { countDocuments, type Books } from './books.ts';
import { Chronicle } from './chronicle.ts';
import { deliveriesInOrder, type StreamSurvey } from './delivery-order.ts';
import { Figures } from './figures.ts';
import { MessagesInOrder } from './messages-in-order.ts';
import type { ToldOutcomes } from './outcome-minutes.ts';
import { PlayedBreaker, type PausedLine } from './played-breaker.ts';
import { countMembers } from './segment-figures.ts';
import { CustomerNumbers, EVERYBODY, NOBODY } from './owners.ts';
import { Simulation } from './simulation.ts';
import { traceLine, type OutboxLine, type TraceLine } from './trace.ts';

/** What a part is played on; all of it can be handed to another thread. */
export interface PartInput {
  readonly survey: StreamSurvey;
  /** When the clock starts. */
  readonly start: Instant;
  /** Which part, counted from 0, of how many. */
  readonly part: number;
  readonly parts: number;
  readonly journeys: readonly CompiledJourney[];
  readonly rules: Readonly<Record<string, JourneyRules>>;
  readonly settings: EngineSettings;
  /** When the breaker pauses a journey; absent: never. It works where there is one part alone. */
  readonly breaker?: BreakerLimits;
  readonly segments: readonly SegmentDefinition[];
  readonly until?: Instant;
}

/** Who listens to a part. Lines come with their customer's number, in the order of time and then of that number. */
export interface PartListeners {
  readonly onTrace?: (line: TraceLine, customer: number) => void;
  /** The breaker has paused a journey; told among the lines of the trace. */
  readonly onPaused?: (line: PausedLine) => void;
  readonly onMessage?: (line: OutboxLine, customer: number) => void;
  /** What would have to be paid for, deployed. */
  readonly accounts?: Accounts | undefined;
  /** How many calls have been played, and when the next one arrives. */
  readonly onProgress?: (played: number, now: Instant) => void;
}

/** What came of a part. */
export interface PartResult {
  readonly books: Books;
  /** When the last thing happened. */
  readonly end: Instant;
  /** Places taken on channels with a rate, by counter. */
  readonly slots: ReadonlyMap<string, SlotUse>;
  /** Journeys that the breaker has paused. */
  readonly paused: readonly PausedLine[];
  /** Of one part of several: what was told of its messages, for whoever knows all parts. */
  readonly told: readonly ToldOutcomes[];
}

/** Calls between two words of progress. */
const PROGRESS_STEP = 500;

/**
 * Plays the customers whose number leaves the remainder `part` when it is divided by `parts`.
 * @throws StreamProblem where the stream has changed since it was surveyed.
 */
export async function playPart(
  input: PartInput,
  renderer: Renderer,
  { onTrace, onPaused, onMessage, onProgress, accounts }: PartListeners,
): Promise<PartResult> {
  const { survey, part, parts, journeys, until, breaker } = input;
  const customers = new CustomerNumbers(survey.externals);
  const figures = new Figures(journeys.map(({ manifest }) => manifest));
  const chronicle = new Chronicle(
    ({ customer, number, entry }) => {
      figures.add(entry);
      onTrace?.(traceLine(entry, customer, simulation.externalOf(customer)), number);
    },
    (customer) => customers.of(simulation.externalOf(customer)),
    onPaused,
  );
  const paused: PausedLine[] = [];
  const told: ToldOutcomes[] = [];
  const watcher =
    breaker && new PlayedBreaker(breaker, (journey) => simulation.switchJourney(journey, 'tripped'));
  const messages = onMessage && new MessagesInOrder(onMessage);
  const simulation = new Simulation({
    journeys: input,
    renderer,
    start: input.start,
    onDecision: (customer, entry, now) => chronicle.add(customer, entry, now),
    onOutcomes:
      watcher &&
      (async (minute) => {
        if (parts > 1) told.push(minute);
        else
          for (const line of await watcher.hear(minute)) {
            paused.push(line);
            chronicle.addPaused(line);
          }
      }),
    ...(accounts && { accounts }),
    ...(messages && { onMessage: (line) => messages.add(line, customers.of(line.external)) }),
  });

  let played = 0;
  const mine = (owner: number): boolean =>
    owner === EVERYBODY || (owner !== NOBODY && owner % parts === part);
  for await (const { call, owner } of deliveriesInOrder(survey, mine)) {
    if (played % PROGRESS_STEP === 0) onProgress?.(played, call.input.received);
    // What reaches everybody is played in each part, and counted once.
    if (owner !== EVERYBODY || part === 0) played += 1;
    if (owner === EVERYBODY) {
      if (call.input.kind === 'event') await simulation.feedToAll(call.input);
      continue;
    }
    await simulation.feed({ external: survey.externals[owner] ?? '', input: call.input });
  }
  await (until === undefined ? simulation.runToEnd() : simulation.runUntil(until));
  chronicle.finish(simulation.now);
  messages?.finish();
  return {
    books: {
      logged: {
        journeys: figures.journeys,
        messages: figures.messages,
        ignored: figures.ignored,
        actions: figures.actions,
        departures: figures.departures,
        moves: figures.moves,
      },
      documented: countDocuments(simulation.documents()),
      transitions: simulation.transitions(),
      customers: simulation.customers,
      members: countMembers(input.segments, simulation.documents()),
    },
    end: simulation.now,
    slots: simulation.slotUse(),
    paused,
    told,
  };
}
