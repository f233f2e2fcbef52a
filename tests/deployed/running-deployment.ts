// The deployment as `npm start` runs it, in the hands of a test: what applications and operators do goes through the clients of AWS, and
// what has become of it is read as the page reads it. Providers take everything and report nothing, endpoints answer `{}`, as in a play.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { busName, customerSecretName } from '#lib/contracts/deployment-names.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { openLaptopCloud, type LaptopCloud } from '#lib/laptop/open-laptop-cloud.ts';
import type { DeadLetter } from '#lib/laptop/operations.ts';
import type { OutboxMessage, RunningCloud, SegmentCall } from '#lib/laptop/running-cloud.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { SYSTEM_TIMERS, type Timers } from '#lib/local/time/timers.ts';
import { ENVIRONMENT } from './synthesised-stack.ts';

export interface RunningDeploymentOptions {
  readonly assembly: StackAssembly;
  /** The first thing happens at or after it. */
  readonly start: Instant;
  /** Under which customer ids are hashed. */
  readonly secret: string;
  /** Seed; undefined: everything goes well. */
  readonly chaos?: number;
  /** Time of the infrastructure. */
  readonly timers?: Timers;
  /** Folder that everything is written down in; undefined: nothing is. */
  readonly data?: string;
}

/** A schedule of every minute begins when it is deployed: on a whole minute, as what it looks for is written on whole minutes. */
const MINUTE_MILLIS = 60_000;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MOST_ENTRIES = 10;
/** More than any customer has. */
const ALL = 100_000;

export class RunningDeployment {
  readonly running: RunningCloud;
  /** What providers, endpoints and functions outside were asked for, in order. */
  get messages(): readonly OutboxMessage[] {
    return [...this.#messages.values()];
  }

  /** What has ever lain in a dead-letter queue. */
  get deadLetters(): readonly DeadLetter[] {
    return [...this.#deadLetters.values()];
  }

  /** What the terminal would show: lines of functions that warn, and faults of the local cloud. */
  readonly complaints: readonly string[];
  readonly #deadLetters = new Map<string, DeadLetter>();
  readonly #messages = new Map<string, OutboxMessage>();
  readonly #cloud: LaptopCloud;
  readonly #bus: EventBridgeClient;
  readonly #machines: SFNClient;

  private constructor(cloud: LaptopCloud, complaints: readonly string[]) {
    this.#cloud = cloud;
    this.running = cloud.running;
    this.complaints = complaints;
    this.#bus = new EventBridgeClient(clientSettings(cloud.running));
    this.#machines = new SFNClient(clientSettings(cloud.running));
    const { outbox } = cloud.running;
    outbox.onChange((id) => {
      // Whose it is may become known later; the outbox keeps the content of the newest only.
      const message = outbox.get(id);
      if (message !== undefined) this.#messages.set(id, { ...message, ...this.#messages.get(id) });
    });
  }

  static async open(options: RunningDeploymentOptions): Promise<RunningDeployment> {
    const complaints: string[] = [];
    const start = toMillis(options.start);
    const cloud = await openLaptopCloud({
      assembly: options.assembly,
      environment: ENVIRONMENT,
      port: 0,
      speed: 1,
      isPaused: true,
      data: options.data,
      codeCache: join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-compiled-functions'),
      chaos: options.chaos,
      begin: start - (start % MINUTE_MILLIS),
      isLifeLike: false,
      timers: options.timers ?? SYSTEM_TIMERS,
      // Lots that retries draw so that not all come at once.
      random: () => 0.5,
      onLine: ({ source, text }) => complaints.push(`${source}: ${text}`),
    });
    const { running } = cloud;
    const secrets = new SecretsManagerClient(clientSettings(running));
    await secrets.send(
      new PutSecretValueCommand({
        SecretId: customerSecretName(running.deployment),
        SecretString: options.secret,
      }),
    );
    secrets.destroy();
    for (const channel of ['email', 'sms', 'push', 'whatsapp']) running.providers.set(channel, 'silence');
    return new RunningDeployment(cloud, complaints);
  }

  /** What an application does: puts Segment calls on the bus. */
  async put(calls: readonly SegmentCall[]): Promise<void> {
    for (let from = 0; from < calls.length; from += MOST_ENTRIES) {
      const entries = calls.slice(from, from + MOST_ENTRIES).map((call) => ({
        EventBusName: busName(this.running.deployment),
        Source: 'shop',
        DetailType: String(call['event'] ?? call['type']),
        Detail: JSON.stringify(call),
      }));
      const { FailedEntryCount: failed } = await this.#bus.send(new PutEventsCommand({ Entries: entries }));
      if (failed !== 0) throw new Error('the bus has refused an event');
    }
  }

  /** Lets time pass, with everything that happens meanwhile. */
  async goTo(instant: Instant): Promise<void> {
    await this.running.clock.jumpTo(toMillis(instant));
    this.#noteDeadLetters();
  }

  /** Waits until nothing is in progress. */
  rest(): Promise<void> {
    return this.running.clock.jumpTo(this.running.clock.now());
  }

  /** Puts each call when it arrives, then goes on. */
  async tell(arrivals: ReadonlyMap<Instant, readonly SegmentCall[]>, until: Instant): Promise<void> {
    for (const [instant, calls] of arrivals) {
      await this.goTo(instant);
      await this.put(calls);
    }
    await this.goTo(until);
  }

  /** The customer's timeline, in order. */
  async logOf(customer: string): Promise<readonly LogEntry[]> {
    const told = await this.running.customers.timeline(customer, ALL);
    return told.toReversed().flatMap(({ log }) => log);
  }

  /** The customer's document as it is stored. */
  documentOf(customer: string): Promise<CustomerDocument | undefined> {
    return this.running.customers.document(customer);
  }

  /** Somebody aborts an execution in the console; returns the run that it was for. */
  async abort(machine: RegExp): Promise<{ readonly customer: string; readonly run: string }> {
    const found = this.running.executions.running().find((one) => machine.test(one.machine));
    if (found === undefined) throw new Error('no such execution is running');
    const { input = '' } = await this.#machines.send(
      new DescribeExecutionCommand({ executionArn: found.arn }),
    );
    await this.#machines.send(new StopExecutionCommand({ executionArn: found.arn }));
    return JSON.parse(input) as { customer: string; run: string };
  }

  async close(): Promise<void> {
    this.#bus.destroy();
    this.#machines.destroy();
    await this.#cloud.close();
  }

  /** As they come: queues keep them for two weeks. */
  #noteDeadLetters(): void {
    const { operations } = this.running;
    for (const { name, isDeadLetterQueue } of operations.queues())
      if (isDeadLetterQueue)
        for (const letter of operations.deadLetters(name, ALL)) this.#deadLetters.set(letter.id, letter);
  }
}

/** Any credentials will do. */
function clientSettings({ endpoint, region }: RunningCloud) {
  return { endpoint, region, credentials: { accessKeyId: 'application', secretAccessKey: 'application' } };
}
