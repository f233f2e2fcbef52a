// What customers write back: a topic that numbers, WhatsApp accounts and receipt rules are connected to, and from it into the queue of
// events. It is there only where the settings want replies; what stands behind it (a number, a domain) is the account's and is connected by
// hand (docs/feedback.md).
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { repliesTopicName } from '#lib/contracts/deployment-names.ts';
import type { ReplyChannel } from '#lib/contracts/replies/reply.ts';
import type { WorkQueue } from './work-queue.ts';

export interface RepliesProps {
  readonly deployment: string;
  readonly channels: readonly ReplyChannel[];
  readonly events: WorkQueue;
  /** A key of the customer's own. SNS's own key cannot be used by the services that publish, so without one a text is in the topic unencrypted for the moment that it passes. */
  readonly encryptionKey: Key | undefined;
}

/** Hands on what was published. */
const SNS = 'sns.amazonaws.com';

/** Who publishes, by channel: the pages are named in docs/feedback.md. */
const PUBLISHERS: Readonly<Record<ReplyChannel, string>> = {
  sms: 'sms-voice.amazonaws.com',
  whatsapp: 'social-messaging.amazonaws.com',
  email: 'ses.amazonaws.com',
};

export class Replies extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { deployment, channels, events, encryptionKey }: RepliesProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: repliesTopicName(deployment),
      displayName: `What customers write to ${deployment}`,
      enforceSSL: true,
      ...(encryptionKey === undefined ? {} : { masterKey: encryptionKey }),
    });
    const { account } = Stack.of(this);
    const ofAccount = (service: string): ServicePrincipal =>
      new ServicePrincipal(service, { conditions: { StringEquals: { 'aws:SourceAccount': account } } });
    const publishers = [...new Set(channels)].map((channel) => ofAccount(PUBLISHERS[channel]));
    for (const publisher of publishers) this.topic.grantPublish(publisher);
    // By the account and not by the topic: the key would need the topic, which needs the key.
    for (const service of [...publishers, ofAccount(SNS)])
      encryptionKey?.addToResourcePolicy(
        new PolicyStatement({
          principals: [service],
          actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
          resources: ['*'],
        }),
      );
    this.#subscribe(events);
  }

  /** With the frame of SNS: text messages of customers tell no time of their own. */
  #subscribe({ queue, deadLetters }: WorkQueue): void {
    new Subscription(this, 'Subscription', {
      topic: this.topic,
      protocol: SubscriptionProtocol.SQS,
      endpoint: queue.queueArn,
      deadLetterQueue: deadLetters,
    });
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(SNS)],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
  }
}
