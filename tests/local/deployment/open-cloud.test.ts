// The services of one deployment, put together: what they owe to one another, seen by clients.
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FUNCTION_ACCESS_KEY } from '#lib/local/gateway/gateway.ts';
import { openSmallCloud, REGION, type SmallCloud } from '../gateway/small-cloud.ts';

let small: SmallCloud;
beforeAll(async () => {
  small = await openSmallCloud();
});
afterAll(async () => {
  await small[Symbol.asyncDispose]();
});

function lambda(accessKeyId: string): LambdaClient {
  const credentials = { accessKeyId, secretAccessKey: 'any' };
  return new LambdaClient({
    endpoint: small.cloud.place.endpoint,
    region: REGION,
    credentials,
    maxAttempts: 1,
  });
}

it('a function that is not there is answered for when a function calls it, and is not found by an operator', async () => {
  const call = new InvokeCommand({ FunctionName: 'of-somebody-else', Payload: '{}' });
  await expect(lambda('operator').send(call)).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(lambda(FUNCTION_ACCESS_KEY).send(call)).resolves.toMatchObject({ StatusCode: 200 });
});
