// The machine that asks everybody, through the API: its parts are executions of their own, and go on after a redrive.
import { readFileSync } from 'node:fs';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateMapRunCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { TaskCall } from '#lib/local/asl/task-call.ts';
import { type Bench, errorOf, openBench, roleArn, start } from './step-functions-bench.ts';

interface Page {
  readonly shard: string;
  readonly cursor: number | null;
}

let bench: Bench;
/** Of the call's page; throws where the part fails. */
let answer: (page: Page) => unknown;
/** Parts that were in their first state at the same time. */
let most: number;
beforeEach(async () => {
  most = 0;
  bench = await openBench({
    runTask: async (call: TaskCall) => {
      const { Payload } = call.arguments as unknown as { Payload: Page };
      most = Math.max(most, bench.machines.running.counts().get('audience/all')?.get('Ask a page') ?? 0);
      return { Payload: answer(Payload) };
    },
  });
});
afterEach(() => bench.close());

/** Three pages for each part. */
const threePages = ({ cursor }: Page) => {
  const page = cursor ?? 0;
  return { cursor: page === 2 ? null : page + 1, asked: 10, starts: 1, untold: 0 };
};

async function asked(): Promise<string> {
  const definition = readFileSync('tests/infra/audience-machine.json', 'utf8').replaceAll(
    '${TellCustomers}',
    'tell-customers',
  );
  const { stateMachineArn } = await bench.client.send(
    new CreateStateMachineCommand({ name: 'audience', definition, roleArn }),
  );
  const { executionArn = '' } = await bench.client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'everybody' }),
  );
  return executionArn;
}

/** Lets everything happen, retries too. */
async function settle(): Promise<void> {
  await bench.clock.runUntil(bench.clock.now());
  while (bench.timers.next !== undefined) {
    bench.timers.pass(bench.timers.next);
    await bench.clock.runUntil(bench.clock.now());
  }
}

const described = (executionArn: string) => bench.client.send(new DescribeExecutionCommand({ executionArn }));

async function runsOf(executionArn: string) {
  const { mapRuns = [] } = await bench.client.send(new ListMapRunsCommand({ executionArn }));
  return Promise.all(
    mapRuns.map(({ mapRunArn }) => bench.client.send(new DescribeMapRunCommand({ mapRunArn }))),
  );
}

const typesOf = async (executionArn: string) =>
  (await bench.client.send(new GetExecutionHistoryCommand({ executionArn }))).events?.map(({ type }) => type);

describe('the machine that asks everybody', () => {
  it('asks each part in an execution of its own, as many at a time as it may', async () => {
    answer = threePages;
    const executionArn = await asked();
    await settle();
    const { status, output = '' } = await described(executionArn);
    expect([status, JSON.parse(output)]).toEqual(['SUCCEEDED', { asked: 7680, starts: 768, untold: 0 }]);
    expect(most).toBe(16);
    const [run, ...others] = await runsOf(executionArn);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      executionArn,
      status: 'SUCCEEDED',
      maxConcurrency: 16,
      executionCounts: { total: 256, succeeded: 256, pending: 0, running: 0 },
    });
    expect(run?.mapRunArn).toMatch(
      /^arn:aws:states:eu-central-1:000000000000:mapRun:audience\/all:[\da-f-]{36}$/,
    );
    expect(await typesOf(executionArn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ChoiceStateEntered',
      'ChoiceStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    const children = await bench.client.send(
      new ListExecutionsCommand({ mapRunArn: run?.mapRunArn, statusFilter: 'SUCCEEDED', maxResults: 1000 }),
    );
    expect(children.executions).toHaveLength(256);
    const child = await described(children.executions?.at(-1)?.executionArn ?? '');
    expect(child.stateMachineArn).toBe('arn:aws:states:eu-central-1:000000000000:stateMachine:audience/all');
    expect(child.executionArn).toMatch(/:execution:audience\/all:[\da-f-]{36}$/);
    expect(JSON.parse(child.input ?? '')).toMatchObject({ shard: '00', cursor: null });
    expect(JSON.parse(child.output ?? '')).toMatchObject({ shard: '00', asked: 30 });
  });

  it('fails where parts cannot be asked, and goes on with these at their cursors when it is redriven', async () => {
    let isBroken = true;
    const again: Page[] = [];
    answer = (page) => {
      if (!isBroken) again.push(page);
      if (isBroken && page.shard === '7f' && page.cursor === 1) throw new TaskFailure('UnknownEvent');
      return threePages(page);
    };
    const executionArn = await asked();
    await settle();
    expect((await described(executionArn)).error).toBe('States.ExceedToleratedFailureThreshold');
    const left = (await runsOf(executionArn))[1];
    expect(left).toMatchObject({ status: 'FAILED', executionCounts: { total: 1, failed: 1 } });

    isBroken = false;
    await bench.client.send(new RedriveExecutionCommand({ executionArn }));
    expect((await described(executionArn)).status).toBe('RUNNING');
    await settle();
    const { status, output = '', redriveCount } = await described(executionArn);
    expect([status, redriveCount]).toEqual(['SUCCEEDED', 1]);
    expect(JSON.parse(output)).toMatchObject({ asked: 7680 });
    expect(again.map(({ shard, cursor }) => [shard, cursor])).toEqual([
      ['7f', 1],
      ['7f', 2],
    ]);
    expect((await runsOf(executionArn))[1]).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(await typesOf(executionArn)).toEqual(
      expect.arrayContaining(['MapRunFailed', 'ExecutionRedriven', 'MapRunRedriven']),
    );
    const once = bench.client.send(new RedriveExecutionCommand({ executionArn }));
    expect(await errorOf(once)).toBe('ExecutionNotRedrivable');
  });

  it('takes its parts with it when it is stopped, and goes on with them', async () => {
    answer = () => {
      throw new TaskFailure('Busy');
    };
    const executionArn = await asked();
    await bench.clock.runUntil(start);
    expect((await runsOf(executionArn))[0]?.executionCounts).toMatchObject({ running: 16, pending: 240 });
    await bench.client.send(new StopExecutionCommand({ executionArn }));
    expect((await runsOf(executionArn))[0]).toMatchObject({
      status: 'ABORTED',
      executionCounts: { running: 0, aborted: 16, pending: 240 },
    });
    expect(bench.timers.next).toBeUndefined();
    expect(bench.machines.running.counts().size).toBe(0);
    answer = threePages;
    await bench.client.send(new RedriveExecutionCommand({ executionArn }));
    await settle();
    expect(JSON.parse((await described(executionArn)).output ?? '')).toMatchObject({ asked: 7680 });
  });

  it('runs more parts at a time when it is told so', async () => {
    answer = () => {
      throw new TaskFailure('Busy');
    };
    const executionArn = await asked();
    await bench.clock.runUntil(start);
    const [run] = await runsOf(executionArn);
    await bench.client.send(new UpdateMapRunCommand({ mapRunArn: run?.mapRunArn, maxConcurrency: 40 }));
    await bench.clock.runUntil(start);
    expect((await runsOf(executionArn))[0]?.executionCounts?.running).toBe(40);
  });
});
