// Figures of AWS's own that an operator asks for (docs/runbook.md): what the cloud knows is told, what it does not count is refused by
// name and never looks like zero.
import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateStateMachineCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSmallCloud, REGION, type SmallCloud } from '../gateway/small-cloud.ts';

let small: SmallCloud;
let cloudwatch: CloudWatchClient;
let states: SFNClient;
const DAY = { StartTime: new Date('2026-03-02T00:00:00Z'), EndTime: new Date('2026-03-03T00:00:00Z') };

beforeAll(async () => {
  small = await openSmallCloud();
  const client = {
    endpoint: small.cloud.place.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  cloudwatch = new CloudWatchClient(client);
  states = new SFNClient(client);
});
afterAll(async () => {
  cloudwatch.destroy();
  states.destroy();
  await small[Symbol.asyncDispose]();
});

async function maximum(Namespace: string, MetricName: string, dimensions: Record<string, string> = {}) {
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      ...DAY,
      Period: 3600,
      Statistics: ['Maximum', 'Minimum', 'Sum'],
    }),
  );
  return Datapoints.map(({ Maximum, Sum }) => (MetricName === 'Throttles' ? Sum : Maximum));
}

it('executions that are open', async () => {
  expect(await maximum('AWS/States', 'OpenExecutionCount')).toEqual([0]);
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 9000, End: true } },
  };
  const { stateMachineArn } = await states.send(
    new CreateStateMachineCommand({
      name: 'waits',
      roleArn: 'arn:aws:iam::111122223333:role/any',
      definition: JSON.stringify(definition),
    }),
  );
  const first = await states.send(new StartExecutionCommand({ stateMachineArn, name: 'one' }));
  await states.send(new StartExecutionCommand({ stateMachineArn, name: 'two' }));
  expect(await maximum('AWS/States', 'OpenExecutionCount')).toEqual([2]);
  await states.send(new StopExecutionCommand({ executionArn: first.executionArn }));
  await states.send(new StartExecutionCommand({ stateMachineArn, name: 'three' }));
  expect(await maximum('AWS/States', 'OpenExecutionCount')).toEqual([2]);
});

it('calls of functions at once, of each and of all', async () => {
  await Promise.all([1, 2].map(() => small.cloud.functions.invoke('echo', '{}')));
  expect(await maximum('AWS/Lambda', 'ConcurrentExecutions')).toEqual([2]);
  expect(await maximum('AWS/Lambda', 'ConcurrentExecutions', { FunctionName: 'echo' })).toEqual([2]);
  expect(await maximum('AWS/Lambda', 'Throttles')).toEqual([0]);
});

it('nothing of e-mails before one was sent', async () => {
  expect(await maximum('AWS/SES', 'Reputation.BounceRate')).toEqual([]);
  expect(await maximum('AWS/SES', 'Reputation.ComplaintRate')).toEqual([]);
});

it.each([
  ['AWS/States', 'ExecutionThrottled', {}, 'of AWS/States it has OpenExecutionCount'],
  ['AWS/SQS', 'NumberOfMessagesSent', { QueueName: 'queue' }, 'some of AWS/Lambda, AWS/States, AWS/SES'],
  ['AWS/Lambda', 'Errors', { Resource: 'echo' }, 'by no dimension, or by FunctionName'],
])('refuses what is not kept: %s %s', async (namespace, name, dimensions: Record<string, string>, kept) => {
  const refused = {
    name: 'NotImplemented',
    $metadata: expect.objectContaining({ httpStatusCode: 501 }) as object,
  };
  const message = expect.stringMatching(
    new RegExp(`keep the metric ${name} of ${namespace}.*${kept}`, 'i'),
  ) as string;
  await expect(maximum(namespace, name, dimensions)).rejects.toMatchObject({ ...refused, message });
  const Metric = {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
  await expect(
    cloudwatch.send(
      new GetMetricDataCommand({
        ...DAY,
        MetricDataQueries: [{ Id: 'one', MetricStat: { Metric, Period: 60, Stat: 'Sum' } }],
      }),
    ),
  ).rejects.toMatchObject(refused);
});

it('what nobody has put into a namespace of one’s own is empty, as on AWS', async () => {
  expect(await maximum('Shop', 'Sold')).toEqual([]);
});
