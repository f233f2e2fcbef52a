// A whole deployment on this machine, in one process and in virtual time: the synthesised stack with its packed functions, the table in
// dynalite, the machines in the interpreter, and everything else of AWS played by the small parts beside this file. Nothing of what is
// deployed is replaced; what AWS does between the pieces is played in one of the ways in which it may happen: queues and stream are
// read at once, and the schedule of every minute is passed over while there is nothing for it to find.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { DOCUMENT_SORT_KEY, TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { nextScheduled } from '#lib/engine/use-cases/let-in-by-time.ts';
import type { DeploymentSources } from '#lib/infra/deployment-sources.ts';
import type { Interpreter } from '#lib/local/asl/interpreter.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { engineWorkspace } from '#lib/runtime/workspace-file.ts';
import { localTable, type LocalTable } from '../dynamodb-fixture.ts';
import { deployedStack, type DeployedStack } from './deployed-stack.ts';
import { LocalBuses } from './event-bus.ts';
import { createQueues, createStream, queueOperations, type Item, type LocalQueue } from './event-sources.ts';
import { openGateway, type Gateway, type Operations } from './gateway.ts';
import { MinuteSchedule } from './minute-schedule.ts';
import { loadFunction, type Invoke } from './packed-function.ts';
import { inAppMessage, providerOperations, type EmailTags, type TakenMessage } from './providers.ts';
import { createStateMachines, statusDetail } from './state-machines.ts';
import { showVirtualTime } from './virtual-time.ts';

export interface LocalDeploymentOptions {
  readonly sources: DeploymentSources;
  readonly start: Instant;
  /** What every secret holds: also the one under which customer ids are hashed. */
  readonly secret: string;
  /** Parts of all customers in which there may be somebody: the machine of audiences asks only these. */
  readonly shards: readonly string[];
}

const PLACE = { region: 'eu-central-1', account: '111122223333' };

export class LocalDeployment {
  /** What providers were asked to send, in order. */
  readonly messages: TakenMessage[] = [];
  readonly emailTags: EmailTags[] = [];
  /** How often functions of others were called. */
  invocations = 0;
  /** Lines that functions have logged as warnings or errors. */
  readonly complaints: string[] = [];
  readonly #clock: VirtualClock;
  readonly #table: LocalTable;
  readonly #gateway: Gateway;
  readonly #queues: ReadonlyMap<string, LocalQueue>;
  readonly #buses: LocalBuses;
  readonly #interpreter: Interpreter;
  readonly #bus: { readonly client: EventBridgeClient; readonly name: string };
  readonly #undo: readonly (() => void)[];

  private constructor(
    clock: VirtualClock,
    table: LocalTable,
    gateway: Gateway,
    stack: DeployedStack,
    { sources, secret, shards }: LocalDeploymentOptions,
    written: { hear: (item: Item) => void },
  ) {
    this.#clock = clock;
    this.#table = table;
    this.#gateway = gateway;
    const variables = {
      AWS_REGION: PLACE.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: gateway.endpoint,
      POWERTOOLS_DEV: 'true',
      POWERTOOLS_LOG_LEVEL: 'WARN',
      POWERTOOLS_METRICS_DISABLED: 'true',
    };
    this.#undo = [
      setVariables(variables),
      this.#keepComplaints(),
      answerFetch((to, content) => {
        this.messages.push({ at: clock.now(), channel: 'webhook', to: [to], content });
      }),
      showVirtualTime(clock),
    ];
    const functions = new Map<string, Invoke>();
    for (const one of stack.functions) {
      const invoke = loadFunction(one);
      functions.set(one.arn, invoke).set(one.name, invoke);
    }
    const invoke = (name: string): Invoke => {
      const found = functions.get(name);
      if (found === undefined) throw new Error(`there is no function ${name}`);
      return found;
    };
    this.#queues = createQueues(clock, stack, invoke);
    const place = { ...PLACE, endpoint: gateway.endpoint };
    const buses = new LocalBuses(clock, stack, this.#queues, place);
    const machines = createStateMachines({
      clock,
      place,
      machines: stack.machines,
      functions,
      prepared: (definition) => walkedInline(definition, shards),
      onEnd: (execution) =>
        buses.put({
          bus: 'default',
          source: 'aws.states',
          detailType: 'Step Functions Execution Status Change',
          detail: statusDetail(execution, place),
        }),
    });
    this.#buses = buses;
    this.#interpreter = machines.interpreter;
    const others: Operations = {
      'secretsmanager.GetSecretValue': () => ({ SecretString: secret }),
      // A function of somebody else: answers nothing, as in a play.
      'POST /2015-03-31/functions/': () => {
        this.invocations += 1;
        return {};
      },
    };
    gateway.answer({
      ...queueOperations(this.#queues),
      ...buses.operations,
      ...machines.operations,
      ...providerOperations(
        () => clock.now(),
        this.messages,
        (tags) => this.emailTags.push(tags),
      ),
      ...others,
    });
    const stream = stack.sources.find(({ sourceArn }) => sourceArn.includes(':table/'));
    if (stream === undefined) throw new Error('nothing reads the stream');
    const workspace = engineWorkspace(sources.repository.workspace);
    const minutes = new MinuteSchedule(clock, invoke(stack.everyMinute), (after) => {
      const next = nextScheduled(workspace, after)?.at;
      return next === undefined ? undefined : toMillis(next);
    });
    const tell = createStream(clock, stream, invoke(stream.functionName));
    written.hear = (item) => {
      const inApp = inAppMessage(item);
      if (inApp !== undefined) this.messages.push({ at: clock.now(), channel: 'inapp', ...inApp });
      if (item['sk']?.S !== DOCUMENT_SORT_KEY) return;
      minutes.noteLook(item['pk']?.S ?? '', item['lookAt']?.S as Instant | undefined);
      tell(item);
    };
    minutes.begin();
    this.#bus = { client: new EventBridgeClient({}), name: stack.busName };
  }

  static async open(options: LocalDeploymentOptions): Promise<LocalDeployment> {
    const clock = new VirtualClock(toMillis(options.start));
    const table = await localTable('wend-test-profiles');
    const written: { hear: (item: Item) => void } = { hear: () => undefined };
    const gateway = await openGateway((request, response) => {
      if (!String(request.headers['x-amz-target']).startsWith('DynamoDB_')) return false;
      watchWrites(request, response, (item) => written.hear(item));
      table.server.emit('request', request, response);
      return true;
    });
    const stack = deployedStack(options.sources, { ...PLACE, endpoint: gateway.endpoint });
    return new LocalDeployment(clock, table, gateway, stack, options, written);
  }

  /** What an application does: puts Segment calls on the bus, at most ten at once. */
  async put(calls: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    const Entries = calls.map((call) => ({
      EventBusName: this.#bus.name,
      Source: 'shop',
      DetailType: String(call['event'] ?? call['type']),
      Detail: JSON.stringify(call),
    }));
    await this.#bus.client.send(new PutEventsCommand({ Entries }));
  }

  /** Lets time pass, with everything that happens meanwhile. */
  async runUntil(instant: Instant): Promise<void> {
    await this.#clock.runUntil(toMillis(instant));
  }

  /** The customer's timeline, in order. */
  async logOf(customer: string): Promise<readonly LogEntry[]> {
    const timeline = createTimeline(this.#table, TIMELINE_DAYS);
    const log: LogEntry[] = [];
    let from: string | undefined;
    do {
      const page = await timeline.page(customer, 1000, from);
      for (const told of page.revisions) log.unshift(...told.log);
      from = page.next;
    } while (from !== undefined);
    return log;
  }

  /** The document as it is stored. */
  documentOf(customer: string): Promise<CustomerDocument | undefined> {
    const store = createDocumentStore(this.#table, {
      uniqueText: () => '',
      random: () => 0,
      pause: () => Promise.resolve(),
    });
    return loadDocument(store, customer);
  }

  /** What a service of AWS tells on the account's own bus. */
  report(source: string, detailType: string, detail: unknown): void {
    this.#buses.put({ bus: 'default', source, detailType, detail });
  }

  /** Somebody aborts an execution in the console: that of the run whose id it returns. */
  abortOne(): { readonly customer: string; readonly run: string } {
    for (const { id, status, input } of this.#interpreter.executions())
      if (status === 'RUNNING') {
        this.#interpreter.stop(id);
        return input as { customer: string; run: string };
      }
    throw new Error('no execution is running');
  }

  /** What lies in queues that nobody reads: dead letters. */
  deadLetters(): readonly string[] {
    return [...this.#queues.values()].flatMap(({ queue, waiting }) =>
      queue.deadLetters === undefined ? waiting.map(({ body }) => body) : [],
    );
  }

  async close(): Promise<void> {
    for (const undo of this.#undo.toReversed()) undo();
    this.#bus.client.destroy();
    await this.#gateway.close();
    await this.#table.close();
  }

  #keepComplaints(): () => void {
    const { warn, error } = console;
    const keep = (line: unknown): void => void this.complaints.push(String(line));
    console.warn = keep;
    console.error = keep;
    return () => Object.assign(console, { warn, error });
  }
}

/** Every item that a request has put into the table, before anybody hears of it. */
function watchWrites(
  request: IncomingMessage,
  response: ServerResponse,
  onWrite: (item: Item) => void,
): void {
  if (!String(request.headers['x-amz-target']).endsWith('.PutItem')) return;
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  response.end = ((...given: unknown[]) => {
    if (response.statusCode === 200)
      onWrite((JSON.parse(Buffer.concat(parts).toString()) as { Item: Item }).Item);
    return end(...given);
  }) as typeof response.end;
}

/**
 * The interpreter has no Distributed Map: it is walked as an inline one, whose iterations are its children, and parts of all customers
 * in which nobody is are passed over, because each would be a call.
 */
function walkedInline(definition: string, shards: readonly string[]): string {
  return definition
    .replaceAll(/"Label":"[a-z]+",/g, '')
    .replaceAll('{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"}', '{"Mode":"INLINE"}')
    .replace(/"Items":\["00".*?"ff"\]/, `"Items":${JSON.stringify(shards)}`);
}

function setVariables(variables: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  return () => {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

/** Endpoints of the settings take everything and answer nothing, as in a play. */
function answerFetch(take: (url: string, body: unknown) => void): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (url, request) => {
    take(url as string, JSON.parse(request?.body as string) as unknown);
    return Promise.resolve(Response.json({}));
  };
  return () => {
    globalThis.fetch = fetch;
  };
}
