// Retry and Catch: who takes which error, how often, and how long it waits.
import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { sleepUntil } from '#lib/local/clock.ts';
import { bench, run, start, typesOf } from './run-machine.ts';
import { done, failing, taskMachine } from './task-machine.ts';

async function isCaught(errorEquals: string[], error: string): Promise<boolean> {
  const { execution } = await run(
    taskMachine({ Catch: [{ ErrorEquals: errorEquals, Next: 'Done' }] }, done),
    {},
    failing(error),
  );
  return execution.status === 'SUCCEEDED';
}

describe('retries', () => {
  it('wait longer each time, up to the longest delay, and count in the context', async () => {
    const handler = failing('A', 'A', 'A', 'A');
    const { clock, interpreter, begin } = bench(handler);
    handler.now = () => (clock.now() - start) / 1000;
    const { id } = begin(
      taskMachine({
        Arguments: { attempt: '{% $states.context.State.RetryCount %}' },
        Retry: [
          { ErrorEquals: ['A'], IntervalSeconds: 60, BackoffRate: 3, MaxAttempts: 5, MaxDelaySeconds: 600 },
        ],
      }),
    );
    await clock.runAll();
    expect(handler.calls.map(([at]) => at)).toEqual([0, 60, 240, 780, 1_380]);
    expect(
      handler.calls.map(([, call]) => [call.retryCount, (call.arguments as { attempt: Json }).attempt]),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(interpreter.describe(id)).toMatchObject({ status: 'SUCCEEDED', output: 5, transitions: 5 });
  });

  it('default to three, after 1, 2 and 4 seconds', async () => {
    const { execution } = await run(
      taskMachine({ Retry: [{ ErrorEquals: ['States.ALL'] }] }),
      {},
      failing('A', 'A', 'A', 'A'),
    );
    expect([execution.status, (execution.stopDate ?? 0) - start]).toEqual(['FAILED', 7_000]);
  });

  it('draw full jitter from the random source', async () => {
    const Retry = [{ ErrorEquals: ['A'], IntervalSeconds: 100, JitterStrategy: 'FULL' }];
    const { execution } = await run(taskMachine({ Retry }), {}, failing('A'));
    expect((execution.stopDate ?? 0) - start).toBe(50_000);
  });

  it('count per retrier, and the first that matches decides', async () => {
    const handler = failing('A', 'B', 'A', 'A');
    const { execution } = await run(
      taskMachine({
        Retry: [
          { ErrorEquals: ['A'], MaxAttempts: 2 },
          { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
        ],
      }),
      {},
      handler,
    );
    expect([execution.status, execution.error, handler.calls.length]).toEqual(['FAILED', 'A', 4]);
  });

  it('are not taken for an error that another retrier forbids', async () => {
    const handler = failing('Deferred');
    const { execution } = await run(
      taskMachine({
        Retry: [{ ErrorEquals: ['Deferred'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      }),
      {},
      handler,
    );
    expect([execution.error, handler.calls.length]).toEqual(['Deferred', 1]);
  });

  it('report a failing expression at each attempt', async () => {
    const { history } = await run(
      taskMachine({
        Arguments: { x: '{% $states.input.no %}' },
        Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
      }),
    );
    expect(typesOf(history)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'EvaluationFailed',
      'EvaluationFailed',
      'ExecutionFailed',
    ]);
    expect(history.map((event) => event.previousEventId)).toEqual([0, 0, 2, 3, 4]);
  });
});

describe('catchers', () => {
  it.each([
    [['Mine'], 'Mine', true],
    [['Other'], 'Mine', false],
    [['States.ALL'], 'Mine', true],
    [['States.TaskFailed'], 'Mine', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.ALL'], 'States.DataLimitExceeded', false],
    [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
    [['States.ALL'], 'States.Runtime', false],
    [['States.Runtime'], 'States.Runtime', false],
  ])('%j for %s: %s', async (errorEquals, error, expected) => {
    expect(await isCaught(errorEquals, error)).toBe(expected);
  });

  it('give error and cause to the next state, to Output and to Assign', async () => {
    const plain = await run(
      taskMachine({ Catch: [{ ErrorEquals: ['A'], Next: 'Done' }] }, done),
      {},
      failing('A'),
    );
    expect(plain.execution.output).toEqual({ Error: 'A', Cause: 'cause of A' });
    const { execution, history } = await run(
      taskMachine(
        {
          Catch: [
            {
              ErrorEquals: ['A'],
              Output: '{% $states.errorOutput.Error & "!" %}',
              Assign: { why: '{% $states.errorOutput.Cause %}', was: '{% $states.input %}' },
              Next: 'Done',
            },
          ],
        },
        done,
      ),
      { n: 1 },
      failing('A'),
    );
    expect(execution.output).toBe('A!');
    expect(history.find((event) => event.type === 'TaskStateExited')?.details?.['assignedVariables']).toEqual(
      {
        why: '"cause of A"',
        was: '{"n":1}',
      },
    );
  });

  it('see an empty cause for a time-out', async () => {
    const { clock, interpreter, begin } = bench(async () => sleepUntil(clock, start + 60_000));
    const { id } = begin(
      taskMachine({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Done' }] }, done),
    );
    await clock.runAll();
    expect(interpreter.describe(id).output).toEqual({ Error: 'States.Timeout', Cause: '' });
  });
});
