// Tasks: the events of a call, its result, its time-outs.
import { describe, expect, it } from 'vitest';
import { UnsupportedResource } from '#lib/local/asl/failure.ts';
import { sleepUntil } from '#lib/local/clock.ts';
import { bench, run, start, typesOf } from './run-machine.ts';
import { done, failing, invoke, taskMachine } from './task-machine.ts';

describe('a task', () => {
  it('writes the events of a service integration', async () => {
    const { history } = await run(taskMachine({ TimeoutSeconds: 60 }), {}, async () => ({ StatusCode: 200 }));
    expect(typesOf(history).slice(1, -1)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
    ]);
    expect(history[2]?.details).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      parameters: '{"FunctionName":"f"}',
      timeoutInSeconds: 60,
    });
    expect(history[4]?.details).toEqual({
      resourceType: 'lambda',
      resource: 'invoke',
      output: '{"StatusCode":200}',
      outputDetails: { truncated: false },
    });
  });

  it('writes the events of a function that is named by its own ARN', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    const { history } = await run(taskMachine({ Resource, Arguments: { a: 1 } }), {}, async () => ({ b: 2 }));
    expect(typesOf(history).slice(2, 5)).toEqual([
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
    ]);
    expect(history[2]?.details).toMatchObject({ resource: Resource, input: '{"a":1}' });
    const failed = await run(taskMachine({ Resource }), {}, failing('Broken'));
    expect(failed.history.at(-2)).toMatchObject({
      type: 'LambdaFunctionFailed',
      details: { error: 'Broken', cause: 'cause of Broken' },
    });
  });

  it('uses the state input where it has no Arguments, and splits an SDK resource as AWS does', async () => {
    const Resource = 'arn:aws:states:::aws-sdk:sesv2:sendEmail';
    const { history } = await run(
      taskMachine({ Resource, Arguments: undefined }),
      { to: 'x' },
      async () => undefined,
    );
    expect(history[2]?.details).toMatchObject({
      resourceType: 'aws-sdk:sesv2',
      resource: 'sendEmail',
      parameters: '{"to":"x"}',
    });
    expect(history.at(-1)?.details).toMatchObject({ output: 'null' });
  });

  it('fails the execution, uncaught, for a resource that the dispatcher does not know', async () => {
    const { execution, history } = await run(
      taskMachine({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }, done),
      {},
      async (call) => {
        throw new UnsupportedResource(call.resource.arn);
      },
    );
    expect([execution.status, execution.error]).toEqual(['FAILED', 'States.Runtime']);
    expect(execution.cause).toContain(`The resource '${invoke}' is not supported locally.`);
    expect(typesOf(history).slice(2)).toEqual(['TaskScheduled', 'TaskStarted', 'ExecutionFailed']);
  });

  it('lets a fault of the handler through instead of calling it a failed task', async () => {
    const { clock, begin } = bench(async () => {
      throw new TypeError('a bug');
    });
    begin(taskMachine({}));
    await expect(clock.runAll()).rejects.toThrow('a bug');
  });

  it('sheds what is not JSON from a result', async () => {
    const { execution } = await run(taskMachine({}), {}, async () => ({
      at: new Date(0),
      gone: undefined,
      list: [undefined],
    }));
    expect(execution.output).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [null] });
  });
});

describe('the result of a task', () => {
  it('is what Output and Assign see, with the variables of before', async () => {
    const { execution, history } = await run(
      taskMachine({
        Assign: { n: '{% $states.result.n %}', twice: '{% $exists($n) ? $n * 2 : 0 %}' },
        Output: { got: '{% $states.result.n + $states.input.n %}' },
      }),
      { n: 1 },
      async () => ({ n: 41 }),
    );
    expect(execution.output).toEqual({ got: 42 });
    const exited = history.find((event) => event.type === 'TaskStateExited');
    expect(exited?.details?.['assignedVariables']).toEqual({ n: '41', twice: '0' });
  });
});

describe('time-outs', () => {
  it('end a task whose handler takes longer in virtual time, and what it answers later goes unheard', async () => {
    const { clock, interpreter, begin } = bench(async () => {
      await sleepUntil(clock, clock.now() + 10_000);
      return 'late';
    });
    const { id } = begin(taskMachine({ TimeoutSeconds: '{% $states.input.limit %}' }), { limit: 5 });
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      stopDate: start + 5_000,
    });
    expect(typesOf(interpreter.history(id)).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  });

  it('do not end a task that is in time', async () => {
    const { clock, interpreter, begin } = bench(async () => {
      await sleepUntil(clock, clock.now() + 4_999);
      return 'in time';
    });
    const { id } = begin(taskMachine({ TimeoutSeconds: 5 }));
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({ status: 'SUCCEEDED', output: 'in time' });
    expect(clock.now()).toBe(start + 4_999);
  });

  it.each([
    ['0', 'The TimeoutSeconds field must be a whole number from 1 to 99999999 but was: 0'],
    ['"5"', "returned an unexpected result type. Expected 'number', but was 'string' for value: \"5\""],
  ])('fail the state when their expression gives %s', async (text, cause) => {
    const { execution } = await run(taskMachine({ TimeoutSeconds: `{% ${text} %}` }), {}, async () => null);
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toContain(cause);
  });
});
