// Map: which events it writes, how those are linked, and what a failing iteration cuts. The shapes were read off AWS
// (https://github.com/floci-io/floci/pull/3167 and recordings of the LocalStack project).
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '#lib/local/asl/history.ts';
import { sleepUntil } from '#lib/local/clock.ts';
import { bench, run, start, typesOf } from './run-machine.ts';

const jsonata = (states: object, startAt = 'P') => ({
  QueryLanguage: 'JSONata',
  StartAt: startAt,
  States: states,
});
const pass = (name: string, rest: object = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Pass', End: true, ...rest } },
});
const previous = (history: readonly HistoryEvent[]) => history.map((event) => event.previousEventId);
const send = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };

const map = (rest: object, processor: object = pass('Item')) =>
  jsonata({
    P: {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...processor },
      End: true,
      ...rest,
    },
  });

describe('a Map state', () => {
  it('starts as many iterations as allowed, each on a chain of its own', async () => {
    const { execution, history } = await run(map({}), [1, 2]);
    expect(execution.output).toEqual([1, 2]);
    expect(typesOf(history).slice(2, 5)).toEqual([
      'MapStateStarted',
      'MapIterationStarted',
      'MapIterationStarted',
    ]);
    expect(previous(history)).toEqual([0, 0, 2, 3, 3, 4, 6, 7, 5, 9, 10, 11, 11, 13]);
    expect(history[2]?.details).toEqual({ length: 2 });
  });

  it('links the next iteration to the one that made room for it', async () => {
    const { history } = await run(map({ MaxConcurrency: 1 }), [1, 2]);
    expect(typesOf(history).slice(3, 11)).toEqual([
      'MapIterationStarted',
      'PassStateEntered',
      'PassStateExited',
      'MapIterationSucceeded',
      'MapIterationStarted',
      'PassStateEntered',
      'PassStateExited',
      'MapIterationSucceeded',
    ]);
    // The second iteration points past MapIterationSucceeded.
    expect(previous(history).slice(3, 8)).toEqual([3, 4, 5, 6, 6]);
  });

  it('runs at most 40 iterations at a time', async () => {
    const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 10, End: true } } };
    const items = Array.from({ length: 100 }, (_, index) => index);
    const { execution } = await run(map({}, wait), items);
    expect((execution.stopDate ?? 0) - execution.startDate).toBe(30_000);
    const { execution: wider } = await run(map({ MaxConcurrency: 1000 }, wait), items);
    expect((wider.stopDate ?? 0) - wider.startDate).toBe(30_000);
  });

  it('fails where an iteration fails, before and after MapStateFailed', async () => {
    const { execution, history } = await run(
      map({ MaxConcurrency: 1 }, pass('Undef', { Output: { v: '{% $states.input.missing %}' } })),
      [1, 2],
    );
    expect(typesOf(history).slice(3)).toEqual([
      'MapIterationStarted',
      'PassStateEntered',
      'EvaluationFailed',
      'MapIterationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(previous(history)).toEqual([0, 0, 2, 3, 4, 5, 6, 6, 8]);
    expect(execution.cause).toContain("the state 'Undef' (entered at the event id #5)");
  });

  it('cuts the other iterations, in order of the items', async () => {
    const route = {
      StartAt: 'Route',
      States: {
        Route: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input = "fail" %}', Next: 'Pause' }],
          Default: 'Long',
        },
        Pause: { Type: 'Wait', Seconds: 1, Next: 'Boom' },
        Boom: { Type: 'Fail', Error: 'Boom' },
        Long: { Type: 'Wait', Seconds: 20, End: true },
      },
    };
    const { history } = await run(map({}, route), ['wait', 'fail', 'wait']);
    const tail = history.slice(history.findIndex((event) => event.type === 'FailStateEntered') + 1);
    expect(tail.map((event) => [event.type, event.details?.['index']])).toEqual([
      ['MapIterationAborted', 0],
      ['WaitStateAborted', undefined],
      ['MapIterationFailed', 1],
      ['MapIterationAborted', 2],
      ['WaitStateAborted', undefined],
      ['MapStateFailed', undefined],
      ['ExecutionFailed', undefined],
    ]);
    expect(new Set(tail.slice(0, -1).map((event) => event.previousEventId)).size).toBe(1);
  });

  it('records tasks that time out together as AWS did', async () => {
    const call = { StartAt: 'Call', States: { Call: { ...send, TimeoutSeconds: 5, End: true } } };
    const { clock, interpreter, begin } = bench(async () => sleepUntil(clock, start + 60_000));
    const { id } = begin(map({}, call), [0, 1]);
    await clock.runAll();
    const history = interpreter.history(id);
    expect(typesOf(history).slice(3)).toEqual([
      'MapIterationStarted',
      'MapIterationStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskTimedOut',
      'TaskTimedOut',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
    expect(interpreter.describe(id)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      cause: undefined,
    });
  });

  it('evaluates ItemSelector for each item before its iteration starts', async () => {
    const selector = {
      item: '{% $states.context.Map.Item.Value.v %}',
      index: '{% $states.context.Map.Item.Index %}',
    };
    const items = '{% $states.input.list %}';
    const good = await run(map({ Items: items, ItemSelector: selector }), { list: [{ v: 'a' }, { v: 'b' }] });
    expect(good.execution.output).toEqual([
      { item: 'a', index: 0 },
      { item: 'b', index: 1 },
    ]);
    const bad = await run(map({ Items: items, ItemSelector: selector, MaxConcurrency: 1 }), {
      list: [{ v: 'a' }, {}],
    });
    expect(typesOf(bad.history).slice(-3)).toEqual(['EvaluationFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(bad.history.at(-3)?.details).toMatchObject({ location: 'ItemSelector/item', state: 'P' });
  });

  it('tolerates as many failures as it is told', async () => {
    const odd = {
      StartAt: 'C',
      States: {
        C: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $states.input % 2 = 0 %}', Next: 'Ok' }],
          Default: 'Boom',
        },
        Ok: { Type: 'Succeed' },
        Boom: { Type: 'Fail', Error: 'Odd' },
      },
    };
    const tolerated = await run(map({ ToleratedFailureCount: 2 }, odd), [1, 2, 3, 4]);
    expect(tolerated.execution.output).toEqual([2, 4]);
    const share = await run(map({ ToleratedFailurePercentage: 50 }, odd), [1, 2, 3, 4]);
    expect(share.execution.output).toEqual([2, 4]);
    const exceeded = await run(map({ ToleratedFailureCount: 1 }, odd), [1, 2, 3, 4]);
    expect(exceeded.execution.error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('reads the variables around it and keeps its own', async () => {
    const { execution } = await run(
      jsonata(
        {
          Set: { Type: 'Pass', Assign: { base: 10 }, Next: 'M' },
          M: {
            Type: 'Map',
            ItemProcessor: {
              StartAt: 'Add',
              States: {
                Add: { Type: 'Pass', Assign: { own: '{% $base + $states.input %}' }, Next: 'Tell' },
                Tell: { Type: 'Pass', Output: '{% $own %}', End: true },
              },
            },
            Assign: { total: '{% $sum($states.result) %}' },
            Next: 'End',
          },
          End: { Type: 'Pass', Output: { total: '{% $total %}', own: '{% $exists($own) %}' }, End: true },
        },
        'Set',
      ),
      [1, 2],
    );
    expect(execution.output).toEqual({ total: 23, own: false });
  });
});
