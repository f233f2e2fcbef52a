/**
 * Wend as one construct, for whoever has a CDK app of their own:
 *
 *     const sources = await readSources({ workspace: 'workspace', versions: 'state-machines' });
 *     const wend = new Wend(stack, 'Wend', { environment: { name: 'production' }, sources });
 *     wend.grantPutEvents(shop);
 *
 * Everything of one environment is in the stack that it is put into; only the state machines of journeys are in nested stacks.
 */
import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  busName,
  deploymentName,
  QUEUE_NAMES,
  type FunctionName,
  type QueueName,
} from '#lib/contracts/deployment-names.ts';
import { Alarms } from './alarms/alarms.ts';
import type { MonitoredResources } from './alarms/monitored-resources.ts';
import { Audience } from './audience.ts';
import { CustomerPages } from './customer-pages.ts';
import { CustomerSecret } from './customer-secret.ts';
import { OperatorDashboard } from './dashboard.ts';
import { grantDelivery } from './delivery-permissions.ts';
import { DeploymentArns } from './deployment-arns.ts';
import type { DeploymentSources } from './deployment-sources.ts';
import { Endings } from './endings.ts';
import { completeEnvironment, type Environment, type EnvironmentInput } from './environments.ts';
import { FUNCTION_SETTINGS } from './function-settings.ts';
import { Functions } from './functions.ts';
import { Ingestion } from './ingestion.ts';
import { JourneyMachines } from './journey-machines.ts';
import { LogQueries } from './log-queries.ts';
import { Outputs } from './outputs.ts';
import { PassingTime } from './passing-time.ts';
import { grantPermissions } from './permissions.ts';
import { Profiles } from './profiles.ts';
import { ProviderEvents } from './provider-events.ts';
import { Relay } from './relay.ts';
import { Replies } from './replies.ts';
import { variableValues } from './variable-values.ts';
import { WorkQueue } from './work-queue.ts';

export interface WendProps {
  /** A name, and what differs from the defaults (docs/deploy.md). Account and Region are those of the stack. */
  readonly environment: EnvironmentInput;
  /** From `readSources`. Several environments of one app share them. */
  readonly sources: DeploymentSources;
}

/** The function that reads each queue. */
const READERS = {
  events: 'ingest-events',
  starts: 'start-runs',
  looks: 'pass-time',
} as const satisfies Readonly<Record<QueueName, FunctionName>>;

export class Wend extends Construct {
  /** The bus that applications put events on. */
  readonly bus: EventBus;
  /** Profiles and timelines of customers. */
  readonly table: Table;
  /** Every function, by its name in lib/contracts/deployment-names.ts. */
  readonly functions: Functions;
  /** The state machines of journeys. */
  readonly journeys: JourneyMachines;
  /** Hears of every alarm: subscribe to it what the team uses. */
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: WendProps) {
    super(scope, id);
    if (
      Stack.of(this)
        .node.findAll()
        .some((other) => other instanceof Wend && other !== this)
    )
      throw new Error('a stack has one Wend: put the second into a stack of its own');
    const environment = completeEnvironment(props.environment);
    const { repository, functions, machines } = props.sources;
    const { disposable, logRetentionDays: logRetention, pagesAtOnce } = environment;
    const deployment = deploymentName(environment.name);
    const arns = new DeploymentArns(this, deployment);
    const encryptionKey = environment.customerManagedKey
      ? this.#createKey(deployment, disposable)
      : undefined;
    const kept = { deployment, encryptionKey, disposable };
    this.table = new Profiles(this, 'Profiles', kept).table;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: busName(deployment),
      description: `Events of applications for ${deployment}`,
    });
    const customerSecret = new CustomerSecret(this, 'CustomerSecret', kept).secret;
    const queues = this.#createQueues(kept);
    this.functions = new Functions(this, 'Functions', {
      deployment,
      logRetention,
      atOnce: pagesAtOnce === undefined ? {} : { 'answer-customers': pagesAtOnce },
      folder: functions,
      variables: variableValues({
        environment,
        table: this.table,
        bus: this.bus,
        customerSecret,
        queues,
        arns,
        pagesUrl: () => pages.url,
      }),
    });
    const pages = new CustomerPages(this, 'CustomerPages', {
      answerCustomers: this.functions.get('answer-customers'),
    });
    this.journeys = new JourneyMachines(this, 'Journeys', {
      deployment,
      arns,
      logRetention,
      versions: repository.versions,
      stacks: repository.stacks,
      definitions: machines,
    });
    // A function that knows of a version starts runs on its machine: the machines are there first.
    for (const { function: one } of this.functions.all) this.journeys.precede(one);
    const { settings } = repository.workspace;
    grantPermissions({
      queues,
      arns,
      customerSecret,
      encryptionKey,
      settings,
      functions: this.functions,
      table: this.table,
      bus: this.bus,
    });
    const get = (name: FunctionName) => this.functions.get(name);
    const ingestion = { deployment, workspace: repository.workspace, bus: this.bus };
    new Ingestion(this, 'Ingestion', {
      ...ingestion,
      events: queues.events,
      ingestEvents: get('ingest-events'),
    });
    const relay = new Relay(this, 'Relay', {
      encryptionKey,
      disposable,
      table: this.table,
      starts: queues.starts,
      relayEffects: get('relay-effects'),
      startRuns: get('start-runs'),
    });
    new PassingTime(this, 'PassingTime', {
      deployment,
      looks: queues.looks,
      findDue: get('find-due'),
      passTime: get('pass-time'),
    });
    new Endings(this, 'Endings', {
      deployment,
      arns,
      looks: queues.looks,
    });
    new Audience(this, 'Audience', {
      deployment,
      arns,
      logRetention,
      tellCustomers: get('tell-customers'),
    });
    grantDelivery({ deployment, settings, sendMessage: get('send-message') });
    new ProviderEvents(this, 'ProviderEvents', {
      deployment,
      workspace: repository.workspace,
      events: queues.events.queue,
      deadLetters: queues.events.deadLetters,
    });
    if (settings.replies.length > 0)
      new Replies(this, 'Replies', {
        deployment,
        encryptionKey,
        channels: settings.replies,
        events: queues.events,
      });
    this.alarms = this.#watch(environment, {
      deployment,
      queues,
      relayEffects: get('relay-effects').function,
      findDue: get('find-due').function,
      answerCustomers: get('answer-customers').function,
      relayFailures: relay.failures,
      table: this.table,
      audienceMachine: StateMachine.fromStateMachineArn(this, 'AudienceMachine', arns.audienceMachine),
    });
    for (const [key, value] of Object.entries(environment.tags)) Tags.of(this).add(key, value);
  }

  /** Lets an application of this account put its events on the bus. */
  grantPutEvents(application: IGrantable): void {
    this.bus.grantPutEventsTo(application);
  }

  #createKey(deployment: string, disposable: boolean): Key {
    return new Key(this, 'Key', {
      alias: deployment,
      description: `Profiles and whatever waits in ${deployment}`,
      enableKeyRotation: true,
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  #createQueues(kept: {
    readonly deployment: string;
    readonly encryptionKey: Key | undefined;
  }): Readonly<Record<QueueName, WorkQueue>> {
    const queues = QUEUE_NAMES.map((name) => {
      const readerTimeout = FUNCTION_SETTINGS[READERS[name]].timeout;
      return [name, new WorkQueue(this, `${name}-queue`, { ...kept, name, readerTimeout })] as const;
    });
    return Object.fromEntries(queues) as Readonly<Record<QueueName, WorkQueue>>;
  }

  #watch(
    { alarmEmail, runbook, smsMonthlySpend }: Environment,
    monitored: Omit<MonitoredResources, 'smsMonthlySpend'>,
  ): Alarms {
    const resources = { ...monitored, ...(smsMonthlySpend !== undefined && { smsMonthlySpend }) };
    const alarms = new Alarms(this, 'Alarms', {
      resources,
      ...(alarmEmail !== undefined && { email: alarmEmail }),
      ...(runbook !== undefined && { runbook }),
    });
    new OperatorDashboard(this, 'Dashboard', { resources, alarms });
    new Outputs(this, 'Outputs', { bus: this.bus, table: this.table, resources, alarms });
    const logs = this.functions.all.map(({ logGroup }) => logGroup);
    new LogQueries(this, 'Queries', { deployment: resources.deployment, logs });
    return alarms;
  }
}
