// Topics of SNS, as far as providers tell by them what customers write: what is published goes to the queues that have subscribed.
// Subscriptions of people (e-mail) are taken and tell nobody: here somebody looks.
import * as z from 'zod';
import { parseProperties } from '../parse-properties.ts';
import type { Place } from '../place.ts';
import type { Targets } from '../targets.ts';
import type { JsonObject } from '../asl/json.ts';

const topicSchema = z.object({ TopicName: z.string().regex(/^[\w-]{1,256}$/) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
const subscriptionSchema = z.discriminatedUnion('Protocol', [
  z.strictObject({
    Protocol: z.literal('sqs'),
    TopicArn: z.string(),
    Endpoint: z.string(),
    /** What cannot be delivered here is an error of whoever publishes. */
    RedrivePolicy: z.unknown().optional(),
  }),
  z.strictObject({ Protocol: z.enum(['email', 'email-json']), TopicArn: z.string(), Endpoint: z.string() }),
]);

export interface Topics {
  /** Properties of `AWS::SNS::Topic`; returns its ARN. Throws for what cannot be run here. */
  addTopic(id: string, properties: unknown): string;
  /** Of `AWS::SNS::Subscription`. */
  addSubscription(id: string, properties: unknown): void;
  /**
   * Done when every queue has it. Rejects where there is no topic of this name.
   * @param at milliseconds of the business's clock since 1970.
   */
  publish(topic: string, id: string, message: JsonObject, at: number): Promise<void>;
}

export function createTopics({
  place,
  targets,
}: {
  readonly place: Place;
  readonly targets: Targets;
}): Topics {
  const queues = new Map<string, string[]>();
  const arnOf = (name: string): string =>
    `arn:${place.partition}:sns:${place.region}:${place.account}:${name}`;
  return {
    addTopic(id, properties) {
      const arn = arnOf(parseProperties(id, topicSchema, properties).TopicName);
      queues.set(arn, []);
      return arn;
    },

    addSubscription(id, properties) {
      const { Protocol, TopicArn, Endpoint } = parseProperties(id, subscriptionSchema, properties);
      const subscribed = queues.get(TopicArn);
      if (subscribed === undefined)
        throw new Error(`The subscription ${id} is one to no topic of this stack.`);
      if (Protocol !== 'sqs') return;
      if (!targets.knows(Endpoint))
        throw new Error(`The subscription ${id} is that of no queue of this stack.`);
      subscribed.push(Endpoint);
    },

    async publish(topic, id, message, at) {
      const arn = arnOf(topic);
      const subscribed = queues.get(arn);
      if (subscribed === undefined) throw new Error(`There is no topic ${topic}.`);
      const notification = JSON.stringify(notificationOf(arn, id, message, at));
      await Promise.all(subscribed.map((queue) => targets.deliver(queue, notification)));
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html. Nobody here could check a signature. */
function notificationOf(arn: string, id: string, message: JsonObject, at: number): JsonObject {
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: arn,
    Message: JSON.stringify(message),
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: '1',
    Signature: 'local',
    SigningCertURL: 'http://127.0.0.1/',
    UnsubscribeURL: 'http://127.0.0.1/',
  };
}
