// What an operator looks at: queues and what died in them, functions, log lines that warn, and how providers behave.
import * as z from 'zod';
import { fromMillis, instantSchema } from '#lib/contracts/time.ts';
import { ImpossibleBehaviour } from '#lib/local/delivery/behaviours/behaviours.ts';
import type { RunningCloud } from '../../running-cloud.ts';
import { PageProblem } from '../http/page-problem.ts';
import { read, write, type Route } from '../http/route.ts';

/** What one reads at a time; a queue with more of them has one cause. */
const MOST_DEAD_LETTERS = 100;
const MOST_LINES = 200;

const queueSchema = z.object({
  name: z.string(),
  waiting: z.int(),
  inFlight: z.int(),
  delayed: z.int(),
  isDeadLetterQueue: z.boolean(),
});

export const operationsSchema = z.object({
  queues: z.array(queueSchema),
  functions: z.array(
    z.object({
      name: z.string(),
      invocations: z.int(),
      errors: z.int(),
      throttles: z.int(),
      running: z.int(),
    }),
  ),
  machines: z.array(z.object({ name: z.string(), running: z.int() })),
  log: z.array(z.object({ at: instantSchema, function: z.string(), level: z.string(), message: z.string() })),
  providers: z.object({
    kinds: z.array(z.object({ kind: z.string(), about: z.string() })),
    set: z.array(z.object({ of: z.string(), behaviour: z.string() })),
  }),
});

export const deadLettersSchema = z.object({
  letters: z.array(
    z.object({ id: z.string(), at: instantSchema, body: z.string(), reason: z.string().optional() }),
  ),
});

/** A channel or an address. */
const ofSchema = z.string().trim().min(1, 'a channel or an address').max(320);

const behaviourSchema = z.object({
  of: ofSchema,
  behaviour: z.string().optional().describe('Absent: as usual'),
});

export const possibleBehavioursSchema = z.object({
  kinds: z.array(z.string()).describe('Of those that operations has'),
});

export function operationRoutes(cloud: RunningCloud): readonly Route[] {
  const { operations, providers } = cloud;
  return [
    read('/api/operations', { input: z.object({}), output: operationsSchema }, () => ({
      queues: operations.queues().map((queue) => ({ ...queue })),
      functions: operations.functions().map((one) => ({ ...one })),
      machines: runningMachines(cloud),
      log: operations
        .log()
        .slice(0, MOST_LINES)
        .map(({ at, ...line }) => ({ ...line, at: fromMillis(at) })),
      providers: {
        kinds: [...providers.kinds].map(([kind, about]) => ({ kind, about })),
        set: [...providers.all()].map(([of, behaviour]) => ({ of, behaviour })),
      },
    })),

    read(
      '/api/operations/queues/{queue}/dead-letters',
      { input: z.object({}), output: deadLettersSchema },
      (_, { queue = '' }) => ({
        letters: operations.deadLetters(queue, MOST_DEAD_LETTERS).map(({ at, ...letter }) => ({
          ...letter,
          at: fromMillis(at),
        })),
      }),
    ),

    read(
      '/api/operations/behaviours',
      { input: z.object({ of: ofSchema }), output: possibleBehavioursSchema },
      ({ of }) => ({ kinds: [...providers.possible(of)] }),
    ),

    write(
      '/api/operations/behaviours',
      { input: behaviourSchema, output: z.object({}) },
      ({ of, behaviour }) => {
        try {
          providers.set(of, behaviour);
        } catch (error) {
          if (!(error instanceof ImpossibleBehaviour)) throw error;
          // Where nothing can be set, another behaviour does not help.
          throw new PageProblem(400, error.message, providers.possible(of).length === 0 ? 'of' : 'behaviour');
        }
        return {};
      },
    ),
  ];
}

function runningMachines({ executions }: RunningCloud): { name: string; running: number }[] {
  const running = new Map<string, number>();
  for (const { machine } of executions.running()) running.set(machine, (running.get(machine) ?? 0) + 1);
  return [...running]
    .map(([name, number]) => ({ name, running: number }))
    .toSorted((a, b) => b.running - a.running);
}
