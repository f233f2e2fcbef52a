/** A stack with plain resources in the places of those that are looked after, for tests of alarms, dashboard and queries. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { MonitoredQueue, MonitoredResources } from '#lib/infra/alarms/monitored-resources.ts';

export function monitoredStack(): { stack: Stack; resources: MonitoredResources } {
  const stack = new Stack(new App(), 'Monitored');
  return {
    stack,
    resources: {
      deployment: 'wend-test',
      queues: {
        events: queue(stack, 'events'),
        looks: queue(stack, 'looks'),
        starts: queue(stack, 'starts'),
      },
      relayEffects: nothing(stack, 'RelayEffects'),
      findDue: nothing(stack, 'FindDue'),
      answerCustomers: nothing(stack, 'AnswerCustomers'),
      relayFailures: new Bucket(stack, 'RelayFailures'),
      table: new TableV2(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } }),
      audienceMachine: new StateMachine(stack, 'Audience', {
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Nothing')),
      }),
    },
  };
}

function queue(stack: Stack, name: string): MonitoredQueue {
  const deadLetters = new Queue(stack, `${name}DeadLetters`);
  return {
    queue: new Queue(stack, name, { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 } }),
    deadLetters,
  };
}

function nothing(stack: Stack, id: string): Function {
  return new Function(stack, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = () => {}'),
    timeout: Duration.seconds(3),
  });
}
