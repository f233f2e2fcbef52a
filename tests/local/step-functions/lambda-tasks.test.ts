// Results and errors of functions, as Step Functions hands them to a state.
import { describe, expect, it } from 'vitest';
import { TaskFailure, UnsupportedResource } from '#lib/local/asl/failure.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { parseResource } from '#lib/local/asl/resource.ts';
import { ServiceError } from '#lib/local/gateway/service-error.ts';
import { type InvokedFunctions, runLambdaTasks } from '#lib/local/step-functions/lambda-tasks.ts';

const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:f';

function run(invoke: InvokedFunctions['invoke'], given: Json, arn = 'arn:aws:states:::lambda:invoke') {
  const resource = parseResource(arn);
  if (resource === undefined) throw new Error(`No resource: ${arn}`);
  const execution = { id: 'e', name: 'e', machineName: 'm' };
  const call = { resource, arguments: given, token: undefined, execution, state: 'S', retryCount: 0 };
  return runLambdaTasks({ invoke })(call);
}

const failing =
  (payload: string): InvokedFunctions['invoke'] =>
  async () => ({
    payload,
    functionError: 'Unhandled',
  });

const nothing: InvokedFunctions['invoke'] = async () => ({ payload: '' });

async function failureOf(task: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await task.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof TaskFailure ? [thrown.error, thrown.reason] : thrown;
}

describe('a task that calls a function', () => {
  it('gets the answer with what Lambda says about it, or by the ARN alone the answer', async () => {
    const asked: unknown[] = [];
    const invoke: InvokedFunctions['invoke'] = async (name, payload, options) => {
      asked.push([name, payload, options]);
      return { payload: '{"x":1}' };
    };
    const given = { FunctionName: 'f', Payload: { a: 1 } };
    const answer = { ExecutedVersion: '$LATEST', Payload: { x: 1 }, StatusCode: 200 };
    expect(await run(invoke, given)).toEqual(answer);
    expect(await run(invoke, { a: 2 }, FUNCTION)).toEqual({ x: 1 });
    expect(asked).toEqual([
      ['f', '{"a":1}', { isAsynchronous: false }],
      [FUNCTION, '{"a":2}', { isAsynchronous: false }],
    ]);
  });

  it('gets null where the function answers nothing', async () => {
    expect(await run(nothing, { FunctionName: 'f' })).toMatchObject({ Payload: null });
    expect(await run(nothing, {}, FUNCTION)).toBeNull();
  });

  it('fails with the error of the function, and all that it reported as the cause', async () => {
    const report = '{"errorType":"OutOfStock","errorMessage":"none left","trace":[]}';
    expect(await failureOf(run(failing(report), { FunctionName: 'f' }))).toEqual(['OutOfStock', report]);
    expect(await failureOf(run(failing(report), {}, FUNCTION))).toEqual(['OutOfStock', report]);
  });

  it('fails as unknown where the function tells no type', async () => {
    expect(await failureOf(run(failing('{"errorMessage":"x"}'), { FunctionName: 'f' }))).toEqual([
      'Lambda.Unknown',
      'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"x"}',
    ]);
  });

  it.each(['TooManyRequestsException', 'ResourceNotFoundException'])('fails with Lambda.%s', async (name) => {
    const refused: InvokedFunctions['invoke'] = () => Promise.reject(new ServiceError(name, 'Why.'));
    expect(await failureOf(run(refused, { FunctionName: 'f' }))).toEqual([`Lambda.${name}`, 'Why.']);
  });

  it.each([
    ['arguments that nobody would heed', { FunctionName: 'f', Qualifier: 'live' }, 'Qualifier'],
    ['arguments that name no function', { Payload: {} }, 'FunctionName'],
  ])('refuses %s by name', async (_, given, named) => {
    const refusal: unknown = await run(failing('{}'), given).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnsupportedResource);
    expect((refusal as UnsupportedResource).message).toContain(named);
  });
});
