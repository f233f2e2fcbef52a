// Business time is what states wait for; retries and the time-outs of calls are the infrastructure's, and hold no business up.
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { TaskCall } from '#lib/local/asl/task-call.ts';
import { type Bench, openBench, roleArn, start } from './step-functions-bench.ts';

const HOUR = 3_600_000;
let bench: Bench;
let calls: TaskCall[];
let answer: (call: TaskCall) => Promise<unknown>;
beforeEach(async () => {
  calls = [];
  bench = await openBench({
    runTask: (call) => {
      calls.push(call);
      return answer(call);
    },
  });
});
afterEach(() => bench.close());

async function started(task: object): Promise<() => Promise<unknown>> {
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'T',
    States: { T: { Type: 'Task', Arguments: { FunctionName: 'f' }, ...task, End: true } },
  });
  const { stateMachineArn } = await bench.client.send(
    new CreateStateMachineCommand({ name: 'm', definition, roleArn }),
  );
  const { executionArn } = await bench.client.send(new StartExecutionCommand({ stateMachineArn }));
  return async () => {
    const { status, error } = await bench.client.send(new DescribeExecutionCommand({ executionArn }));
    return error === undefined ? status : `${status} ${error}`;
  };
}

const INVOKE = 'arn:aws:states:::lambda:invoke';

describe('a task that is tried again', () => {
  it('waits in real time, and business time passes meanwhile', async () => {
    answer = async () => {
      if (calls.length < 3) throw new TaskFailure('Busy');
      return 'done';
    };
    const status = await started({
      Resource: INVOKE,
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 5 }],
    });
    await bench.clock.runUntil(start + 5 * HOUR);
    expect(calls).toHaveLength(1);
    expect(bench.timers.next).toBe(60_000);
    bench.timers.pass(60_000);
    await bench.clock.runUntil(bench.clock.now());
    expect(calls).toHaveLength(2);
    bench.timers.pass(120_000);
    await bench.clock.runUntil(bench.clock.now());
    expect(await status()).toBe('SUCCEEDED');
    expect(bench.clock.now()).toBe(start + 5 * HOUR);
  });
});

describe('a task that gets no answer', () => {
  it('times out in real time where it is a call, and holds business time until then', async () => {
    answer = () => new Promise(() => undefined);
    const status = await started({ Resource: INVOKE, TimeoutSeconds: 30 });
    void bench.clock.runUntil(start + HOUR);
    await expect.poll(() => bench.timers.next).toBe(30_000);
    expect(bench.clock.now()).toBe(start);
    bench.timers.pass(30_000);
    await expect.poll(status).toBe('RUNNING');
  });

  it('times out in business time where it is a callback', async () => {
    answer = async () => ({});
    const status = await started({ Resource: `${INVOKE}.waitForTaskToken`, TimeoutSeconds: 3600 });
    await bench.clock.runUntil(start + HOUR - 1);
    expect([await status(), bench.timers.next]).toEqual(['RUNNING', undefined]);
    await bench.clock.runUntil(start + HOUR);
    expect(await status()).toBe('FAILED States.Timeout');
  });
});
