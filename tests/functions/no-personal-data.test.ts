// Promise P10 in the packed functions: customers full of canaries go through all of them, while every service quotes them in its errors,
// and nothing that anybody else reads (answers and errors, executions, log, metrics, traces, tags, reasons of dead letters) has one.
// Once they are erased, the table has none either.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { GetItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documentKey, readDocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { unpacked } from '#lib/adapters/aws/dynamodb/packing.ts';
import { FUNCTION_NAMES, STEP_FUNCTION_NAMES, type FunctionName } from '#lib/contracts/deployment-names.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { FIRST_LOOP, type RunInput } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { STRAGGLERS_MILLIS } from '#lib/engine/rules/erasure.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { packedFunctions, type Bundles } from '../bundles-fixture.ts';
import { localTable, type LocalTable } from '../dynamodb-fixture.ts';
import { SETTINGS } from '../laws/world/journeys.ts';
import { CANARY, MAIL, PHONE, WORDS, asksPage, journey } from './canaries.ts';
import { quotingAws, type Mood, type QuotingAws } from './quoting-aws.ts';

const daemon = createSocket('udp4');
/** All that anybody can read: where, and what it says. */
const told: { readonly where: string; readonly says: string }[] = [];
let bundles: Bundles;
let table: LocalTable;
let aws: QuotingAws;
type Handler = (event: unknown, context: Context) => Promise<unknown>;
const handlers = new Map<FunctionName, Handler>();

beforeAll(async () => {
  [bundles, table] = await Promise.all([packedFunctions(), localTable()]);
  aws = await quotingAws(table.endpoint, WORDS);
  daemon.on('message', (message) => void told.push({ where: 'trace', says: message.toString('utf8') }));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  const environment = {
    DEPLOYMENT: 'wend-test',
    TABLE_NAME: table.name,
    CONFIGURATION_SET: 'wend-test',
    CUSTOMER_SECRET_ARN: 'arn:secret',
    PAGES_URL: 'https://pages.example/',
    EVENTS_DEAD_LETTERS_URL: `${aws.url}/events-dead-letters`,
    STARTS_DEAD_LETTERS_URL: `${aws.url}/starts-dead-letters`,
    LOOKS_DEAD_LETTERS_URL: `${aws.url}/looks-dead-letters`,
    STARTS_QUEUE_URL: `${aws.url}/starts`,
    LOOKS_QUEUE_URL: `${aws.url}/looks`,
    AUDIENCE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:wend-test_audience',
    MACHINE_ARN_PREFIX: 'arn:aws:states:eu-west-1:123456789012:stateMachine:wend-test',
    BUS_NAME: 'wend-test',
    STARTS_PER_SECOND: '1000',
    ASKS_PER_SECOND: '1000',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: aws.url,
    POWERTOOLS_METRICS_DISABLED: 'false',
    // As Lambda sets them where a call is sampled.
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
    _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    LAMBDA_TASK_ROOT: '/var/task',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const output of [process.stdout, process.stderr])
    vi.spyOn(output, 'write').mockImplementation((line) => {
      told.push({ where: 'log', says: String(line) });
      return true;
    });
  const settings = settingsSchema.parse({
    brand: { name: 'Shop' },
    timezone: 'UTC',
    locale: 'en',
    topics: { updates: { name: 'Updates', withoutRecord: 'granted' } },
    functions: { score: { lambda: 'score' } },
    endpoints: { crm: { url: `${aws.url}/endpoint` } },
    senders: {
      default: {
        email: { from: 'hello@shop.example' },
        sms: { sender: 'Shop' },
        push: { application: 'a1' },
        whatsapp: { sender: 'phone-number-id-1' },
        webhook: { endpoint: 'crm' },
      },
    },
    plainEvents: [{ source: 'shop.orders', customer: 'detail.buyer' }],
  });
  const versions = { manifests: [journey.manifest], newest: { all: journey.version } };
  const text = 'Dear canary {{ profile.email }}';
  const content = {
    email: { subject: text, html: `<p>${text}</p>`, text },
    sms: { text },
    push: { title: text, body: text },
    whatsapp: { template: 'hello', language: 'en', parameters: [text] },
    inapp: { text },
    webhook: { text },
  };
  const message = { format: 1, id: 'hello', hash: '000000000000', locales: { en: content } };
  for (const name of FUNCTION_NAMES) {
    const file = (of: string): string => join(bundles.folder, name, of);
    const deployed = { format: 1, mark: 'm', settings, ...versions, journeys: {}, segments: [] };
    writeFileSync(file('workspace.json'), JSON.stringify(deployed));
    writeFileSync(file('messages.json'), JSON.stringify({ format: 1, catalog: {}, messages: [message] }));
    const module = (await import(/* @vite-ignore */ file('index.mjs'))) as { handler: Handler };
    handlers.set(name, module.handler);
  }
}, 240_000);
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  daemon.close();
  await aws.close();
  await table.close();
  bundles.remove();
});

/** Calls a function while services are in these moods; what comes of it is told to whoever has called, and to the log. */
async function call(
  name: FunctionName,
  event: unknown,
  moods: Readonly<Record<string, Mood>> = {},
): Promise<void> {
  aws.moods = moods;
  const context = {
    functionName: `wend-test-${name}`,
    awsRequestId: 'request',
    getRemainingTimeInMillis: () => 60_000,
  } as unknown as Context;
  try {
    const answer = await handlers.get(name)?.(event, context);
    // Pages answer nobody but the asker, whose form they may show again.
    if (name !== 'answer-customers')
      told.push({ where: `answer of ${name}`, says: JSON.stringify(answer) ?? '' });
  } catch (error) {
    const { name: type, message, stack } = error as Error;
    told.push({ where: `error of ${name}`, says: `${type} ${message} ${stack} ${inspect(error)}` });
  } finally {
    aws.moods = {};
  }
}

function queue(...bodies: readonly string[]): unknown {
  const attributes = { ApproximateReceiveCount: '5' };
  return { Records: bodies.map((text, index) => ({ messageId: `m${index}`, body: text, attributes })) };
}

const onBus = (detail: unknown, envelope: object = {}): string =>
  JSON.stringify({
    id: 'canary-event',
    source: 'shop',
    'detail-type': 'canary',
    time: new Date().toISOString(),
    detail,
    ...envelope,
  });

let customers = 0;

/** A new customer with a run that has not been started. */
async function arrives(): Promise<{
  readonly customer: string;
  readonly document: CustomerDocument;
  readonly run: RunInput;
}> {
  customers += 1;
  const userId = `canary-user-${customers}`;
  const about = { userId, anonymousId: `canary-device-${customers}` };
  const traits = { email: MAIL, phone: PHONE, name: 'Canary', pushTokens: ['canary-token'] };
  await call(
    'ingest-events',
    queue(
      onBus({ type: 'identify', ...about, messageId: `canary-i${customers}`, traits }),
      onBus({
        type: 'track',
        ...about,
        messageId: `canary-c${customers}`,
        event: 'Consent Changed',
        properties: { topic: 'updates', granted: true, source: WORDS, text: WORDS, proof: WORDS },
      }),
      onBus({
        type: 'track',
        ...about,
        messageId: `canary-t${customers}`,
        event: 'Cart Filled',
        properties: { cart: 'canary', order: WORDS },
      }),
    ),
  );
  const customer = customerId('secret', userId);
  const document = await documentOf(customer);
  const [[run, { leg, version }] = ['', { leg: 1, version: '' }]] = Object.entries(document.runs);
  return { customer, document, run: { run, leg, customer, journey: 'all', version } };
}

async function documentOf(customer: string): Promise<CustomerDocument> {
  const { Item: item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: documentKey(customer) }),
  );
  return readDocumentImage(item as never);
}

async function image(customer: string): Promise<{ readonly Keys: unknown; readonly NewImage: unknown }> {
  const { Item: item = {} } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: documentKey(customer) }),
  );
  const attributes = Object.entries(item).map(([name, value]) => [
    name,
    'B' in value ? { B: Buffer.from(value.B ?? '').toString('base64') } : value,
  ]);
  return { Keys: documentKey(customer), NewImage: Object.fromEntries(attributes) };
}

async function stream(customer: string): Promise<unknown> {
  const dynamodb = { ...(await image(customer)), SequenceNumber: '1' };
  const broken = { ...dynamodb, NewImage: { ...documentKey(customer), doc: { B: btoa(WORDS) } } };
  return {
    Records: [
      { eventID: 'e1', dynamodb },
      { eventID: 'e2', dynamodb: broken },
    ],
  };
}

/** Every item of the table, with what is packed in it. */
async function allItems(): Promise<readonly { readonly key: string; readonly says: string }[]> {
  const items: Record<string, AttributeValue>[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const { Items: page = [], LastEvaluatedKey: last } = await table.client.send(
      new ScanCommand({ TableName: table.name, ExclusiveStartKey: from }),
    );
    items.push(...page);
    from = last;
  } while (from !== undefined);
  return items.map((item) => ({
    key: `${item['pk']?.S} ${item['sk']?.S}`,
    says: JSON.stringify(
      Object.values(item).map(({ B: bytes, ...value }) => (bytes ? unpacked(bytes) : value)),
    ),
  }));
}

/** An error of the service's own is tried again by its client, which takes a second: seldom is often enough. */
const WORST: readonly Mood[] = ['refuses', 'breaks', 'well'];
const each = (...services: readonly string[]) =>
  WORST.flatMap((mood) => services.map((service) => ({ [service]: mood })));

function said(where: string): string {
  return told.flatMap((one) => (one.where.startsWith(where) ? one.says : [])).join('\n');
}

describe('personal data', () => {
  it('is in nothing that a function tells, however badly services behave', { timeout: 120_000 }, async () => {
    const badBodies = [
      `{"canary\n    at ${MAIL}`,
      JSON.stringify({ canary: MAIL }),
      onBus({ batch: [{ type: 'track', userId: MAIL }, WORDS] }),
      onBus({ type: MAIL, userId: MAIL }),
      onBus({ type: 'track', userId: MAIL, event: 'Cart Filled', timestamp: WORDS }),
      onBus({ buyer: { [MAIL]: 1 } }, { source: 'shop.orders' }),
      onBus({ mail: { messageId: MAIL, destination: [MAIL] }, eventType: MAIL }, { source: 'aws.ses' }),
      onBus({ messageId: MAIL, destinationPhoneNumber: PHONE }, { source: 'aws.sms-voice' }),
    ];
    const cartFilled = onBus({
      type: 'track',
      userId: MAIL,
      event: 'Cart Filled',
      properties: { [MAIL]: WORDS },
    });
    for (const moods of each('secrets', 'table', 'queues', 'states'))
      await call('ingest-events', queue(cartFilled, ...badBodies), moods);

    for (const moods of each('secrets', 'table'))
      for (const method of ['GET', 'POST']) await call('answer-customers', asksPage(method), moods);

    for (const moods of each('table', 'states', 'bus', 'queues')) {
      const { customer, run } = await arrives();
      const looks = queue(
        JSON.stringify({ customers: [customer] }),
        JSON.stringify({ customers: [MAIL] }),
        WORDS,
      );
      const detail = { executionArn: `arn:${run.run}`, status: 'FAILED', input: JSON.stringify(run) };
      await call('relay-effects', await stream(customer), moods);
      await call(
        'start-runs',
        queue(JSON.stringify({ customer }), JSON.stringify({ customer: MAIL }), WORDS),
        moods,
      );
      await call('pass-time', looks, moods);
      await call('find-due', { canary: MAIL }, moods);
      await call('pass-time', queue(JSON.stringify({ detail: { ...detail, input: null } }), WORDS), moods);
      await call('pass-time', queue(JSON.stringify({ detail: { ...detail, input: WORDS } })), moods);
      await call('pass-time', queue(JSON.stringify({ detail })), moods);
      const input = { kind: 'catch up', mark: 'm' };
      await call('tell-customers', { input, shard: customer.slice(0, 2), cursor: null }, moods);
      await call('tell-customers', { input: { kind: MAIL }, shard: MAIL, cursor: MAIL }, moods);
      await call('pass-time', queue(JSON.stringify({ customer, input, reason: 'r' }), WORDS), moods);
    }

    for (const moods of [...each('bus', 'states'), { bus: 'fails', table: 'fails' }] as const) {
      const { customer, run, document } = await arrives();
      const about = { run, attempt: 0, loop: FIRST_LOOP };
      const node = journey.manifest.flow.nodes['emit'];
      if (node?.kind !== 'action') throw new Error('no step that emits');
      await call('emit-event', { ...about, step: node.settings, next: node.next });
      await call('relay-effects', await stream(customer), moods);
      const times = { since: document.decided, until: '9999-12-31T23:59:59.000Z' };
      await call('await-events', { ...about, token: 'token', step: { id: 'await', ...times } });
      const viewed = { type: 'track', userId: `canary-user-${customers}`, event: 'Cart Viewed' };
      await call('ingest-events', queue(onBus({ ...viewed, properties: { [MAIL]: WORDS } })));
      await call('relay-effects', await stream(customer), moods);
    }

    for (const [id, node] of Object.entries(journey.manifest.flow.nodes)) {
      if (node.kind !== 'send' && node.kind !== 'action') continue;
      const { settings } = node;
      const step = 'type' in settings ? settings.type : 'send';
      const outside =
        { invoke: 'lambda', webhook: 'endpoint', 'send-webhook': 'endpoint' }[id] ?? id.slice(5);
      for (const moods of each('table', outside)) {
        const { run } = await arrives();
        const payload = { run, attempt: 0, loop: FIRST_LOOP, step: settings, next: node.next };
        await call(STEP_FUNCTION_NAMES[step], payload, moods);
        await call(STEP_FUNCTION_NAMES[step], { ...payload, run: { ...run, customer: MAIL }, step: WORDS });
      }
    }
    for (const moods of each('table')) {
      const { run, document } = await arrives();
      const about = { run, attempt: 0, loop: FIRST_LOOP };
      const times = { since: document.decided, until: '9999-12-31T23:59:59.000Z' };
      await call('await-events', { ...about, token: 't', step: { id: 'await', ...times } }, moods);
      await call('decide-step', { ...about, step: { id: 'await' }, next: null }, moods);
      await call('end-run', { run, failed: 'States.Timeout' }, moods);
      await call('end-run', { run, failed: { canary: MAIL } }, moods);
    }

    for (const { service, operation, body: sent } of aws.asked) {
      const where = `${service} ${operation}`;
      if (service === 'states') told.push({ where, says: sent });
      const parsed = service === 'table' ? {} : (JSON.parse(sent || '{}') as Record<string, unknown>);
      // A dead letter is what it was; why it is one is told beside it.
      const isLetter = String(parsed['QueueUrl']).endsWith('dead-letters');
      if (service === 'queues')
        told.push({ where, says: isLetter ? inspect(parsed['MessageAttributes'], { depth: 9 }) : sent });
      told.push({
        where,
        says: JSON.stringify([parsed['EmailTags'], parsed['Context'], parsed['DetailType']]),
      });
    }
    await vi.waitFor(() => expect(told.filter(({ where }) => where === 'trace').length).toBeGreaterThan(20));
    expect(told.filter(({ says }) => CANARY.test(says))).toEqual([]);
  });

  it('was there to be told: all functions failed by names, every service refused, and every channel was tried', () => {
    for (const name of Object.values(STEP_FUNCTION_NAMES))
      expect(said(`error of ${name}`)).toMatch(/Table(?:Refused|Unavailable)/);
    expect(said('log')).toContain('"fault":"SyntaxError"');
    expect(said('log')).toContain('PayloadNotUnderstood');
    expect(said('trace')).toContain('ValidationException');
    const services = new Set(aws.asked.flatMap(({ service, operation }) => [service, operation]));
    for (const service of [
      'StartExecution',
      'queues',
      'bus',
      'secrets',
      'email',
      'sms',
      'push',
      'whatsapp',
      'lambda',
      'endpoint',
    ])
      expect(services).toContain(service);
    expect(aws.asked.some(({ body: sent }) => sent.includes('Dear canary'))).toBe(true);
  });

  it('is nowhere in the table once everybody is erased', { timeout: 240_000 }, async () => {
    const engine = {
      ports: createDecidingPorts({ client: table.client, name: table.name }),
      workspace: createWorkspace({ manifests: [], newest: {}, settings: SETTINGS }),
    };
    const before = await allItems();
    const kinds = new Set(before.map(({ key }) => key.replace(/^(C#).* (.).*|^(.#).*/, '$1$2$3')));
    expect([...kinds]).toEqual(expect.arrayContaining(['C#D', 'C#T', 'C#L', 'C#A', 'C#P', 'I#', 'M#']));
    const known = before.flatMap(({ key }) => /^C#(\S+) DOC$/.exec(key)?.[1] ?? []);
    for (const customer of known) await eraseCustomer(engine, customer, 'operator');
    const images = await Promise.all(known.map(image));
    const Records = images.map((dynamodb, index) => ({
      eventID: `e${index}`,
      dynamodb: { ...dynamodb, SequenceNumber: String(index + 1) },
    }));
    await call('relay-effects', { Records });
    // Whoever began before the erasure is over by then.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + STRAGGLERS_MILLIS + 60_000 });
    await call('pass-time', queue(JSON.stringify({ customers: known })));
    vi.useRealTimers();

    const after = await allItems();
    expect(after.filter(({ key, says }) => CANARY.test(key) || CANARY.test(says))).toEqual([]);
    // One tombstone for each, and what is of nobody.
    expect(
      after
        .filter(({ key }) => /^[CIM]#/.test(key))
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(known.map((customer) => `C#${customer} DOC`).toSorted());
    expect((await documentOf(known[0] ?? '')).erased).toMatchObject({ removal: 'sure' });
    expect(told.filter(({ says }) => CANARY.test(says))).toEqual([]);
  });
});
