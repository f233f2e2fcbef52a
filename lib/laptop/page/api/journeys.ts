// Journeys: how many are where. The list with its counts, one journey as a graph, and who is at a step.
import * as z from 'zod';
import { journeyGraph } from '#lib/compiler/graph/journey-graph.ts';
import { placeGraph } from '#lib/compiler/graph/layout.ts';
import { arrowPath } from '#lib/compiler/graph/svg.ts';
import { labelWidth } from '#lib/compiler/graph/text-size.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { sendsTransactional } from '#lib/journey/flow.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { JourneyTitle } from '../../journey-titles.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, type Route } from '../http/route.ts';
import type { JourneyTallies } from '../journey-tallies.ts';
import { atStepsOf, versionsInside } from '../journey-versions.ts';
import { peopleAt, peopleSchema } from '../people-at-step.ts';

const countsSchema = z.object({
  active: z.int(),
  entered: z.int(),
  completed: z.int(),
  exited: z.int(),
  failed: z.int(),
  heldOut: z.int(),
  converted: z.int(),
  sent: z.int(),
});

const headSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  status: z.enum(['live', 'paused', 'retired']),
  breaker: z
    .string()
    .optional()
    .describe('Why the breaker holds its marketing, and with it all of a journey that sends nothing else'),
  switched: z.boolean().describe('The status is that of a switch, not of the file'),
  version: z.string(),
  counts: countsSchema,
});

export const journeysSchema = z.object({ journeys: z.array(headSchema) });

const pointSchema = z.object({ x: z.number(), y: z.number() });

export const journeySchema = headSchema.extend({
  hasGoal: z.boolean(),
  shown: z.string().describe('The version of the graph'),
  earlier: z
    .array(z.object({ version: z.string(), people: z.int() }))
    .describe('Earlier versions with people inside, those with most people first'),
  graph: z.object({
    width: z.number(),
    height: z.number(),
    boxes: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        title: z.string(),
        lines: z.array(z.string()),
        left: z.number(),
        top: z.number(),
        width: z.number(),
        height: z.number(),
        people: z.int(),
      }),
    ),
    arrows: z.array(
      z.object({
        path: z.string(),
        back: z.boolean(),
        label: z.string().optional(),
        labelAt: pointSchema.optional(),
        labelWidth: z.number().optional(),
      }),
    ),
  }),
  elsewhere: z
    .array(z.object({ step: z.string(), people: z.int() }))
    .describe('People at steps that the shown version does not have'),
});

export function journeyRoutes(
  cloud: RunningCloud,
  tallies: JourneyTallies,
  titles: ReadonlyMap<string, JourneyTitle>,
): readonly Route[] {
  const holdsMarketingAlone = (id: string): boolean =>
    cloud.workspace.manifests.some(({ journey, flow }) => journey === id && sendsTransactional(flow));
  const headOf = (
    id: string,
    active: ReadonlyMap<string, number>,
    switches: Awaited<ReturnType<RunningCloud['customers']['switches']>>,
    reasons: Awaited<ReturnType<RunningCloud['customers']['breakerReasons']>>,
  ): z.input<typeof headSchema> => {
    const { newest, journeys } = cloud.workspace;
    const { name = id, description } = titles.get(id) ?? {};
    const switched = switches.get(id);
    const breaker = reasons.get(id);
    return {
      id,
      name,
      ...(description !== undefined && { description }),
      status:
        switched === 'tripped'
          ? holdsMarketingAlone(id)
            ? (journeys[id]?.status ?? 'live')
            : 'paused'
          : (switched ?? journeys[id]?.status ?? 'live'),
      ...(breaker !== undefined && { breaker: breaker.reason }),
      switched: switched !== undefined,
      version: newest[id] ?? '',
      counts: { active: active.get(id) ?? 0, ...tallies.of(id) },
    };
  };
  const graphs = new Map<string, ReturnType<typeof placedGraph>>();
  return [
    read('/api/journeys', { input: z.object({}), output: journeysSchema }, async () => {
      await tallies.current();
      const switches = await cloud.customers.switches();
      const reasons = await cloud.customers.breakerReasons();
      const active = activeRuns(cloud);
      const ids = Object.keys(cloud.workspace.newest).toSorted();
      return { journeys: ids.map((id) => headOf(id, active, switches, reasons)) };
    }),

    read(
      '/api/journeys/{journey}',
      {
        input: z.object({
          version: z.string().optional().describe('Absent: the newest, with everybody in it'),
        }),
        output: journeySchema,
      },
      async ({ version: wanted }, { journey = '' }) => {
        const manifest = manifestOf(cloud, journey, wanted);
        await tallies.current();
        const { version } = manifest;
        const graph = graphs.get(versionKey(journey, version)) ?? placedGraph(manifest);
        graphs.set(versionKey(journey, version), graph);
        const inside = versionsInside(cloud, journey);
        const own = inside.get(version);
        const at =
          wanted === undefined ? atStepsOf(inside.values()) : (own?.atSteps ?? new Map<string, number>());
        const steps = new Set(graph.boxes.map(({ id }) => id));
        const newest = cloud.workspace.newest[journey];
        return {
          ...headOf(
            journey,
            activeRuns(cloud),
            await cloud.customers.switches(),
            await cloud.customers.breakerReasons(),
          ),
          hasGoal: manifest.goal !== undefined,
          shown: version,
          earlier: [...inside.values()]
            .filter((one) => one.version !== newest)
            .map((one) => ({ version: one.version, people: one.people }))
            .toSorted((a, b) => b.people - a.people),
          graph: {
            ...graph,
            boxes: graph.boxes.map((box) => ({ ...box, people: at.get(box.id) ?? 0 })),
          },
          elsewhere: [...at].flatMap(([step, people]) => (steps.has(step) ? [] : [{ step, people }])),
        };
      },
    ),

    read(
      '/api/journeys/{journey}/people',
      {
        input: z.object({
          step: z.string().optional(),
          version: z.string().optional(),
          from: z.coerce.number().int().min(0).default(0),
        }),
        output: peopleSchema,
      },
      async ({ step, version, from }, { journey = '' }) => {
        manifestOf(cloud, journey, version);
        await tallies.current();
        return peopleAt(cloud, tallies, { journey, step, version, from });
      },
    ),
  ];
}

/** The same for every request: a journey does not change while the cloud runs. */
function placedGraph(manifest: Manifest) {
  const { width, height, boxes, arrows } = placeGraph(journeyGraph(manifest));
  return {
    width,
    height,
    boxes: boxes.map(({ lines, ...box }) => ({ ...box, lines: [...lines] })),
    arrows: arrows.map(({ points, back, label, labelAt }) => ({
      path: arrowPath(points),
      back,
      ...(label !== undefined && { label }),
      ...(labelAt !== undefined && { labelAt }),
      ...(label !== undefined && { labelWidth: labelWidth(label) }),
    })),
  };
}

/** `wanted` absent: the newest version. */
function manifestOf(
  { workspace: { manifests, newest } }: RunningCloud,
  journey: string,
  wanted: string | undefined,
): Manifest {
  const version = wanted ?? (Object.hasOwn(newest, journey) ? newest[journey] : undefined);
  const manifest = manifests.find((one) => one.journey === journey && one.version === version);
  if (manifest !== undefined) return manifest;
  throw new PageProblem(
    404,
    wanted === undefined
      ? `There is no journey "${journey}".`
      : `There is no such version of "${journey}" any more.`,
  );
}

/** Runs that are on, by journey. */
function activeRuns({ customers }: RunningCloud): ReadonlyMap<string, number> {
  const active = new Map<string, number>();
  for (const { runs } of customers.all())
    for (const { journey } of runs) active.set(journey, (active.get(journey) ?? 0) + 1);
  return active;
}
