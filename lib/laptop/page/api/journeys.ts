// Journeys: how many are where. The list with its counts, one journey as a graph, and who is at a step.
import * as z from 'zod';
import { journeyGraph } from '#lib/compiler/graph/journey-graph.ts';
import { placeGraph } from '#lib/compiler/graph/layout.ts';
import { arrowPath } from '#lib/compiler/graph/svg.ts';
import { labelWidth } from '#lib/compiler/graph/text-size.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, type Route } from '../http/route.ts';
import type { JourneyTallies } from '../journey-tallies.ts';
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
  status: z.enum(['live', 'paused', 'retired']),
  switched: z.boolean().describe('The status is that of a switch, not of the file'),
  version: z.string(),
  counts: countsSchema,
});

export const journeysSchema = z.object({ journeys: z.array(headSchema) });

const pointSchema = z.object({ x: z.number(), y: z.number() });

export const journeySchema = headSchema.extend({
  hasGoal: z.boolean(),
  versions: z.int().describe('Versions that may have people inside, the newest included'),
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
    .describe('People at steps that only an older version has'),
});

export function journeyRoutes(cloud: RunningCloud, tallies: JourneyTallies): readonly Route[] {
  const graphs = new Map<string, ReturnType<typeof placedGraph>>();
  return [
    read('/api/journeys', { input: z.object({}), output: journeysSchema }, async () => {
      const switches = await cloud.customers.switches();
      const active = activeRuns(cloud);
      const ids = Object.keys(cloud.workspace.newest).toSorted();
      return { journeys: ids.map((id) => headOf(cloud, tallies, id, active, switches)) };
    }),

    read(
      '/api/journeys/{journey}',
      { input: z.object({}), output: journeySchema },
      async (_, { journey = '' }) => {
        const manifest = newestOf(cloud, journey);
        const { manifests } = cloud.workspace;
        const graph = graphs.get(journey) ?? placedGraph(manifest);
        graphs.set(journey, graph);
        const at = cloud.customers.atSteps().get(journey) ?? new Map<string, number>();
        const steps = new Set(graph.boxes.map(({ id }) => id));
        return {
          ...headOf(cloud, tallies, journey, activeRuns(cloud), await cloud.customers.switches()),
          hasGoal: manifest.goal !== undefined,
          versions: manifests.filter((one) => one.journey === journey).length,
          graph: {
            ...graph,
            boxes: graph.boxes.map((box) => ({ ...box, people: at.get(box.id) ?? 0 })),
          },
          elsewhere: [...at].flatMap(([step, people]) =>
            steps.has(step) || people === 0 ? [] : [{ step, people }],
          ),
        };
      },
    ),

    read(
      '/api/journeys/{journey}/people',
      {
        input: z.object({ step: z.string().optional(), from: z.coerce.number().int().min(0).default(0) }),
        output: peopleSchema,
      },
      ({ step, from }, { journey = '' }) => {
        newestOf(cloud, journey);
        return peopleAt(cloud, tallies, { journey, step, from });
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

function newestOf({ workspace: { manifests, newest } }: RunningCloud, journey: string): Manifest {
  const version = Object.hasOwn(newest, journey) ? newest[journey] : undefined;
  const manifest = manifests.find((one) => one.journey === journey && one.version === version);
  if (manifest === undefined) throw new PageProblem(404, `There is no journey "${journey}".`);
  return manifest;
}

function headOf(
  { workspace: { newest, journeys } }: RunningCloud,
  tallies: JourneyTallies,
  id: string,
  active: ReadonlyMap<string, number>,
  switches: Awaited<ReturnType<RunningCloud['customers']['switches']>>,
): z.input<typeof headSchema> {
  const switched = switches.get(id);
  return {
    id,
    status: switched ?? journeys[id]?.status ?? 'live',
    switched: switched !== undefined,
    version: newest[id] ?? '',
    counts: { active: active.get(id) ?? 0, ...tallies.of(id) },
  };
}

/** Runs that are on, by journey. */
function activeRuns({ customers }: RunningCloud): ReadonlyMap<string, number> {
  const active = new Map<string, number>();
  for (const { runs } of customers.all())
    for (const { journey } of runs) active.set(journey, (active.get(journey) ?? 0) + 1);
  return active;
}
