/**
 * The customer document: everything that must be consistent about one customer, in the readable form that the engine sees.
 * An adapter may pack it. It stores only what the workspace refers to, and every section has a budget (budgets.ts).
 */
import * as z from 'zod';
import { ledgerEntrySchema } from '#lib/contracts/consent-ledger.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { instantSchema, type Instant } from '#lib/contracts/time.ts';
import { channelSchema, loopSchema, messageClassSchema, planSchema } from '#lib/contracts/step-calls.ts';

/** Upgraded on load where an older document is met (upgrade.ts). */
const DOCUMENT_SCHEMA = 2;

const datedValue = z.object({ value: z.unknown(), at: instantSchema });

const consentRecordSchema = z.object({
  granted: z.boolean(),
  at: instantSchema,
  source: z.string().optional(),
  imported: z
    .literal(true)
    .optional()
    .describe('A grant brought in from elsewhere: any refusal overrules it'),
});

/**
 * A wait for events, or for a date that may move, that a run is in, or will be in as soon as its execution gets there: it is planned (attempt -1), and events
 * count for it, before the Task has registered its token.
 */
const waitingSchema = z.object({
  step: z.string(),
  visit: z.int(),
  attempt: z.int(),
  token: z.string().optional(),
  since: instantSchema,
  until: instantSchema,
  loop: loopSchema,
  follows: z
    .object({
      reached: instantSchema,
      zone: z.string(),
      date: instantSchema.optional().describe('What the date comes to; absent: there is none'),
    })
    .optional()
    .describe('The end follows a trait: what it is reckoned from, anew with each change'),
  moved: z.literal(true).optional().describe('It has begun anew: its date has changed'),
  past: z
    .enum(['past', 'no date'])
    .optional()
    .describe('The date is past: the Task is told so as soon as it registers'),
});

/**
 * A wait that an event has won, remembered until the run has moved on: registering it again (a retry brings a new token) wakes
 * it again, and a time-out that was under way is told which arm to take.
 */
const wonSchema = z.object({
  step: z.string(),
  visit: z.int(),
  attempt: z.int(),
  token: z.string().optional(),
  arm: z.int(),
  event: z.string().optional(),
  plan: planSchema,
  loop: loopSchema,
  moved: z
    .literal(true)
    .optional()
    .describe('No event: the end has moved, and the wait begins anew in the next visit'),
});

/** An event that matched an arm; with `saveAs`, the properties that are to be kept. */
const matchSchema = z.object({
  at: instantSchema,
  id: z.string(),
  kept: z.record(z.string(), z.unknown()).optional(),
  lost: z
    .array(z.string())
    .readonly()
    .optional()
    .describe('Names of properties that were too large to be kept'),
});

/** A run that no execution belongs to: it goes on in its next leg, started by the relay. */
const restSchema = z.object({
  as: z
    .enum(['parked', 'held'])
    .describe('parked: a wait longer than an execution may last. held: the journey is paused.'),
  step: z.string().describe('The wait or deferred send it rests in; held: the node at which it goes on'),
  until: instantSchema.describe('parked: when it goes on by itself. held: when the step was due'),
  loop: loopSchema,
});
export type Rest = z.infer<typeof restSchema>;

const runSchema = z.object({
  journey: z.string(),
  version: z.string(),
  key: z.string().optional().describe('Hash of the entry key'),
  leg: z.int(),
  /**
   * What should be true of the execution. `moving`: the one of the leg before is to be gone; then this leg's may start, or the
   * run rests. `parked`, `held`: there is none (`rest` says why); the leg is the one that comes next.
   */
  phase: z.enum(['starting', 'running', 'waking', 'stopping', 'moving', 'parked', 'held']),
  phaseAt: instantSchema.describe('Since when the phase waits for its confirmation'),
  entered: instantSchema.describe(
    'Timestamp of the event that let the run in; goals and `since: entry` count from it',
  ),
  event: z
    .record(z.string(), z.unknown())
    .describe('Properties of the entry event that the version refers to'),
  saved: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .optional()
    .describe('What steps have kept by `saveAs`: name → the properties that the version refers to'),
  first: planSchema.describe('What the present leg starts with'),
  /** Of a later leg: the node it starts at, where it is in its loops (absent: in none), and since when it is on. */
  at: z.string().optional(),
  loop: loopSchema.optional(),
  legSince: instantSchema.optional(),
  rest: restSchema.optional(),
  /** Events in the history of the present leg's execution so far, rather too many than too few. */
  events: z.int().optional(),
  /** The goal was reached and its steps are being taken. */
  goal: z.literal(true).optional(),
  /** End of the step before: from here on an event counts for a waitFor with `since: step`. */
  since: instantSchema,
  round: z.int().optional().describe('How often the last backward goto was taken; absent: never'),
  waiting: waitingSchema.optional(),
  won: wonSchema.optional(),
  /** Matches kept for waits that lie ahead: step → arm → instants and ids, in order of time. */
  memory: z.record(z.string(), z.record(z.string(), z.array(matchSchema))).optional(),
  /** The last answered call, by its Task: a retry after a crash gets the same answer. */
  last: z.object({ step: z.string(), visit: z.int(), plan: planSchema }).optional(),
  /** Tasks that the run has behind it, each with its latest visit: a call of one that arrives late is refused. */
  behind: z.record(z.string(), z.int()).optional(),
  /** A send whose next opening was folded into the wait before it: when it would have been reached, and what was closed. */
  folded: z.object({ step: z.string(), reached: instantSchema, reason: z.string().optional() }).optional(),
  /** A deferred send: when its step was first reached (expiry counts from there). */
  deferred: z
    .object({
      step: z.string(),
      visit: z.int(),
      reached: instantSchema,
      until: instantSchema,
      slot: channelSchema.optional().describe('The channel on which `until` is a slot of its own'),
      place: z.int().optional().describe('Which slot of its second, where it is not the only one'),
      busy: z.int().optional().describe('How often the provider has asked to try later'),
    })
    .optional(),
  /** A marketing send that is the run's next Task, and when it is ready: priorities compare it with those of other runs. */
  ahead: z.object({ step: z.string(), visit: z.int(), at: instantSchema }).optional(),
  converted: z.boolean().optional(),
  over: z
    .object({
      as: z.enum(['completed', 'exited', 'failed']),
      reason: z.string().optional(),
      at: instantSchema,
    })
    .optional(),
});
export type Run = z.infer<typeof runSchema>;

/** What is left of a run, or of a customer held out, while the goal can still be reached. */
const watchedSchema = z.object({
  journey: z.string(),
  version: z.string(),
  entered: instantSchema,
  until: instantSchema,
  event: z.record(z.string(), z.unknown()),
});

const sendRecordSchema = z.object({
  key: z.string().describe('run/step/visit'),
  journey: z.string(),
  step: z.string(),
  message: z.string(),
  channel: channelSchema,
  to: z.string().optional().describe('Mark of the addresses it went to'),
  topic: z.string().optional(),
  class: messageClassSchema,
  at: instantSchema.describe('When it was claimed'),
  attempt: z.int(),
  state: z.enum(['claimed', 'accepted', 'unknown', 'failed', 'skipped']),
  doubted: z.literal(true).optional().describe('An earlier attempt on the channel may have sent it as well'),
  reason: z.string().optional(),
  refused: z.array(channelSchema).optional().describe('Channels whose provider refused for good'),
  reports: z.record(z.string(), instantSchema).optional().describe('delivered, opened, … → first time'),
  chosen: z
    .enum(['preferred', 'learned', 'listed', 'explored'])
    .optional()
    .describe('Why `best` has taken this channel'),
  odds: z.int().optional().describe('How likely it was that `best` would take it, in millionths'),
});
export type SendRecord = z.infer<typeof sendRecordSchema>;

/** How often a customer wants marketing, in their own words (rules/preferences.ts). */
export const frequencySchema = z.enum(['all', 'daily', 'weekly', 'monthly']);
export type Frequency = z.infer<typeof frequencySchema>;

const reactionsSchema = z.object({
  sent: z.int().describe('Messages that the provider has taken'),
  reacted: z.int().describe('How many of them the customer has opened, clicked or replied to; not machines'),
});
export type Reactions = z.infer<typeof reactionsSchema>;

const unansweredSchema = z.object({
  messages: z.int().describe('Marketing messages since then'),
  since: instantSchema.optional().describe('The last reaction; absent: none yet'),
});

/** An event that a journey has emitted and that the bus has not taken yet. */
const emittedSchema = z.object({
  id: z.string().describe('run/step/visit'),
  at: instantSchema,
  event: z.string(),
  properties: z.record(z.string(), z.unknown()),
});

const tallySchema = z.object({
  entered: z.int(),
  completed: z.int(),
  exited: z.record(z.string(), z.int()),
  failed: z.int(),
  heldOut: z.int(),
  converted: z.int(),
});
export type Tally = z.infer<typeof tallySchema>;

/** What is kept of the events that conditions ask about alike (aggregates.ts). */
const aggregateSchema = z.object({
  count: z.int().describe('All that have counted'),
  sum: z.int().optional().describe('What they add up to, in millionths'),
  known: instantSchema
    .optional()
    .describe('Since when they are counted; absent: since the customer is known'),
  latest: z.array(instantSchema).optional().describe('The latest of them, in order of time'),
  values: z.array(z.int()).optional().describe('What each of these adds to the sum'),
  from: instantSchema.optional().describe('`latest` holds all that are later than this; absent: all'),
});

export const documentSchema = z.object({
  customer: z.string(),
  schema: z.literal(DOCUMENT_SCHEMA),
  revision: z.int().nonnegative(),
  decided: instantSchema,
  due: instantSchema
    .optional()
    .describe('The earliest instant at which time alone changes something (rules/due.ts); absent: never'),
  look: instantSchema
    .optional()
    .describe('By when somebody should look though nothing happens (next-look.ts); absent: never'),
  created: instantSchema,
  met: z
    .record(z.string(), z.object({ at: instantSchema, last: z.string().optional() }))
    .optional()
    .describe(
      'Journeys that time or membership lets into: up to when it has been decided for them, and the last occurrence decided',
    ),
  external: z.object({ user: z.string().describe('Empty: of somebody who was erased it is not known') }),
  erased: z
    .object({
      at: instantSchema,
      by: z.enum(['customer', 'operator']),
      removal: z
        .enum(['wanted', 'done', 'sure'])
        .describe(
          'Of what is kept beside the document. done: once. sure: again, when nothing that was under way could still add to it.',
        ),
      returns: z
        .object({ id: z.string(), at: instantSchema, received: instantSchema, user: z.string() })
        .optional()
        .describe('They are a customer again, and will be known as one when the removal is sure'),
    })
    .optional()
    .describe(
      'A tombstone: the customer has been erased, and nothing but this brings them back (rules/erasure.ts)',
    ),
  returned: instantSchema
    .optional()
    .describe('Erased, and back since then: what was told of them before stays unheard'),
  devices: z
    .array(z.string())
    .optional()
    .describe('Hashes of devices that everybody knows to be theirs; one that is new is told once'),
  traits: z.record(z.string(), datedValue),
  consent: z
    .record(z.string(), z.record(z.string(), consentRecordSchema))
    .describe('Topic → channel; `*` in the place of either stands for all of them'),
  requested: z
    .record(z.string(), z.record(z.string(), z.object({ at: instantSchema })))
    .optional()
    .describe('Consent that waits for its confirmation, by topic and channel: none until then'),
  preferences: z
    .object({
      frequency: z.object({ value: frequencySchema, at: instantSchema }).optional(),
      pausedUntil: z
        .object({ value: instantSchema.nullable().describe('null: not paused any more'), at: instantSchema })
        .optional(),
    })
    .optional()
    .describe('How often the customer wants marketing, and until when none; absent: they have never said'),
  suppressed: z.record(
    z.string(),
    z.object({
      reason: z.string(),
      at: instantSchema,
      to: z.string().optional().describe('Mark of the address that bounced; a complaint has none'),
      bounce: z
        .object({ at: instantSchema, to: z.string() })
        .optional()
        .describe('The latest bounce, beside a complaint: it is what is left should that be lifted'),
    }),
  ),
  cases: z
    .record(z.string(), z.object({ at: instantSchema, open: z.boolean() }))
    .optional()
    .describe('Cases with the service by a hash of their ids: what happened last, and when'),
  lifted: z
    .partialRecord(channelSchema, instantSchema)
    .optional()
    .describe('Until when suppression has been lifted: what happened before suppresses nothing'),
  ledger: z
    .array(ledgerEntrySchema)
    .optional()
    .describe('What the consent ledger is still to be told; the relay writes it and takes it away'),
  runs: z.record(z.string(), runSchema),
  watched: z.record(z.string(), watchedSchema),
  segments: z.record(z.string(), instantSchema).describe('Segments the customer is in, since when'),
  aggregates: z
    .record(z.string(), aggregateSchema)
    .describe('What conditions ask to have been done, by what is asked'),
  marks: z
    .string()
    .optional()
    .describe('Marks of the definitions of segments and aggregates by which it was last decided'),
  entries: z.record(z.string(), z.record(z.string(), z.object({ count: z.int(), last: instantSchema }))),
  heldOut: z.record(z.string(), instantSchema),
  splits: z.record(z.string(), z.string()),
  sends: z.array(sendRecordSchema),
  sentForLife: z.record(z.string(), z.int()),
  reactions: z
    .partialRecord(channelSchema, reactionsSchema)
    .optional()
    .describe('Kept where a version chooses the best channel'),
  unanswered: z
    .partialRecord(channelSchema, unansweredSchema)
    .optional()
    .describe('Kept on channels that have a rule of fatigue'),
  tallies: z.record(z.string(), tallySchema),
  emitted: z
    .array(emittedSchema)
    .optional()
    .describe('Events for the bus; the relay puts them there and takes them away'),
  setOff: z
    .object({ hour: z.string(), count: z.int() })
    .optional()
    .describe(
      'Events emitted, and journeys entered by steps and built-in events, within this hour: what sets itself off must end',
    ),
  recent: z.array(z.string()).describe('Hashes of the last events, for deduplication'),
  log: z.array(z.unknown()).describe('What the last decision decided; the relay appends it to the timeline'),
});
export type CustomerDocument = Omit<z.infer<typeof documentSchema>, 'log'> & {
  log: readonly LogEntry[];
};

/** A customer nobody has heard of before. Revision 0 is never stored. */
export function newDocument(customer: string, external: string, now: Instant): CustomerDocument {
  return {
    customer,
    schema: DOCUMENT_SCHEMA,
    revision: 0,
    decided: now,
    created: now,
    external: { user: external },
    traits: {},
    consent: {},
    suppressed: {},
    runs: {},
    watched: {},
    segments: {},
    aggregates: {},
    entries: {},
    heldOut: {},
    splits: {},
    sends: [],
    sentForLife: {},
    tallies: {},
    recent: [],
    log: [],
  };
}
