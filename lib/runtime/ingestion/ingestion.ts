/** What ingestion is put together from. */
import type { Audience, BusinessEvents, DeadLetters, Identities } from '#lib/engine/ports.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import type { Outcome } from '#lib/engine/use-cases/new-outcomes.ts';
import type { watchOutcomes } from '#lib/engine/use-cases/watch-outcomes.ts';
import type { SourceReader } from './source-reader.ts';

/** What came of counting a batch's outcomes. */
export type WatchedOutcomes = Awaited<ReturnType<typeof watchOutcomes>>;

export interface Ingestion {
  readonly engine: Engine<DecidingPorts>;
  readonly identities: Identities;
  readonly businessEvents: BusinessEvents;
  readonly audience: Audience;
  readonly deadLetters: DeadLetters;
  /** Counts what a batch has newly told of messages, and pauses journeys by it. Never rejects. */
  readonly watch: (told: readonly Outcome[]) => Promise<WatchedOutcomes>;
  /** Asked in order: the first that takes an event reads it. */
  readonly readers: readonly SourceReader[];
  /** Whether an event of this name can do something to anybody. */
  readonly isHeard: (event: string) => boolean;
  /** Keyed hash of an id, under the secret of the deployment. Throws where the secret cannot be had. */
  readonly hash: (text: string) => Promise<string>;
}
