// lambda:invoke answered in this process: results and errors as Lambda words them.
import { describe, expect, it } from 'vitest';
import { type LambdaHandler, runLambda } from '#lib/local/asl/lambda.ts';
import { run } from './run-machine.ts';

const invoke = (task: object) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'T',
  States: { T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...task } },
});

class Deferred extends Error {
  override readonly name = 'Deferred';
}

const functions = runLambda(
  new Map<string, LambdaHandler>([
    ['echo', (payload) => payload],
    ['nothing', () => undefined],
    [
      'deferred',
      () => {
        throw new Deferred('2026-03-27T11:00:00Z');
      },
    ],
    ['arn:aws:lambda:us-east-1:000000000000:function:echo', (payload) => payload],
  ]),
);

const call = async (Arguments: object) => run(invoke({ Arguments }), {}, functions);

describe('lambda:invoke', () => {
  it('wraps what the function returns', async () => {
    const { execution } = await call({ FunctionName: 'echo', Payload: { a: 1 } });
    expect(execution.output).toEqual({ ExecutedVersion: '$LATEST', Payload: { a: 1 }, StatusCode: 200 });
    expect((await call({ FunctionName: 'nothing' })).execution.output).toMatchObject({ Payload: null });
  });

  it('fails with the name of the error and Lambda’s report as cause', async () => {
    const { execution } = await run(invoke({ Arguments: { FunctionName: 'deferred' } }), {}, functions);
    expect(execution.error).toBe('Deferred');
    expect(JSON.parse(execution.cause ?? '')).toEqual({
      errorMessage: '2026-03-27T11:00:00Z',
      errorType: 'Deferred',
      trace: [],
    });
  });

  it('calls a function by its own ARN without wrapping', async () => {
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:echo';
    const { execution } = await run(invoke({ Resource, Arguments: { a: 1 } }), {}, functions);
    expect(execution.output).toEqual({ a: 1 });
  });

  it.each([
    [{ Arguments: { FunctionName: 'gone' } }, 'Lambda.ResourceNotFoundException', 'gone'],
    [{ Resource: 'arn:aws:states:::sqs:sendMessage' }, 'States.Runtime', 'arn:aws:states:::sqs:sendMessage'],
    [
      { Resource: 'arn:aws:states:::states:startExecution.sync:2' },
      'States.Runtime',
      'startExecution.sync:2',
    ],
    [{ Arguments: { FunctionName: 'echo', Qualifier: '1' } }, 'States.Runtime', 'Qualifier'],
    [{ Arguments: { Payload: {} } }, 'States.Runtime', 'FunctionName'],
  ])('refuses %j by name', async (task, error, named) => {
    const { execution } = await run(invoke(task), {}, functions);
    expect(execution.error).toBe(error);
    expect(execution.cause).toContain(named);
  });
});
