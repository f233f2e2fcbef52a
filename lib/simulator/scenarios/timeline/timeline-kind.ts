/**
 * What every kind of entry of a timeline says about itself: the fields it is written with, the names it mentions, and what
 * happens when its time has come. A new kind is one file that exports one, and one line in timeline-kinds.ts.
 */
import * as z from 'zod';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { JourneySwitch } from '#lib/engine/ports.ts';
import type { SentMessage } from '../actual.ts';
import { momentSchema } from '../moment.ts';
import type { Reference } from '../reference.ts';
import type { ScriptedProvider } from '../scripted-provider.ts';

/** A call without what the stage knows of it: its ids and when it is received. */
export type Said = Omit<CustomerEvent, 'id' | 'at' | 'received'> | Omit<Identify, 'id' | 'at' | 'received'>;

/** The scenario in progress, as an entry of the timeline sees it at its moment. */
export interface Stage {
  readonly customer: string;
  readonly now: Instant;
  /** The customer's call reaches the journeys now. `happened`: the sender's own timestamp, where it is not now. */
  say(said: Said, happened?: string): Promise<void>;
  /** An event that belongs to no customer reaches everybody now. */
  sayToAll(said: Omit<CustomerEvent, 'id' | 'at' | 'received'>): Promise<void>;
  /** The customer's latest call of this event comes again, with its id and timestamp. False where there was none. */
  repeat(event: string): Promise<boolean>;
  /** The customer's latest message of a step; undefined where none has been accepted so far. */
  latestSend(step: string): SentMessage | undefined;
  /** What an operator does: pauses a journey or lets it go on. */
  switchJourney(journey: string, to: JourneySwitch): Promise<void>;
  /** So long after now, in days of the workspace's zone. */
  after(duration: string): Instant;
  readonly provider: ScriptedProvider;
  /** Notes what keeps the entry from happening; the scenario fails by it. */
  problem(text: string): void;
}

/** Fields as written, `at` and `customer` aside. */
type WrittenFields = Readonly<Record<string, unknown>>;

export interface TimelineKind {
  /** The field that tells the kind. */
  readonly verb: string;
  /** All fields of the kind, the verb among them. */
  readonly fields: z.ZodRawShape;
  /** It happens to no customer, so that none is named. */
  readonly toAll?: boolean;
  references(entry: WrittenFields): readonly Reference[];
  play(entry: WrittenFields, stage: Stage): Promise<void> | void;
}

/** A kind with its own fields read by their schema. */
export function timelineKind<S extends z.ZodRawShape>(
  verb: string & keyof S,
  fields: S,
  does: {
    readonly toAll?: boolean;
    references?(entry: z.infer<z.ZodObject<S>>): readonly Reference[];
    play(entry: z.infer<z.ZodObject<S>>, stage: Stage): Promise<void> | void;
  },
): TimelineKind {
  const schema = z.object(fields);
  return {
    verb,
    fields,
    toAll: does.toAll === true,
    references: (entry) => does.references?.(schema.parse(entry)) ?? [],
    play: (entry, stage) => does.play(schema.parse(entry), stage),
  };
}

/** When the sender says it happened, for calls that arrive late. */
export const happenedField = momentSchema
  .optional()
  .describe('When it happened by its own timestamp, for a call that arrives late; without it, at "at".');
