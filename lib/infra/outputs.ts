// What the stack tells of itself when it is deployed: for people and scripts that need an address and not a name.
import { CfnOutput } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ITableRef } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { QUEUE_NAMES, type QueueName } from '#lib/contracts/deployment-names.ts';
import type { Alarms } from './alarms/alarms.ts';
import type { MonitoredResources } from './alarms/monitored-resources.ts';

export interface OutputsProps {
  readonly bus: Pick<IEventBus, 'eventBusArn'>;
  readonly table: Pick<ITableRef, 'tableRef'>;
  readonly resources: Pick<MonitoredResources, 'queues' | 'relayFailures'>;
  readonly alarms: Alarms;
}

export class Outputs extends Construct {
  constructor(scope: Construct, id: string, { bus, table, resources, alarms }: OutputsProps) {
    super(scope, id);
    this.#tell('WendBusArn', bus.eventBusArn, 'Applications put events on this bus');
    this.#tell('WendTableArn', table.tableRef.tableArn, 'Profiles and timelines of customers');
    this.#tell(
      'WendAlarmTopicArn',
      alarms.topic.topicArn,
      'Hears of every alarm: subscribe to it what the team uses',
    );
    this.#tell(
      'WendRelayFailures',
      resources.relayFailures.bucketName,
      'Bucket of what the relay has set aside',
    );
    for (const name of QUEUE_NAMES)
      this.#tell(
        `Wend${capitalised(name)}DeadLetters`,
        resources.queues[name].deadLetters.queueUrl,
        `Queue of what ${READERS_OF[name]}`,
      );
  }

  /** Under a key that commands can name: the usual one ends with a hash of the construct's place. */
  #tell(key: string, value: string, description: string): void {
    new CfnOutput(this, key, { value, description }).overrideLogicalId(key);
  }
}

const READERS_OF: Readonly<Record<QueueName, string>> = {
  events: 'ingestion could not process',
  starts: 'could not be started',
  looks: 'could not be looked at',
};

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
