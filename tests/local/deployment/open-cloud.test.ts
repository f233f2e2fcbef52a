// The services of one deployment, put together: what they owe to one another, seen by clients.
import { InvokeCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

function lambda(accessKeyId: string, of = small): LambdaClient {
  const credentials = { accessKeyId, secretAccessKey: 'any' };
  return new LambdaClient({
    endpoint: of.cloud.place.endpoint,
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

it('a Task that names a function that is not there fails, as it would where it is deployed', async () => {
  const client = new SFNClient({
    endpoint: small.cloud.place.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: 'misspelt' },
        End: true,
      },
    },
  };
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({
      name: 'calls-nobody',
      roleArn: 'arn:aws:iam::111122223333:role/any',
      definition: JSON.stringify(definition),
    }),
  );
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  const described = () => client.send(new DescribeExecutionCommand({ executionArn }));
  await expect.poll(described).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
});

it('what a former run has left goes on when whoever has opened the cloud is ready, and not before', async () => {
  const data = mkdtempSync(join(tmpdir(), 'wend-kept-'));
  try {
    {
      await using before = await openSmallCloud(data);
      await before.cloud.functions.invoke('echo', '{}', { isAsynchronous: true });
    }
    await using after = await openSmallCloud(data);
    expect(after.cloud.functions.inProgress('echo')).toBe(0);
    const call = new InvokeCommand({ FunctionName: 'echo', Payload: '{}' });
    await expect(lambda('operator', after).send(call)).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    await after.cloud.goOn();
    expect(after.cloud.functions.inProgress('echo')).toBe(1);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
