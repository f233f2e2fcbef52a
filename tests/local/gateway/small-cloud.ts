// A local cloud with one resource of each kind in it, put together as `wend start` does it, on a clock that stands.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCloud, type Cloud } from '#lib/local/deployment/open-cloud.ts';
import { parseTemplate } from '#lib/local/deployment/template.ts';
import { LiveClock } from '#lib/local/time/live-clock.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

export const REGION = 'eu-central-1';
export const ACCOUNT = '111122223333';

export interface SmallCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  /** Errors that were no refusals, for whoever looks to take: there should be none. */
  readonly faults: string[];
}

const dead = { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 };
const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const echo = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };

const TEMPLATE = {
  Outputs: { DeadLetters: { Value: { Ref: 'Dead' }, Description: 'Where things end' } },
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'things',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [attribute('pk'), attribute('sk')],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead' } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', RedrivePolicy: dead } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'secret', SecretString: 'hidden' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'bucket' } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'echo',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'code' },
      },
    },
    Lines: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/echo' } },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'dead-letters',
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    Schedule: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'look',
        // Nothing begins by itself here.
        State: 'DISABLED',
        ScheduleExpression: 'rate(1 minute)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: { 'Fn::GetAtt': ['Function', 'Arn'] },
          RoleArn: 'arn:aws:iam::111122223333:role/schedule',
        },
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'machine',
        RoleArn: 'arn:aws:iam::111122223333:role/machine',
        DefinitionString: JSON.stringify(echo),
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'rule',
        EventBusName: 'bus',
        EventPattern: { source: ['shop'] },
        State: 'ENABLED',
        Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
      },
    },
  },
};

const CODE = `export const handler = async (event) => {
  if (event?.say !== undefined) console.warn(event.say);
  return event;
};`;

/** With `data`, a folder that keeps everything, whoever opens it says when it goes on. */
export async function openSmallCloud(data?: string): Promise<SmallCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-small-cloud-'));
  writeFileSync(join(folder, 'index.mjs'), CODE);
  const faults: string[] = [];
  const onFault = (error: unknown): void => {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const clock = new LiveClock({ start: Date.parse('2026-03-02T08:00:00Z'), timers: SYSTEM_TIMERS, onFault });
  const cloud = await openCloud({
    codeCache: join(folder, 'compiled'),
    assembly: {
      name: 'small',
      region: REGION,
      account: ACCOUNT,
      template: parseTemplate(TEMPLATE, 'small.json'),
      asset: () => folder,
      nestedTemplate: () => parseTemplate({ Resources: {} }, 'nested.json'),
    },
    port: 0,
    clock,
    data,
    chaos: undefined,
    identities: ['shop.example'],
    whoRuns: () => undefined,
    skip: () => false,
    tellAsApplication: () => Promise.resolve(),
    lifeLike: undefined,
    random: () => 0.5,
    onMetrics: () => undefined,
    onLog: () => undefined,
    onNotice: () => undefined,
    onFault,
  });
  if (data === undefined) await cloud.goOn();
  return {
    cloud,
    faults,
    async [Symbol.asyncDispose]() {
      clock.close();
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
