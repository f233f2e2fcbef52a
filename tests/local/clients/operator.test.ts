// An operator looks around in a deployment by AWS CLI 2, as docs/runbook.md has it: a template that was put into a local cloud.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallCloud, type SmallCloud } from '../gateway/small-cloud.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws } from './aws-command.ts';

describe.skipIf(!hasAws)('an operator', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let small: SmallCloud;
  beforeAll(async () => {
    small = await openSmallCloud();
  });
  afterAll(() => small[Symbol.asyncDispose]());

  const ask = (...args: string[]) => awsJson(small.cloud.place.endpoint, args);

  it.each([
    ['dynamodb list-tables --query TableNames', ['things']],
    ['lambda list-functions --query Functions[].FunctionName', ['echo']],
    ['sqs list-queues --queue-name-prefix dea --query QueueUrls[].ends_with(@,`/dead`)', [true]],
    ['stepfunctions list-state-machines --query stateMachines[].name', ['machine']],
    ['events list-event-buses --query sort(EventBuses[].Name)', ['bus', 'default']],
    ['events list-rules --event-bus-name bus --query Rules[].Name', ['rule']],
    ['events describe-rule --event-bus-name bus --name rule --query State', 'ENABLED'],
    ['events list-targets-by-rule --event-bus-name bus --rule rule --query Targets[].Id', ['queue']],
    ['scheduler list-schedules --query Schedules[].[Name,State]', [['look', 'DISABLED']]],
    ['secretsmanager list-secrets --query SecretList[].Name', ['secret']],
    ['s3api list-buckets --query Buckets[].Name', ['bucket']],
    ['logs describe-log-groups --query logGroups[].logGroupName', ['/aws/lambda/echo']],
    ['sesv2 list-email-identities --query EmailIdentities[].IdentityName', ['shop.example']],
    ['sts get-caller-identity --query Account', '111122223333'],
  ])('aws %s', async (command, told) => {
    expect(await ask(...command.split(' '))).toEqual(told);
  });

  it('reads what a stack hands out', async () => {
    const told = await ask('cloudformation', 'describe-stacks', '--stack-name', 'small');
    expect(told).toMatchObject({
      Stacks: [
        {
          StackName: 'small',
          StackStatus: 'CREATE_COMPLETE',
          Outputs: [
            {
              OutputKey: 'DeadLetters',
              OutputValue: `${small.cloud.place.endpoint}/111122223333/dead`,
              Description: 'Where things end',
            },
          ],
        },
      ],
    });
    const missing = ['cloudformation', 'describe-stacks', '--stack-name', 'large'];
    const { stderr } = await aws(small.cloud.place.endpoint, missing);
    expect(stderr).toContain('(ValidationError)');
    expect(stderr).toContain('Stack with id large does not exist');
  });

  it('looks at alarms', async () => {
    const prefix = ['cloudwatch', 'describe-alarms', '--alarm-name-prefix', 'dead-'];
    const dimension = 'MetricAlarms[].[AlarmName,StateValue,Dimensions[0].Value]';
    expect(await ask(...prefix, '--query', dimension)).toEqual([
      ['dead-letters', 'INSUFFICIENT_DATA', 'dead'],
    ]);
    expect(await ask(...prefix, '--state-value', 'ALARM', '--query', 'MetricAlarms')).toEqual([]);
  });

  it('follows what a function writes, and looks for some of it', async () => {
    const { endpoint } = small.cloud.place;
    for (const said of ['page failed', 'all is well'])
      await small.cloud.functions.invoke('echo', JSON.stringify({ say: said }));
    // The clock of this cloud stands in March.
    const tail = ['logs', 'tail', '/aws/lambda/echo', '--since', '2026-03-01T00:00:00Z', '--format', 'short'];
    const all = await aws(endpoint, tail);
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toMatch(/2026-03-02T08:00:00.*"page failed"[^]*"all is well"/);
    const some = await aws(endpoint, [...tail, '--filter-pattern', '?"page failed" ?nothing']);
    expect(some.stdout).toContain('page failed');
    expect(some.stdout).not.toContain('all is well');
    const streams = await ask('logs', 'describe-log-streams', '--log-group-name', '/aws/lambda/echo');
    expect(streams).toMatchObject({
      logStreams: [{ firstEventTimestamp: Date.parse('2026-03-02T08:00:00Z') }],
    });
    const nowhere = await aws(endpoint, ['logs', 'tail', '/aws/lambda/nobody']);
    expect(nowhere.stderr).toContain('(ResourceNotFoundException)');
    const json = await aws(endpoint, [...tail, '--filter-pattern', '{ $.level = "WARN" }']);
    expect(json.stderr).toContain('The local cloud has filter patterns of words and phrases only');
  });
});
