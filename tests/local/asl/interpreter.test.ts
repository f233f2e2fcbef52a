// Starting, stopping and describing executions, and the limits that AWS puts on them.
import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { sleepUntil } from '#lib/local/clock.ts';
import { bench, refusalOf, run, start, typesOf } from './run-machine.ts';

const day = 24 * 60 * 60 * 1000;
const one = (state: object) => ({ QueryLanguage: 'JSONata', StartAt: 'S', States: { S: state } });
const wait = (seconds: number) => one({ Type: 'Wait', Seconds: seconds, End: true });
describe('starting an execution', () => {
  it('is idempotent while it runs with the same input, and refused otherwise', async () => {
    const { clock, interpreter, begin } = bench();
    const first = begin(wait(60), { a: 1 });
    expect(begin(wait(60), { a: 1 }).id).toBe(first.id);
    expect(refusalOf(() => begin(wait(60), { a: 2 }))).toBe('ExecutionAlreadyExists');
    await clock.runAll();
    expect(refusalOf(() => begin(wait(60), { a: 1 }))).toBe('ExecutionAlreadyExists');
    expect([...interpreter.executions()]).toHaveLength(1);
    expect(interpreter.executionId('machine', 'test')).toBe(first.id);
  });

  it.each(['', 'with space', 'a:b', 'a/b', 'x'.repeat(81), 'a\u0000'])('refuses the name %j', (name) => {
    expect(refusalOf(() => bench().begin(wait(1), {}, name))).toBe('InvalidName');
  });

  it('refuses an input above 256 KiB and takes one just below', () => {
    expect(refusalOf(() => bench().begin(wait(1), 'x'.repeat(262_143)))).toBe('InvalidExecutionInput');
    expect(refusalOf(() => bench().begin(wait(1), 'x'.repeat(262_142)))).toBe('accepted');
    expect(refusalOf(() => bench().begin(wait(1), 'é'.repeat(131_072)))).toBe('InvalidExecutionInput');
  });
});

describe('stopping an execution', () => {
  it('ends it at once and cancels everything in flight', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } },
            {
              StartAt: 'T',
              States: {
                T: {
                  Type: 'Task',
                  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                  TimeoutSeconds: 900,
                  End: true,
                },
              },
            },
            {
              StartAt: 'M',
              States: {
                M: {
                  Type: 'Map',
                  Items: [1, 2],
                  ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Wait', Seconds: 300, End: true } } },
                  End: true,
                },
              },
            },
          ],
          End: true,
        },
      },
    };
    const ended: string[] = [];
    const { clock, interpreter, begin } = bench(async () => null, {
      onEnd: ({ status }) => ended.push(status),
    });
    const { id } = begin(definition);
    await clock.runUntil(start + 60_000);
    interpreter.stop(id, 'Mine', 'because');
    expect(interpreter.describe(id)).toMatchObject({
      status: 'ABORTED',
      error: 'Mine',
      cause: 'because',
      stopDate: start + 60_000,
    });
    expect(interpreter.history(id).at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      details: { error: 'Mine', cause: 'because' },
    });
    expect([clock.pending, ended]).toEqual([0, ['ABORTED']]);
    const events = interpreter.history(id).length;
    await clock.runAll();
    interpreter.stop(id);
    expect([interpreter.history(id).length, interpreter.describe(id).status, ended]).toEqual([
      events,
      'ABORTED',
      ['ABORTED'],
    ]);
  });

  it('leaves a handler that is still at work unheard', async () => {
    const { clock, interpreter, begin } = bench(async () => {
      await sleepUntil(clock, start + 10_000);
      return 'late';
    });
    const { id } = begin(one({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }));
    await clock.runUntil(start + 1_000);
    interpreter.stop(id);
    await clock.runAll();
    expect(typesOf(interpreter.history(id)).at(-1)).toBe('ExecutionAborted');
  });

  it('may be done by a handler of the execution itself', async () => {
    const { clock, interpreter, begin } = bench(async (call) => {
      interpreter.stop(call.execution.id);
      return null;
    });
    const { id } = begin(one({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }));
    await clock.runAll();
    expect(typesOf(interpreter.history(id)).slice(-2)).toEqual(['TaskStarted', 'ExecutionAborted']);
  });

  it('knows only executions that were started', () => {
    const { interpreter } = bench();
    expect(refusalOf(() => interpreter.stop('gone'))).toBe('ExecutionDoesNotExist');
    expect(refusalOf(() => interpreter.describe('gone'))).toBe('ExecutionDoesNotExist');
  });
});

describe('an execution ends by itself', () => {
  it('as timed out, without error and cause, when the machine’s time is up', async () => {
    const { clock, interpreter, begin } = bench();
    const { id } = begin({ ...wait(25), TimeoutSeconds: 3 });
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({
      status: 'TIMED_OUT',
      error: undefined,
      cause: undefined,
      stopDate: start + 3_000,
    });
    expect(interpreter.history(id).at(-1)).toEqual({
      id: 3,
      previousEventId: 0,
      timestamp: start + 3_000,
      type: 'ExecutionTimedOut',
      details: { error: 'States.Timeout' },
    });
    expect(clock.now()).toBe(start + 3_000);
  });

  it('after a year', async () => {
    const { execution } = await run(wait(99_999_999));
    expect([execution.status, (execution.stopDate ?? 0) - start]).toEqual(['TIMED_OUT', 365 * day]);
  });

  it('not before: a wait of 300 days is one', async () => {
    const { execution } = await run(wait((300 * day) / 1000));
    expect([execution.status, (execution.stopDate ?? 0) - start]).toEqual(['SUCCEEDED', 300 * day]);
  });

  it.each(['full', 'count'] as const)('at 25,000 events, with histories in %s', async (history) => {
    const { clock, interpreter, begin } = bench(undefined, { history });
    const loop = {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.again %}', Next: 'S' }],
      Default: 'End',
    };
    const { id } = begin(
      { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: loop, End: { Type: 'Succeed' } } },
      { again: true },
    );
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
      eventCount: 25_000,
      transitions: 12_499,
    });
    expect(interpreter.history(id)).toHaveLength(history === 'full' ? 25_000 : 0);
    expect(interpreter.history(id).at(-2)?.type).toBe(history === 'full' ? 'ChoiceStateExited' : undefined);
  });

  it('when a state carries more than 256 KiB', async () => {
    const grow = (Output: Json) => one({ Type: 'Pass', Output, End: true });
    const big = await run(grow('{% $join($map([1..262143], function($v) { "x" })) %}'));
    expect(big.execution.error).toBe('States.DataLimitExceeded');
    expect(big.execution.cause).toContain(
      "The state/task 'S' returned a result with a size exceeding the maximum number of bytes service limit.",
    );
    const fits = await run(grow('{% $join($map([1..262142], function($v) { "x" })) %}'));
    expect(fits.execution.status).toBe('SUCCEEDED');
    const assigned = await run(
      one({
        Type: 'Pass',
        Assign: { a: '{% $pad("", 200000, "x") %}', b: '{% $pad("", 100000, "x") %}' },
        End: true,
      }),
    );
    expect(assigned.execution.error).toBe('States.DataLimitExceeded');
  });
});

describe('what is kept', () => {
  it('are the transitions: states entered', async () => {
    const entered: string[] = [];
    const { clock, interpreter, begin } = bench(undefined, {
      history: 'count',
      onStateEntered: (execution, state) => entered.push(`${execution.name} ${state.type} ${state.name}`),
    });
    const { id } = begin({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } },
    });
    await clock.runAll();
    expect(entered).toEqual(['test Pass A', 'test Succeed B']);
    expect(interpreter.describe(id)).toMatchObject({ transitions: 2, eventCount: 6 });
    expect(interpreter.history(id)).toEqual([]);
  });

  it('may be forgotten, but for the name', async () => {
    const ended: [string, Json | undefined][] = [];
    const { clock, interpreter, begin } = bench(undefined, {
      forgetEnded: true,
      onEnd: ({ name, output }) => ended.push([name, output]),
    });
    const { id } = begin(wait(1), { a: 1 });
    interpreter.forget(id);
    expect(interpreter.describe(id).status).toBe('RUNNING');
    await clock.runAll();
    expect(ended).toEqual([['test', { a: 1 }]]);
    expect(refusalOf(() => interpreter.describe(id))).toBe('ExecutionDoesNotExist');
    expect(refusalOf(() => begin(wait(1), { a: 1 }))).toBe('ExecutionAlreadyExists');
  });
});
