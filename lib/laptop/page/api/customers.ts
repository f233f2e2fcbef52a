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
      version: z.string(),
      step: z.string().optional(),
      entered: instantSchema.optional(),
      since: instantSchema.optional(),
      until: instantSchema.optional(),
      held: z.boolean(),
    }),
  ),
});

export const timelineSchema = z.object({
  entries: z.array(
    z.object({
      at: instantSchema,
      kind: z.string(),
      words: z.string(),
      until: instantSchema.optional(),
      because: z.string().optional(),
      journey: z.string().optional(),
      version: z.string().optional(),
      step: z.string().optional(),
    }),
  ),
  more: z.boolean(),
});

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
      ({ find, from }) => {
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
        const entries = revisions.flatMap(({ log }) => log.toReversed());
        return {
          entries: entries.map((entry) => {
            const { at, kind, because, journey, version, step, until } = entry;
            return {
              at,
              kind,
              // The page writes instants in the zone that it shows.
              words: happenedInWords(withoutUntil(entry), () => ''),
              ...(until !== undefined && { until }),
              ...(because !== undefined && { because }),
              ...(journey !== undefined && { journey }),
              ...(version !== undefined && { version }),
              ...(step !== undefined && { step }),
            };
          }),
          more: revisions.length === most,
        };
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
        ...(step !== undefined && { step }),
        ...(await stayOf(cloud, known.id, run, step)),
        held: document.runs[run]?.rest?.as === 'held',
      })),
    ),
  };
}

function withoutUntil({ until: _until, ...entry }: LogEntry): LogEntry {
  return entry;
}
