// Customers: finding one, what is known of them, and what was decided about them and why.
import * as z from 'zod';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { instantSchema } from '#lib/contracts/time.ts';
import { happenedInWords } from '#lib/engine/happened-in-words.ts';
import type { KnownCustomer, RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, type Route } from '../http/route.ts';
import type { JourneyTallies } from '../journey-tallies.ts';
import { stayOf } from '../people-at-step.ts';

/** Rows of one screen. */
const PAGE = 50;
const MOST_DECISIONS = 2000;

const rowSchema = z.object({
  id: z.string(),
  external: z.string(),
  email: z.string().optional(),
  name: z.string().optional(),
  changed: instantSchema,
  journeys: z.array(z.object({ journey: z.string(), step: z.string().optional() })),
});

export const customersSchema = z.object({
  customers: z.array(rowSchema),
  all: z.int(),
  next: z.int().optional(),
});

export const customerSchema = rowSchema.extend({
  created: instantSchema,
  traits: z.array(z.object({ name: z.string(), value: z.unknown(), at: instantSchema })),
  consent: z.array(
    z.object({
      topic: z.string(),
      channel: z.string(),
      granted: z.boolean(),
      at: instantSchema,
      source: z.string().optional(),
    }),
  ),
  suppressed: z.array(z.object({ channel: z.string(), reason: z.string(), at: instantSchema })),
  segments: z.array(z.object({ segment: z.string(), since: instantSchema })),
  runs: z.array(
    z.object({
      run: z.string(),
      journey: z.string(),
      isEarlier: z.boolean().describe('In a version that is not the newest'),
      version: z.string(),
      step: z.string().optional(),
      entered: instantSchema.optional(),
      since: instantSchema.optional(),
      until: instantSchema.optional(),
      held: z.boolean(),
    }),
  ),
});

const timelineEntrySchema = z.object({
  at: instantSchema,
  kind: z.string(),
  words: z.string(),
  until: instantSchema.optional(),
  reason: z.string().optional(),
  because: z.string().optional(),
  yieldsTo: z.string().optional().describe('The journey whose message takes the place under a cap'),
  journey: z.string().optional(),
  version: z.string().optional(),
  step: z.string().optional(),
});

export const timelineSchema = z.object({ entries: z.array(timelineEntrySchema), more: z.boolean() });

/** An event is decided about seconds after it was sent: what it did is among the latest decisions. */
const DECISIONS_OF_EVENT = 100;

export const decisionsSchema = z.object({ entries: z.array(timelineEntrySchema) });

export function customerRoutes(cloud: RunningCloud, tallies: JourneyTallies): readonly Route[] {
  const found = (id = '') => knownCustomer(cloud, id);
  return [
    read(
      '/api/customers',
      {
        input: z.object({
          find: z.string().trim().toLowerCase().default(''),
          from: z.coerce.number().int().min(0).default(0),
        }),
        output: customersSchema,
      },
      async ({ find, from }) => {
        await tallies.current();
        const all = [...cloud.customers.all()].filter((one) => find === '' || isMatch(one, tallies, find));
        const passing = all.toSorted((a, b) => Number(a.changed < b.changed) - Number(a.changed > b.changed));
        const next = from + PAGE;
        return {
          customers: passing.slice(from, next).map((one) => rowOf(one, tallies)),
          all: passing.length,
          ...(next < passing.length && { next }),
        };
      },
    ),

    read('/api/customers/{id}', { input: z.object({}), output: customerSchema }, async (_, { id }) =>
      profileOf(cloud, tallies, found(id)),
    ),

    read(
      '/api/customers/{id}/timeline',
      {
        input: z.object({ most: z.coerce.number().int().min(1).max(MOST_DECISIONS).default(PAGE) }),
        output: timelineSchema,
      },
      async ({ most }, { id }) => {
        const { id: customer } = found(id);
        const revisions = await cloud.customers.timeline(customer, most);
        return {
          entries: revisions.flatMap(({ log }) => log.toReversed().map(entryOf)),
          more: revisions.length === most,
        };
      },
    ),

    read(
      '/api/customers/{id}/decisions/{event}',
      { input: z.object({}), output: decisionsSchema },
      async (_, { id = '', event }) => {
        // Somebody whom this event makes known is not known yet.
        const revisions = await cloud.customers.timeline(id, DECISIONS_OF_EVENT);
        const entries = revisions.toReversed().flatMap(({ log }) => log.filter((one) => one.event === event));
        return { entries: entries.map(entryOf) };
      },
    ),
  ];
}

/** Throws PageProblem. */
export function knownCustomer({ customers }: RunningCloud, id = ''): KnownCustomer {
  const customer = customers.get(id);
  if (customer === undefined) throw new PageProblem(404, 'Nobody is known by this id (yet).');
  return customer;
}

function isMatch({ id, external }: KnownCustomer, tallies: JourneyTallies, find: string): boolean {
  const { email = '', name = '' } = tallies.card(id) ?? {};
  return [id, external, email, name].some((text) => text.toLowerCase().includes(find));
}

function rowOf(
  { id, external, runs, changed }: KnownCustomer,
  tallies: JourneyTallies,
): z.input<typeof rowSchema> {
  const { email, name } = tallies.card(id) ?? {};
  return {
    id,
    external,
    changed,
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    journeys: runs.map(({ journey, step }) => ({ journey, ...(step !== undefined && { step }) })),
  };
}

async function profileOf(
  cloud: RunningCloud,
  tallies: JourneyTallies,
  known: KnownCustomer,
): Promise<z.input<typeof customerSchema>> {
  const document = await cloud.customers.document(known.id);
  if (document === undefined) throw new PageProblem(404, 'Nobody is known by this id (yet).');
  await tallies.current();
  const { traits, consent, suppressed, segments, created } = document;
  return {
    ...rowOf(known, tallies),
    created,
    traits: Object.entries(traits).map(([name, { value, at }]) => ({ name, value, at })),
    consent: Object.entries(consent).flatMap(([topic, channels]) =>
      Object.entries(channels).map(([channel, { granted, at, source }]) => ({
        topic,
        channel,
        granted,
        at,
        ...(source !== undefined && { source }),
      })),
    ),
    suppressed: Object.entries(suppressed).map(([channel, { reason, at }]) => ({ channel, reason, at })),
    segments: Object.entries(segments).map(([segment, since]) => ({ segment, since })),
    runs: await Promise.all(
      known.runs.map(async ({ run, journey, version, step }) => ({
        run,
        journey,
        version,
        isEarlier: version !== cloud.workspace.newest[journey],
        ...(step !== undefined && { step }),
        ...(await stayOf(cloud, known.id, run, step)),
        held: document.runs[run]?.rest?.as === 'held',
      })),
    ),
  };
}

function entryOf({ until, ...entry }: LogEntry): z.input<typeof timelineEntrySchema> {
  const { at, kind, reason, because, journey, version, step } = entry;
  return {
    at,
    kind,
    // The page writes instants in the zone that it shows.
    words: happenedInWords(entry, () => ''),
    ...(until !== undefined && { until }),
    ...(reason !== undefined && { reason }),
    ...(because !== undefined && { because }),
    ...(entry.yieldsTo !== undefined && { yieldsTo: entry.yieldsTo }),
    ...(journey !== undefined && { journey }),
    ...(version !== undefined && { version }),
    ...(step !== undefined && { step }),
  };
}
