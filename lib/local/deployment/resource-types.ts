// How each type of resource is put into the service that runs it.
import { readFileSync } from 'node:fs';
import type { Tables } from '../dynamodb/tables.ts';
import { parseTable } from '../dynamodb/table-resource.ts';
import type { Delivery } from '../delivery/create-delivery.ts';
import type { Buses } from '../events/buses.ts';
import { parseEventBusResource, parseRuleResource } from '../events/event-bus-resource.ts';
import type { EventSources } from '../event-sources/event-sources.ts';
import { parseEventSourceMapping } from '../event-sources/mapping-resource.ts';
import type { FunctionUrls } from '../functions/function-urls.ts';
import type { Functions } from '../functions/functions.ts';
import { parseEventInvoke, parseFunction } from '../functions/function-resource.ts';
import type { Logs } from '../logs/logs.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Topics } from '../notifications/topics.ts';
import type { Queues } from '../queues/queues.ts';
import { parseQueueResource } from '../queues/queue-resource.ts';
import type { Schedules } from '../scheduler/schedules.ts';
import { parseScheduleResource } from '../scheduler/schedule-resource.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { parseSecretResource } from '../secrets/secret-resource.ts';
import type { StateMachines } from '../step-functions/create-state-machines.ts';
import { parseStateMachineResource } from '../step-functions/state-machine-resource.ts';
import { parseBucketResource } from '../storage/bucket-resource.ts';
import type { Buckets } from '../storage/buckets.ts';
import type { StackAssembly } from './assembly.ts';
import { DeploymentProblem } from './deployment-problem.ts';
import type { PlaceResource } from './deploy-stack.ts';
import type { Referable } from './intrinsics.ts';

export interface CloudServices {
  readonly tables: Tables;
  readonly queues: Queues;
  readonly buckets: Buckets;
  readonly secrets: Secrets;
  readonly functions: Functions;
  readonly functionUrls: FunctionUrls;
  readonly machines: StateMachines;
  readonly buses: Buses;
  readonly schedules: Schedules;
  readonly sources: EventSources;
  readonly topics: Topics;
  readonly delivery: Delivery;
  readonly alarms: Metrics['alarms'];
  readonly logs: Pick<Logs, 'addGroup'>;
}

/** By type; those that hand something to others stand behind those that take it. */
export function resourceTypes(
  services: CloudServices,
  assembly: Pick<StackAssembly, 'asset'>,
): ReadonlyMap<string, PlaceResource> {
  const { tables, queues, buckets, secrets, functions, functionUrls, machines, buses, schedules } = services;
  const { sources, topics, delivery, alarms, logs } = services;
  return new Map<string, PlaceResource>([
    [
      'AWS::Logs::LogGroup',
      ({ id, properties, defaultName }) => {
        const { name, arn } = logs.addGroup(id, properties, defaultName);
        return { ref: name, attributes: { Arn: arn } };
      },
    ],
    [
      'AWS::DynamoDB::Table',
      async ({ id, properties }) => {
        const table = parseTable(id, properties);
        const arn = await tables.add(table);
        const stream =
          properties['StreamSpecification'] === undefined ? {} : { StreamArn: tables.stream(arn).arn };
        return { ref: nameIn(arn), attributes: { Arn: arn, ...stream } };
      },
    ],
    [
      'AWS::SecretsManager::Secret',
      ({ id, properties }) => byArn(secrets.add(parseSecretResource(id, properties))),
    ],
    [
      'AWS::SQS::Queue',
      ({ id, properties }) => {
        const queue = parseQueueResource(id, properties);
        const arn = queues.add(queue);
        return {
          ref: queues.find(arn)?.url ?? arn,
          attributes: { Arn: arn, QueueName: queue.QueueName },
        };
      },
    ],
    [
      'AWS::SNS::Topic',
      ({ id, properties }) => {
        const arn = topics.addTopic(id, properties);
        return { ref: arn, attributes: { TopicArn: arn, TopicName: String(properties['TopicName']) } };
      },
    ],
    [
      'AWS::SNS::Subscription',
      ({ id, properties }) => {
        topics.addSubscription(id, properties);
        return { ref: id, attributes: {} };
      },
    ],
    [
      'AWS::S3::Bucket',
      ({ id, properties, defaultName }) => {
        const bucket = parseBucketResource(id, properties, bucketName(defaultName));
        return { ref: bucket.name, attributes: { Arn: buckets.add(bucket) } };
      },
    ],
    [
      'AWS::Lambda::Function',
      ({ id, properties }) => {
        const resource = parseFunction(id, properties, codeFolder(properties, assembly));
        return { ref: resource.name, attributes: { Arn: functions.add(resource) } };
      },
    ],
    [
      'AWS::Lambda::Url',
      ({ id, properties }) => {
        const { arn, url } = functionUrls.add(id, properties);
        return { ref: arn, attributes: { FunctionArn: arn, FunctionUrl: url } };
      },
    ],
    [
      'AWS::StepFunctions::StateMachine',
      ({ id, properties }) => {
        const resource = parseStateMachineResource(id, withDefinition(properties, assembly));
        const arn = machines.add(resource);
        return { ref: arn, attributes: { Arn: arn, Name: resource.name } };
      },
    ],
    [
      'AWS::Events::EventBus',
      ({ id, properties }) => {
        const bus = parseEventBusResource(id, properties);
        return { ref: bus.name, attributes: { Arn: buses.addBus(bus), Name: bus.name } };
      },
    ],
    [
      'AWS::SES::ConfigurationSet',
      ({ id, properties }) => {
        delivery.addConfigurationSet(id, properties);
        return { ref: String(properties['Name']), attributes: {} };
      },
    ],
    [
      'AWS::SES::ConfigurationSetEventDestination',
      ({ id, properties }) => {
        delivery.addEventDestination(id, properties);
        return { ref: id, attributes: {} };
      },
    ],
    [
      'AWS::Lambda::EventInvokeConfig',
      ({ id, properties }) => {
        functions.addEventInvoke(parseEventInvoke(id, properties));
        return { ref: id, attributes: {} };
      },
    ],
    [
      'AWS::Events::Rule',
      ({ id, properties }) => {
        const rule = parseRuleResource(id, properties);
        return { ref: rule.name, attributes: { Arn: buses.addRule(rule) } };
      },
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      ({ id, properties }) => ({ ref: sources.add(parseEventSourceMapping(id, properties)), attributes: {} }),
    ],
    [
      'AWS::Scheduler::Schedule',
      ({ id, properties }) => {
        const schedule = parseScheduleResource(id, properties);
        return { ref: schedule.Name, attributes: { Arn: schedules.add(schedule) } };
      },
    ],
    [
      'AWS::CloudWatch::Alarm',
      ({ id, properties, defaultName }) => {
        const { name, arn } = alarms.add(id, properties, defaultName);
        return { ref: name, attributes: { Arn: arn } };
      },
    ],
  ]);
}

function byArn(arn: string): Referable {
  return { ref: arn, attributes: { Arn: arn, Id: arn } };
}

/** `arn:aws:dynamodb:eu-central-1:111122223333:table/<name>` */
function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Names of buckets are in lower case and have at most 63 characters. */
function bucketName(defaultName: string): string {
  return defaultName
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 63);
}

/** The folder of a function's code; CDK writes what it packs as a folder, and names it by the key of the archive. */
function codeFolder(
  { Code: code }: Readonly<Record<string, unknown>>,
  assembly: Pick<StackAssembly, 'asset'>,
): string {
  const { S3Key: key } = (code ?? {}) as { readonly S3Key?: unknown };
  if (typeof key !== 'string')
    throw new DeploymentProblem(
      'the code of a function has to be an asset: S3Bucket and S3Key are expected.',
    );
  return assembly.asset(key);
}

/** A definition that lies beside the template is put in its place. */
function withDefinition(
  properties: Readonly<Record<string, unknown>>,
  assembly: Pick<StackAssembly, 'asset'>,
): Readonly<Record<string, unknown>> {
  const { DefinitionS3Location: location, ...others } = properties;
  if (location === undefined) return properties;
  const { Key: key } = location as { readonly Key?: unknown };
  return { ...others, DefinitionString: readFileSync(assembly.asset(String(key)), 'utf8') };
}
