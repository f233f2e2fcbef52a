// Executions survive the process: killed anywhere and brought back from the journal, they end as if nothing had happened, with the same history.
import { describe, expect, it } from 'vitest';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { Json } from '#lib/local/asl/json.ts';
import type { RunTask, TaskCall } from '#lib/local/asl/task-call.ts';
import { NO_CHAOS } from '#lib/local/chaos.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import type { Journal, JournalPart } from '#lib/local/journal/journal.ts';
import { createStateMachines, type StateMachines } from '#lib/local/step-functions/create-state-machines.ts';
import { seeded } from '#lib/local/step-functions/seeded.ts';
import type { StatusEvent } from '#lib/local/step-functions/status-event.ts';
import { holdOf, roleArn, start } from './step-functions-bench.ts';
import { TestTimers } from './test-timers.ts';

/** What is on disk, and what the outside world has in mind: both outlive a process. */
class World {
  records: Json[] = [];
  now = start;
  /** The clock of the process that lives. */
  time = (): number => start;
  /** Answers by token that are on their way: instant → what is sent. */
  readonly answers: { readonly at: number; readonly token: string; readonly seed: number }[] = [];
  readonly statuses: StatusEvent[] = [];
  readonly seed: number;
  calls = 0;
  /** Numbers of calls in the middle of which the process dies. */
  deaths: ReadonlySet<number> = new Set();
  died = Promise.withResolvers<'died'>();

  constructor(seed: number) {
    this.seed = seed;
  }
}

/** A process. */
class Life {
  readonly clock: VirtualClock;
  readonly timers = new TestTimers();
  readonly machines: StateMachines;
  readonly #world: World;
  #part: JournalPart | undefined;
  isOver = false;

  constructor(world: World, runTask: RunTask) {
    this.#world = world;
    this.clock = new VirtualClock(world.now);
    world.time = () => this.clock.now();
    const journal: Journal = {
      register: (part) => {
        this.#part = part;
      },
      append: (_, record) => {
        if (!this.isOver) world.records.push(structuredClone(toPlain(record)));
      },
    };
    this.machines = createStateMachines({
      time: { business: this.clock, infrastructure: this.timers, hold: () => holdOf(this.clock) },
      place: { partition: 'aws', region: 'eu-central-1', account: '000000000000', endpoint: '' },
      journal,
      chaos: NO_CHAOS,
      runTask: (call) => (this.isOver ? new Promise<never>(() => undefined) : runTask(call)),
      onStatus: (event) => world.statuses.push(event),
      random: seeded(world.seed + world.records.length),
    });
  }

  async restore(records: readonly Json[]): Promise<void> {
    for (const record of records) await this.#part?.restore(structuredClone(record));
    await this.machines.goOn();
    await this.clock.runUntil(this.clock.now());
  }

  /** What a new file of the journal would begin with. */
  async snapshot(): Promise<Json[]> {
    const records: Json[] = [];
    for await (const record of this.#part?.snapshot() ?? []) records.push(toPlain(record));
    return records;
  }

  async call(operation: string, input: unknown): Promise<Record<string, unknown>> {
    const request = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(input)),
    };
    const answer = await this.machines.service.answer(operation, request);
    return JSON.parse(String(answer?.body)) as Record<string, unknown>;
  }

  /** The next thing happens: a timer of the infrastructure, an answer by token, or what time brings. Returns whether there was one. */
  async step(): Promise<boolean> {
    const { timers, clock } = this;
    if (timers.next !== undefined) {
      timers.pass(timers.next);
      await clock.runUntil(clock.now());
      return true;
    }
    const { answers } = this.#world;
    answers.sort((a, b) => a.at - b.at || a.seed - b.seed);
    const [answer] = answers;
    const next = clock.next();
    if (answer !== undefined && (next === undefined || answer.at <= next)) {
      await clock.runUntil(answer.at);
      const output = JSON.stringify({ answered: answer.seed % 7 });
      const sent =
        answer.seed % 5 === 0
          ? this.call('SendTaskFailure', { taskToken: answer.token, error: 'No', cause: 'because' })
          : this.call('SendTaskSuccess', { taskToken: answer.token, output });
      // Too late is an answer as well.
      await sent.catch(() => undefined);
      answers.splice(answers.indexOf(answer), 1);
      await clock.runUntil(clock.now());
      return true;
    }
    if (next === undefined || next > start + 400 * 86_400_000) return false;
    await clock.runUntil(next);
    return true;
  }
}

function toPlain(record: Json): Json {
  return JSON.parse(JSON.stringify(record)) as Json;
}

/** A number for a text, the same in each life. */
function hashOf(text: string): number {
  let hash = 7;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return hash;
}

/** Answers by what it is asked alone, so that being asked again makes no difference. */
function answering(world: World): RunTask {
  return async ({ token, execution, state, retryCount, arguments: given }: TaskCall) => {
    world.calls += 1;
    if (world.deaths.has(world.calls)) {
      world.died.resolve('died');
      return new Promise<never>(() => undefined);
    }
    const seed = hashOf(`${world.seed} ${execution.name} ${state} ${retryCount} ${JSON.stringify(given)}`);
    const known = world.answers.some((answer) => answer.token === token);
    if (token !== undefined && seed % 4 !== 0 && !known)
      world.answers.push({ at: world.time() + (seed % 5000) * 60_000, token, seed });
    if (seed % 3 === 0) throw new TaskFailure(seed % 2 === 0 ? 'Busy' : 'Broken', `cause ${seed}`);
    return { seed };
  };
}

const CALL = 'arn:aws:states:::lambda:invoke';
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:f';

/** A random machine of a few states in a row, some of which hold others where it need not be one line of execution. */
function randomMachine(seed: number, inOneLine: boolean): unknown {
  const random = xoroshiro128plus(seed);
  const upTo = (most: number): number => uniformInt(random, 0, most);
  let count = 0;
  const graph = (depth: number): Record<string, unknown> => {
    const names = Array.from({ length: 1 + upTo(2) }, () => `S${(count += 1)}`);
    const states = names.map((name, index) => [name, state(depth, names[index + 1])]);
    return { StartAt: names[0], States: Object.fromEntries(states) as unknown };
  };
  const state = (depth: number, next: string | undefined): unknown => {
    const end = next === undefined ? { End: true } : { Next: next };
    const retry = { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, MaxAttempts: 2 }] };
    const handled =
      upTo(2) === 0 || next === undefined ? {} : { Catch: [{ ErrorEquals: ['States.ALL'], Next: next }] };
    switch (upTo(depth > 1 ? 4 : 7)) {
      case 0:
        return { Type: 'Wait', Seconds: 1 + upTo(200_000), ...end };
      case 1:
        return {
          Type: 'Pass',
          Output: { drawn: '{% $random() %}', id: '{% $uuid() %}', at: '{% $now() %}' },
          ...end,
        };
      case 2:
      case 3:
        return { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 60, ...retry, ...handled, ...end };
      case 4:
        return {
          Type: 'Task',
          Resource: `${CALL}.waitForTaskToken`,
          Arguments: { FunctionName: 'f', Payload: '{% $states.context.Task.Token %}' },
          TimeoutSeconds: 100 + upTo(200_000),
          ...retry,
          ...handled,
          ...end,
        };
      case 5:
        return { Type: 'Parallel', Branches: [graph(depth + 1), graph(depth + 1)], ...handled, ...end };
      default:
        return {
          Type: 'Map',
          Items: [1, 2, 3, 4],
          MaxConcurrency: 2,
          ToleratedFailureCount: upTo(4),
          ItemProcessor: {
            ...graph(depth + 1),
            ...(upTo(1) === 0 ? {} : { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
          },
          ...handled,
          ...end,
        };
    }
  };
  return { QueryLanguage: 'JSONata', ...graph(inOneLine ? 2 : 0) };
}

interface Outcome {
  readonly executions: readonly unknown[];
  readonly statuses: readonly string[];
}

const NAMES = ['first', 'second', 'third'];
const machineOf = (seed: number, inOneLine: boolean) => ({
  name: 'machine',
  definition: JSON.stringify(randomMachine(seed, inOneLine)),
  roleArn,
});

/** Plays three executions to their ends, killed after the given numbers of steps, and in the middle of the given calls. */
async function play(
  seed: number,
  {
    kills = [],
    deaths = [],
    inOneLine = false,
  }: { kills?: readonly number[]; deaths?: readonly number[]; inOneLine?: boolean } = {},
): Promise<Outcome> {
  const world = new World(seed);
  world.deaths = new Set(deaths);
  let life = new Life(world, answering(world));
  const stateMachineArn = life.machines.add(machineOf(seed, inOneLine));
  for (const name of NAMES)
    await life.call('StartExecution', { stateMachineArn, name, input: JSON.stringify({ name }) });
  let ran = await Promise.race([life.clock.runUntil(start).then(() => true), world.died.promise]);
  for (let steps = 0; steps < 3000 && ran !== false; steps += 1) {
    if (ran === 'died' || kills.includes(steps)) {
      life.isOver = true;
      world.now = life.clock.now();
      // Every other time the journal has been written anew, with the old records behind it once more.
      if (steps % 2 === 0) world.records = [...(await life.snapshot()), ...world.records];
      life = new Life(world, answering(world));
      life.machines.add(machineOf(seed, inOneLine));
      world.died = Promise.withResolvers();
      ran = await Promise.race([life.restore(world.records).then(() => true), world.died.promise]);
      if (ran === 'died') continue;
    }
    ran = await Promise.race([life.step(), world.died.promise]);
    world.now = life.clock.now();
  }
  const listed = await life.call('ListExecutions', { stateMachineArn });
  // Their order says nothing: they began at the same instant.
  const byName = (listed['executions'] as { executionArn: string; status: string }[]).toSorted((a, b) =>
    a.executionArn < b.executionArn ? -1 : 1,
  );
  const executions = await Promise.all(
    byName.map(async ({ executionArn, status }) => ({
      description: await life.call('DescribeExecution', { executionArn }),
      runs: await runsOf(life, executionArn),
      // Of what has succeeded before a kill, no history is kept.
      history: status === 'SUCCEEDED' ? [] : await historyOf(life, executionArn),
    })),
  );
  const statuses = world.statuses.map(({ detail }) =>
    JSON.stringify([detail['executionArn'], detail['status']]),
  );
  return { executions, statuses: statuses.toSorted() };
}

async function historyOf(life: Life, executionArn: string): Promise<unknown> {
  return (await life.call('GetExecutionHistory', { executionArn, maxResults: 1000 }))['events'];
}

async function runsOf(life: Life, executionArn: string): Promise<unknown> {
  const { mapRuns } = await life.call('ListMapRuns', { executionArn });
  return Promise.all(
    (mapRuns as { mapRunArn: string }[]).map(({ mapRunArn }) => life.call('DescribeMapRun', { mapRunArn })),
  );
}

function compared({ executions, statuses }: Outcome): unknown {
  return {
    statuses,
    executions: executions.map((one) => {
      const { description, runs, history } = one as {
        description: { status: string };
        runs: unknown;
        history: unknown;
      };
      const isOver = description.status === 'SUCCEEDED';
      return { description, ...(isOver ? {} : { runs, history }) };
    }),
  };
}

function threeOf(random: ReturnType<typeof xoroshiro128plus>): number[] {
  return Array.from({ length: 3 }, () => uniformInt(random, 0, 14));
}

describe('executions that are brought back', () => {
  const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

  it.each(seeds)('end as if nothing had happened (machine %i)', async (seed) => {
    const whole = compared(await play(seed));
    const random = xoroshiro128plus(seed + 1000);
    const all = threeOf(random);
    for (const kill of all) expect(compared(await play(seed, { kills: [kill] }))).toEqual(whole);
    expect(compared(await play(seed, { kills: all }))).toEqual(whole);
  });

  // Where lines of execution run side by side, a call that is made again comes later among the events of the others.
  it.each(seeds)('also in the middle of calls, which are made again (machine %i)', async (seed) => {
    const whole = compared(await play(seed, { inOneLine: true }));
    const random = xoroshiro128plus(seed + 2000);
    const given = { kills: threeOf(random), deaths: threeOf(random), inOneLine: true };
    expect(compared(await play(seed, given))).toEqual(whole);
  });

  it('can be redriven, where they have failed before', async () => {
    const world = new World(1);
    let isMended = false;
    const runTask: RunTask = async () => {
      if (!isMended) throw new TaskFailure('Broken');
      return 'mended';
    };
    const T = { Type: 'Task', Resource: FUNCTION, End: true };
    const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'T', States: { T } });
    const first = new Life(world, runTask);
    const stateMachineArn = first.machines.add({ name: 'machine', definition, roleArn });
    const { executionArn } = await first.call('StartExecution', { stateMachineArn, name: 'n' });
    await first.clock.runUntil(start);
    first.isOver = true;
    isMended = true;
    const second = new Life(world, runTask);
    second.machines.add({ name: 'machine', definition, roleArn });
    await second.restore(world.records);
    const status = async () => (await second.call('DescribeExecution', { executionArn }))['status'];
    expect(await status()).toBe('FAILED');
    await second.call('RedriveExecution', { executionArn });
    await second.clock.runUntil(start);
    expect(await status()).toBe('SUCCEEDED');
  });
});
