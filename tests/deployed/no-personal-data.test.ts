// Promise P10 over a whole local cloud: customers full of canaries live through the journeys of the sample workspace, providers fail, dead
// letters and records of the stream are left behind; then everything that the cloud holds is searched. A canary may lie where
// docs/privacy.md says that personal data are, and nowhere else.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { RELAY_SOURCE } from '#lib/contracts/event-sources.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { OperationsView } from '#lib/laptop/operations-view.ts';
import { linksOf } from '#lib/laptop/page/message-links.ts';
import { CANARY, START, canaryCustomer, mistakes, storyOf } from './canary-customers.ts';
import { RunningDeployment } from './running-deployment.ts';
import { SkippingTimers } from './skipping-timers.ts';
import { ROOT, synthesisedStack } from './synthesised-stack.ts';
import { answered, piece, writtenDown, type Kept } from './what-is-kept.ts';

const HOUR = 60 * 60 * 1000;

/** Where personal data are → the row of docs/privacy.md that says so. */
const MEANT_TO_BE: Readonly<Record<string, string>> = {
  document: '| customer document |',
  timeline: '| timeline |',
  'consent ledger': '| consent ledger |',
  'message in the app': '| messages in the app |',
  'message of wend-test-events': '| queues of events |',
  'message of wend-test-events-dead-letters': '| dead letters |',
  'kept record of the stream': '| bucket of failed stream records |',
  provider: '| providers (SES, SMS, push, WhatsApp), endpoints |',
  'suppression-list': '| lists of SES and End User Messaging |',
  'opt-out-list': '| lists of SES and End User Messaging |',
};
/** How a tester has set the providers of the local cloud, by address: on AWS nobody sets them. */
const ONLY_ON_A_LAPTOP = new Set(['behaviours']);

const timers = new SkippingTimers();
let deployment: RunningDeployment;
let places: ReadonlyMap<string, readonly Kept[]>;

beforeAll(async () => {
  // All that functions write and count passes here.
  const lines = vi.spyOn(OperationsView.prototype, 'noteLine');
  const metrics = vi.spyOn(OperationsView.prototype, 'noteMetrics');
  const data = join(mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-canaries-')), 'data');
  const assembly = await synthesisedStack();
  deployment = await RunningDeployment.open({ assembly, start: START, secret: 'secret', timers, data });
  await liveThroughIt();
  const kept = [
    ...(await answered(deployment.running)),
    ...(await writtenDown(data)),
    ...lines.mock.calls.map(([line]) => piece('log of a function', line)),
    ...metrics.mock.calls.map(([some]) => piece('metric', some)),
    ...deployment.complaints.map((line) => piece('terminal', line)),
  ];
  places = Map.groupBy(kept, ({ where }) => where);
}, 900_000);
afterAll(async () => {
  vi.restoreAllMocks();
  await deployment.close();
  // Test files share their process.
  places = new Map();
});

describe('personal data', () => {
  it('lie where docs/privacy.md says, and nowhere else', () => {
    const found = [...places].flatMap(([where, some]) =>
      where in MEANT_TO_BE || ONLY_ON_A_LAPTOP.has(where)
        ? []
        : some.flatMap(({ says }) => excerptOf(where, says)),
    );
    expect(found.slice(0, 20)).toEqual([]);
  });

  it.each(Object.entries(MEANT_TO_BE))('are found in: %s', (where, row) => {
    expect(places.get(where)?.some(({ says }) => CANARY.test(says))).toBe(true);
    expect(readFileSync(join(ROOT, 'docs/privacy.md'), 'utf8')).toContain(row);
  });

  it('could have been told everywhere', () => {
    for (const where of [
      'execution',
      'history of an execution',
      'executions',
      'log of a function',
      'metric',
      'schedule',
      'terminal',
      'tags of a message',
      'key of an item',
      'pointer',
      'why a record of the stream is kept',
      'about a message of wend-test-events-dead-letters',
      'message of wend-test-looks',
    ])
      expect([where, places.get(where)?.length ?? 0]).not.toEqual([where, 0]);
    const channels = new Set(deployment.messages.map(({ channel }) => channel));
    expect([...channels].toSorted()).toEqual(['email', 'inapp', 'push', 'sms', 'webhook', 'whatsapp']);
    expect(said('execution')).toContain('"status":"ABORTED"');
    const reasons = new Set(deployment.deadLetters.map(({ reason }) => reason));
    expect(reasons.size).toBeGreaterThan(2);
    const told = said('timeline');
    for (const kind of [
      'enters',
      'waits',
      'takes',
      'sends',
      'defers',
      'skips',
      'sets',
      'exits',
      'fails',
      'calls',
    ])
      expect(told).toContain(`"kind":"${kind}"`);
  });
});

function said(where: string): string {
  return (
    places
      .get(where)
      ?.map(({ says }) => says)
      .join('\n') ?? ''
  );
}

function excerptOf(where: string, says: string): readonly string[] {
  const at = says.search(CANARY);
  return at === -1 ? [] : [`${where}: …${says.slice(Math.max(0, at - 100), at + 60)}…`];
}

/** Some weeks of three customers: to the second one, providers refuse everything; of the third one, the relay does not get to tell. */
async function liveThroughIt(): Promise<void> {
  const happy = canaryCustomer(1);
  const unlucky = canaryCustomer(2);
  const { providers } = deployment.running;
  const stories = [happy, unlucky].map(storyOf);
  const instants = [...new Set(stories.flatMap((story) => [...story.keys()]))].toSorted();
  for (const [index, instant] of instants.entries()) {
    await deployment.goTo(instant);
    providers.set(unlucky.email, ['throttle', 'refused', 'hard bounce'][index % 3]);
    providers.set(unlucky.phone, ['throttle', 'refused'][index % 2]);
    providers.set(unlucky.token, ['hard bounce', 'throttle'][index % 2]);
    providers.set('webhook', [undefined, 'server error'][index % 2]);
    await deployment.put(stories.flatMap((story) => story.get(instant) ?? []));
    await deployment.rest();
    await reactTo([happy.email, happy.phone, happy.token]);
    if (index === 1) await deployment.abort(/delivery-day/);
  }
  await deployment.put(mistakes());
  await deployment.goTo(addMillis(START, 20 * 24 * HOUR));
  await reactTo([happy.email, happy.phone, happy.token]);
  await askPages();
  await stopByText(happy.phone);
  // What has failed is tried again, until it is through or given up.
  await timers.skip(HOUR, () => deployment.rest());
  await tellWhileTheRelayHangs();
}

/** Each call of the relay lasts too long, until the records are given up. */
async function tellWhileTheRelayHangs(): Promise<void> {
  await switchRelay(false);
  await deployment.put([...storyOf(canaryCustomer(3)).values()].flat().slice(0, 6));
  await deployment.rest();
  await switchRelay(true);
  // The functions' time passes faster than they can work: another thread has no answer within a turn.
  await timers.skip(RELAY_SOURCE.maxRecordAgeSeconds * 1000 + HOUR, () => setImmediate());
  await deployment.rest();
}

async function stopByText(phone: string): Promise<void> {
  const { outbox } = deployment.running;
  const message = outbox.messages().find(({ channel, to }) => channel === 'sms' && to.includes(phone));
  if (message === undefined) throw new Error('no text message');
  await outbox.react(message.id, { kind: 'unsubscribe' });
}

const reacted = new Set<string>();

/** Somebody opens each message of these addresses, follows a link that tells most, and answers. */
async function reactTo(addresses: readonly string[]): Promise<void> {
  const { outbox } = deployment.running;
  for (const { id, to, reactions, ...content } of outbox.messages()) {
    if (reacted.has(id) || !addresses.some((address) => to.includes(address))) continue;
    reacted.add(id);
    const link = linksOf(content).find(({ address, isPage }) => !isPage && CANARY.test(address))?.address;
    if (reactions.includes('open')) await outbox.react(id, { kind: 'open' });
    if (reactions.includes('click'))
      await outbox.react(id, { kind: 'click', ...(link !== undefined && { link }) });
    if (reactions.includes('reply')) await outbox.react(id, { kind: 'reply', text: 'canary-reply' });
  }
}

/** Pages behind links are asked with what browsers and people add. */
async function askPages(): Promise<void> {
  for (const message of deployment.running.outbox.messages().slice(0, 10))
    for (const { address, isPage } of linksOf(message)) {
      if (!isPage) continue;
      await fetch(`${address}?canary=canary-query`, { headers: { 'user-agent': 'canary-browser' } });
      await fetch(address, { method: 'POST', body: new URLSearchParams({ mail: 'canary-form' }) });
    }
}

async function switchRelay(isOn: boolean): Promise<void> {
  const { endpoint, region, deployment: name } = deployment.running;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new LambdaClient({ endpoint, region, credentials });
  const { EventSourceMappings: mappings = [] } = await client.send(
    new ListEventSourceMappingsCommand({ FunctionName: `${name}-relay-effects` }),
  );
  for (const { UUID: id } of mappings)
    await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: isOn }));
  client.destroy();
}
