import { InvokeCommand, LambdaClient, type InvokeCommandOutput } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionCalls } from '#lib/adapters/aws/functions.ts';
import type { OutsideCall } from '#lib/engine/ports.ts';

const client = mockClient(LambdaClient);
// Test files share one process: a class that stays mocked would answer others too.
afterAll(() => client.restore());
beforeEach(() => client.reset());
const calls = createFunctionCalls(new LambdaClient({}), new Map([['risk', 'shop-churn-score']]));
const call: OutsideCall = { kind: 'function', name: 'risk', key: 'r/s/1', customer: 'c', body: { order: 7 } };

function answers(value: string, failed?: string): void {
  const payload = Buffer.from(value) as unknown as NonNullable<InvokeCommandOutput['Payload']>;
  client
    .on(InvokeCommand)
    .resolves({ Payload: payload, ...(failed === undefined ? {} : { FunctionError: failed }) });
}

describe('a function that a journey calls', () => {
  it('is told its input and the key of the step, and answers', async () => {
    answers('{"score":0.7}');
    expect(await calls.call(call)).toEqual({ kind: 'answered', value: { score: 0.7 } });
    const { FunctionName: name, Payload: payload } =
      client.commandCalls(InvokeCommand)[0]?.args[0].input ?? {};
    expect(name).toBe('shop-churn-score');
    expect(JSON.parse(Buffer.from(payload as Uint8Array).toString())).toEqual({
      idempotencyKey: 'r/s/1',
      input: { order: 7 },
    });
  });

  it('that throws has refused, and nothing that it says is told: it may be a customer', async () => {
    answers('{"errorType":"ada@example.com","errorMessage":"ada@example.com"}', 'Unhandled');
    expect(await calls.call(call)).toEqual({ kind: 'refused', reason: 'the function failed' });
  });

  it.each(['Sandbox.Timedout', 'Runtime.ExitError'])('that was cut off is asked again: %s', async (type) => {
    answers(JSON.stringify({ errorType: type }), 'Unhandled');
    expect(await calls.call(call)).toEqual({ kind: 'try later', reason: 'the function was cut off' });
  });

  it('that answers with no JSON or with too much has no usable answer', async () => {
    answers('OK');
    expect(await calls.call(call)).toEqual({ kind: 'answered', value: null });
    answers(JSON.stringify('x'.repeat(1024 * 1024)));
    expect(await calls.call(call)).toEqual({ kind: 'refused', reason: 'the answer is too large' });
  });

  it.each([
    ['TooManyRequestsException', 'try later', 'throttled'],
    ['TimeoutError', 'try later', 'no answer in time'],
    ['ResourceNotFoundException', 'try later', 'ResourceNotFoundException'],
    ['AccessDeniedException', 'try later', 'AccessDeniedException'],
    ['ServiceException', 'try later', 'ServiceException'],
    ['RequestTooLargeException', 'refused', 'RequestTooLargeException'],
  ])('that Lambda does not call: %s', async (name, kind, reason) => {
    client.on(InvokeCommand).rejects(Object.assign(new Error('details'), { name }));
    expect(await calls.call(call)).toEqual({ kind, reason });
  });

  it('that the settings do not name may come with the next deployment', async () => {
    expect(await calls.call({ ...call, name: 'unheard' })).toMatchObject({ kind: 'try later' });
  });
});
