// Who is at a step of a journey, since when, and until when they wait there.
import * as z from 'zod';
import { instantSchema, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { RunningCloud } from '../running-cloud.ts';
import type { JourneyTallies } from './journey-tallies.ts';

/** What fits on a screen or two. */
const PAGE = 50;
/** A run's last wait is among its customer's latest decisions, or is not worth reading a long timeline for. */
const TIMELINE_ENTRIES = 30;

const stayFields = {
  held: z.boolean().optional().describe('Stands at a due step, because the journey is paused'),
  entered: instantSchema.optional(),
  since: instantSchema.optional(),
  until: instantSchema.optional(),
};

export const peopleSchema = z.object({
  people: z.array(
    z.object({
      customer: z.string(),
      external: z.string(),
      name: z.string().optional(),
      step: z.string().optional(),
      isEarlier: z.boolean().describe('In a version that is not the newest'),
      ...stayFields,
    }),
  ),
  all: z.int(),
  next: z.int().optional().describe('`from` of the next part'),
});

export interface Stay {
  readonly held?: boolean;
  readonly entered?: Instant;
  readonly since?: Instant;
  readonly until?: Instant;
}

/** `step` absent: everybody inside the journey. `from`: how many to pass over. */
export async function peopleAt(
  cloud: RunningCloud,
  tallies: JourneyTallies,
  {
    journey,
    step,
    version,
    from,
  }: {
    readonly journey: string;
    readonly step: string | undefined;
    /** Absent: all. */
    readonly version: string | undefined;
    readonly from: number;
  },
): Promise<z.input<typeof peopleSchema>> {
  const found = [...cloud.customers.all()].flatMap(({ id, external, runs }) =>
    runs
      .filter(
        (run) =>
          run.journey === journey &&
          (step === undefined || run.step === step) &&
          (version === undefined || run.version === version),
      )
      .map((run) => ({ id, external, run: run.run, step: run.step, version: run.version })),
  );
  const shown = found.slice(from, from + PAGE);
  const people = await Promise.all(
    shown.map(async ({ id, external, run, step: at, version: of }) => {
      const name = tallies.card(id)?.name;
      return {
        customer: id,
        external,
        ...(name !== undefined && { name }),
        ...(at !== undefined && { step: at }),
        isEarlier: of !== cloud.workspace.newest[journey],
        ...(await stayOf(cloud, id, run, at)),
      };
    }),
  );
  const next = from + PAGE;
  return { people, all: found.length, ...(next < found.length && { next }) };
}

/** Since and until when a run is where it is; the document knows of waits that can be ended, the timeline of all. */
export async function stayOf(
  { customers }: RunningCloud,
  id: string,
  run: string,
  step: string | undefined,
): Promise<Stay> {
  const document = await customers.document(id);
  const known = document?.runs[run];
  if (known === undefined) return {};
  const { entered } = known;
  const told = stayInDocument(known, step);
  if (told !== undefined) return { entered, ...told };
  const revisions = await customers.timeline(id, TIMELINE_ENTRIES);
  const last = revisions
    .flatMap(({ log }) => log.toReversed())
    .find((entry) => entry.run === run && (step === undefined || entry.step === step));
  if (last === undefined) return { entered, since: known.since };
  return { entered, since: last.at, ...(last.until !== undefined && { until: last.until }) };
}

function stayInDocument(
  { waiting, deferred, rest, legSince }: CustomerDocument['runs'][string],
  step: string | undefined,
): Omit<Stay, 'entered'> | undefined {
  if (rest !== undefined)
    return {
      held: rest.as === 'held',
      ...(legSince !== undefined && { since: legSince }),
      until: rest.until,
    };
  if (deferred !== undefined && deferred.step === step)
    return { since: deferred.reached, until: deferred.until };
  if (waiting !== undefined && waiting.step === step) return { since: waiting.since, until: waiting.until };
  return undefined;
}
