// The local cloud with what a laptop adds to it: a clock that people handle, minutes that are passed over, and a view of what runs.
import type { ServiceAddress } from '#lib/adapters/aws/clients/call-settings.ts';
import type { DocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { readEveryDocument } from '#lib/adapters/aws/dynamodb/every-document.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { createTimeline, lastOf } from '#lib/adapters/aws/dynamodb/timeline.ts';
import {
  busName,
  deploymentName,
  queueName,
  repliesTopicName,
  tableName,
} from '#lib/contracts/deployment-names.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { ATTRIBUTES, TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { openCloud, type Cloud } from '#lib/local/deployment/open-cloud.ts';
import type { ApplicationReport } from '#lib/local/delivery/reactions/reaction.ts';
import { LiveClock } from '#lib/local/time/live-clock.ts';
import { closableTimers } from '#lib/local/time/closable-timers.ts';
import { SYSTEM_TIMERS, type Timers } from '#lib/local/time/timers.ts';
import { engineWorkspace } from '#lib/runtime/workspace-file.ts';
import { createBusinessClock } from './business-clock.ts';
import { customerSecret, deployedWorkspace } from './deployed-parts.ts';
import { statesOfRun, viewExecutions } from './executions-view.ts';
import { createKnownCustomers, type KnownCustomers } from './known-customers.ts';
import { Minutes, passesOver } from './minutes.ts';
import { OperationsView } from './operations-view.ts';
import { viewOutbox } from './outbox-view.ts';
import { viewProviders } from './providers-view.ts';
import { senderDomains } from './sender-domains.ts';
import { putOnBus } from './put-on-bus.ts';
import { RepeatedLines } from './repeated-lines.ts';
import type { RunningCloud, SegmentCall } from './running-cloud.ts';
import { Sample } from './sample/tell-sample.ts';
import type { LaptopOptions } from './start-laptop.ts';

export interface LaptopCloudOptions extends Pick<
  LaptopOptions,
  'port' | 'speed' | 'isPaused' | 'data' | 'chaos' | 'onLine'
> {
  /** Folder for compiled code of functions. */
  readonly codeCache: string;
  readonly environment: string;
  readonly assembly: StackAssembly;
  /** Instant that the clock of the business shows in a fresh cloud, until something is told. */
  readonly begin: number;
  /** Customers who nobody plays open and click as people do. */
  readonly isLifeLike: boolean;
  /** Time of the infrastructure. */
  readonly timers: Timers;
  readonly random: () => number;
}

/** Running, with its clock standing. */
export interface LaptopCloud {
  readonly running: RunningCloud;
  readonly sample: Sample;
  /** Nothing was kept: nobody is in it. */
  readonly isFresh: boolean;
  /** Goes to the instant, with everything that falls due on the way. */
  goTo(instant: number): Promise<void>;
  /** Lets time flow, unless it was started paused. */
  flow(): void;
  readonly onFault: (error: unknown) => void;
  close(): Promise<void>;
}

/** @throws as openCloud does. */
export async function openLaptopCloud(options: LaptopCloudOptions): Promise<LaptopCloud> {
  const { environment, assembly, onLine } = options;
  const timers = closableTimers(options.timers);
  const lines = new RepeatedLines({ timers: SYSTEM_TIMERS, onLine });
  const deployment = deploymentName(environment);
  const workspace = deployedWorkspace(assembly);
  const onFault = (error: unknown): void => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    lines.tell({ level: 'ERROR', source: 'local cloud', text });
  };
  const clock = new LiveClock({ start: options.begin, timers, onFault });
  const minutes = new Minutes(engineWorkspace(workspace));
  const operations = new OperationsView(() => clock.now());
  const whoRuns = (run: string) => customers.whoRuns(run);
  const put = (calls: readonly SegmentCall[]) => putOnBus(cloud.buses, busName(deployment), calls);
  const cloud = await openCloud({
    assembly,
    clock,
    port: options.port,
    data: options.data,
    codeCache: options.codeCache,
    chaos: options.chaos,
    identities: senderDomains(workspace.settings),
    whoRuns,
    ...(workspace.settings.replies.length > 0 && {
      replies: { topic: repliesTopicName(deployment), channels: new Set(workspace.settings.replies) },
    }),
    tellAsApplication: ({ id, at, customer, event, properties }: ApplicationReport) => {
      const userId = customers.get(customer)?.external;
      // The same report twice is one event, with the instant at which the customer did it.
      const call = { type: 'track', messageId: id, timestamp: fromMillis(at), userId, event, properties };
      return userId === undefined ? Promise.resolve() : put([call]);
    },
    lifeLike: options.isLifeLike ? 'sample' : undefined,
    skip: passesOver(minutes, deployment, () => waitingLooks(cloud, deployment)),
    random: options.random,
    onLog: (line) => {
      const seen = operations.noteLine(line);
      if (seen !== undefined) lines.tell({ level: seen.level, source: seen.function, text: seen.message });
    },
    onMetrics: (metrics) => operations.noteMetrics(metrics),
    onNotice: (text) => lines.tell({ level: 'WARN', source: 'local cloud', text }),
    onFault,
  });
  for (const secret of secretsOfEndpoints(workspace))
    cloud.secrets.add({ Name: secret, SecretString: 'local' });
  const table = { client: dynamoDbClient(addressOf(cloud)), name: tableName(deployment) };
  const timeline = createTimeline(table, TIMELINE_DAYS);
  const switches = createSwitches(table, () => performance.now());
  const customers: KnownCustomers = createKnownCustomers({
    secret: customerSecret(cloud),
    manifests: workspace.manifests,
    statesOf: (run, of) => statesOfRun(cloud.machines, cloud.place, deployment, run, of),
    timeline: (customer, most) => lastOf(timeline, customer, most),
    switches: () => switches.current(),
    breakerReasons: () => switches.breakerReasons(),
  });
  const note = (image: DocumentImage, isThere: boolean): void => {
    const partition = image[ATTRIBUTES.partition]?.S ?? '';
    const sort = image[ATTRIBUTES.sort]?.S ?? '';
    minutes.note(partition, sort, isThere ? image : undefined);
    customers.note(partition, sort, isThere ? image : undefined);
  };
  let happenings = 0;
  cloud.tables.onChange(({ table: changed, keys, newImage }) => {
    if (changed !== table.name) return;
    note(newImage ?? keys, newImage !== undefined);
    cloud.delivery.noteTableChange(newImage);
    happenings += 1;
  });
  cloud.delivery.outbox.onChange(() => (happenings += 1));
  const businessClock = createBusinessClock({
    clock,
    speed: options.speed,
    isPaused: options.isPaused,
    happenings: () => happenings,
    next: () => minutes.next(),
  });
  const close = async (): Promise<void> => {
    clock.close();
    table.client.destroy();
    await cloud.close();
    timers.close();
    lines.close();
  };
  try {
    // What was kept is not told as a change. It is read before anything goes on: messages are told whose they are from the first on.
    if (!cloud.isFresh)
      await readEveryDocument(
        table,
        (item) => note(item, true),
        () => undefined,
      );
    await cloud.goOn();
  } catch (error) {
    await close();
    throw error;
  }
  const sample = new Sample({ clock, put, onFault });
  return {
    running: {
      environment,
      deployment,
      endpoint: cloud.place.endpoint,
      region: cloud.place.region,
      workspace,
      clock: businessClock,
      customers,
      outbox: viewOutbox(cloud.delivery),
      providers: viewProviders(cloud.delivery.behaviours),
      executions: viewExecutions(cloud.machines),
      sample,
      operations: operations.of(cloud.queues, cloud.functions),
      put,
    },
    sample,
    isFresh: cloud.isFresh,
    async goTo(instant) {
      if (clock.now() < instant) await clock.jumpTo(instant);
    },
    flow: () => businessClock.start(),
    onFault,
    close,
  };
}

/** Any credentials will do: nobody checks them. */
function addressOf({ place }: Cloud): ServiceAddress {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint: place.endpoint, region: place.region, credentials };
}

/** Secrets that endpoints are called with: on AWS somebody has put them there, and here nobody looks at them. */
function secretsOfEndpoints({ settings }: DeployedWorkspace): ReadonlySet<string> {
  const values = Object.values(settings.endpoints).flatMap(({ headers }) => Object.values(headers));
  return new Set(values.flatMap((value) => (typeof value === 'string' ? [] : [value.secret])));
}

/** Customers who were found and are still to be looked at, in messages; none counts that nobody reads, as when an operator has switched it off. */
function waitingLooks({ queues }: Cloud, deployment: string): number {
  const looks = queues.all().find(({ name }) => name === queueName(deployment, 'looks'));
  return looks?.isRead === true ? looks.counts().waiting : 0;
}
