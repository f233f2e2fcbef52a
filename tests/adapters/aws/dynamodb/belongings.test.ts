// What the table keeps of a customer is handed out whole and removed whole, and nothing of anybody else's.
import { PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBelongings, pointerTo } from '#lib/adapters/aws/dynamodb/belongings.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { exportCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { createMessageLinks } from '#lib/adapters/aws/dynamodb/message-links.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { createInApp } from '#lib/adapters/aws/delivery/inapp.ts';
import { customerExportSchema } from '#lib/contracts/customer-export.ts';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { lookAtCustomer } from '#lib/engine/use-cases/look-at-customer.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { SETTINGS } from '../../../laws/world/journeys.ts';
import { idOf } from '../../../laws/world/world.ts';

const NOW = '2026-03-27T10:00:00.000Z' as Instant;
const [ADA, BEN] = [idOf('ada'), idOf('ben')];
const SECRET = /ada@example|Canary ada|ada-device|"ada"/;
let local: LocalTable;
const state = { now: NOW };
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

const nothing = () => Promise.reject(new Error('nothing of this is needed'));

function parts() {
  const table = { client: local.client, name: local.name };
  const clock = { now: () => state.now, monotonic: () => 0 };
  const engine = {
    workspace: createWorkspace({ manifests: [], newest: {}, settings: SETTINGS }),
    ports: {
      ...createDecidingPorts(table),
      clock,
      belongings: createBelongings(table),
      ledger: createConsentLedger(table),
      bus: { put: nothing },
      executions: { start: nothing, wake: nothing, move: nothing, stop: nothing, describe: nothing },
    },
  };
  return { table, clock, engine };
}

async function keepSomething(customer: string, external: string, device: string): Promise<void> {
  const { table, clock, engine } = parts();
  const times = { at: NOW, received: NOW };
  const traits = { email: `${external}@example.com`, name: `Canary ${external}` };
  await decideAndCommit(
    engine,
    customer,
    [
      { kind: 'identify', id: 'i1', ...times, traits },
      { kind: 'devices', change: 'owns', devices: [device] },
    ],
    external,
  );
  const sent = { customer, run: 'a'.repeat(24), step: 's', visit: 1, journey: 'j', message: 'm' };
  // More than one request deletes.
  for (let revision = 1; revision <= 60; revision += 1)
    await createTimeline(table, 90).append({
      customer,
      revision,
      decided: NOW,
      log: [{ at: NOW, kind: 'sets', name: 'name', value: `Canary ${external}` }],
    });
  await createIdentities(table).learn('device', device, customer);
  await createMessageLinks(table, clock.now).remember('sms', `id of ${external}`, sent);
  await createInApp({ table, clock })({
    sent,
    class: 'marketing',
    rendered: { channel: 'inapp', to: [], locale: 'en', content: { text: `Dear Canary ${external}` } },
  });
}

async function allItems(): Promise<string> {
  const { Items: items = [] } = await local.client.send(new ScanCommand({ TableName: local.name }));
  return items
    .map(
      (item) =>
        `${item['pk']?.S} ${item['sk']?.S} ${Object.values(item)
          .map(({ S: text = '' }) => text)
          .join(' ')}`,
    )
    .join('\n');
}

/** Whose the items of a kind are, by the kinds of keys: a new one has to be put somewhere. */
const WHOSE: Readonly<Record<keyof typeof KEYS, 'partition' | 'pointer' | 'nobody'>> = {
  customer: 'partition',
  timelineEntry: 'partition',
  ledgerEntry: 'partition',
  inAppMessage: 'partition',
  pointer: 'partition',
  identity: 'pointer',
  message: 'pointer',
  outcomes: 'nobody',
  slots: 'nobody',
  deployment: 'nobody',
};

const put = (item: Record<string, AttributeValue>) =>
  local.client.send(new PutItemCommand({ TableName: local.name, Item: item }));

describe('keys of the table', () => {
  it.each(Object.entries(WHOSE))(
    'of %s: an erasure removes what is of a customer (%s)',
    async (kind, whose) => {
      const { table } = parts();
      const customer = idOf(`customer of ${kind}`);
      const own = KEYS.customer(customer);
      const build: string | ((...parts: readonly string[]) => string) = KEYS[kind as keyof typeof KEYS];
      const key = typeof build === 'string' ? build : build('one', 'two');
      const [partition, sort] =
        whose === 'partition' ? [own, kind === 'customer' ? 'anything' : key] : [key, 'ONE'];
      await put({
        pk: { S: partition },
        sk: { S: sort },
        owner: { S: customer },
        mark: { S: `mark of ${kind}` },
      });
      if (whose === 'pointer') await put(pointerTo(customer, partition, sort));
      await createBelongings(table).remove(customer);
      const left = await allItems();
      expect(left.includes(`mark of ${kind}`)).toBe(whose === 'nobody');
      expect(left).not.toContain(own);
    },
  );
});

describe('a customer of the table', () => {
  it('is exported whole, erased whole, and back only by their own return', async () => {
    await keepSomething(ADA, 'ada', 'ada-device');
    await keepSomething(BEN, 'ben', 'ben-device');
    const { table, engine } = parts();
    // The tablet was Ada's, and is Ben's by now.
    await createIdentities(table).learn('device', 'tablet', ADA);
    await createIdentities(table).learn('device', 'tablet', BEN);

    const exported = await exportCustomer(table, ADA, NOW);
    expect(customerExportSchema.parse(exported)).toMatchObject({
      external: 'ada',
      document: { traits: { email: { value: 'ada@example.com' } } },
      inApp: [{ content: { text: 'Dear Canary ada' } }],
      identities: ['I#device#ada-device', 'I#device#tablet', 'M#sms#id of ada'],
    });
    expect(exported?.timeline).toHaveLength(60);
    expect(await exportCustomer(table, idOf('nobody'), NOW)).toBeUndefined();

    expect(await eraseCustomer(engine, ADA, 'customer')).toMatchObject({ removal: 'wanted', by: 'customer' });
    state.now = addMillis(NOW, 16 * 60_000);
    await lookAtCustomer(engine, ADA);
    expect(await eraseCustomer(engine, ADA, 'operator')).toMatchObject({ removal: 'sure', by: 'customer' });
    const left = await allItems();
    expect(left.split('\n').filter((item) => item.includes(ADA))).toHaveLength(1);
    expect(left).not.toMatch(SECRET);
    expect(JSON.stringify(await exportCustomer(table, ADA, state.now))).not.toMatch(SECRET);
    expect(await createIdentities(table).ownerOf('device', 'tablet')).toBe(BEN);
    expect((await exportCustomer(table, BEN, NOW))?.timeline).toHaveLength(60);

    const tell = (event: string, at: Instant, id: string, external?: string) =>
      decideAndCommit(
        engine,
        ADA,
        [{ kind: 'event', id, at, received: state.now, event, properties: {} }],
        external,
      );
    const back = 'Customer Returned';
    expect((await tell(back, NOW, 'r0', 'ada')).document?.erased).toBeDefined();
    expect((await tell('Consent Changed', state.now, 'e0', 'ada')).document?.erased).toBeDefined();
    expect((await tell(back, state.now, 'r1')).document?.erased).toBeDefined();
    const { document } = await tell(back, state.now, 'r2', 'ada');
    expect(document).toMatchObject({ external: { user: 'ada' }, traits: {}, returned: state.now });
    expect(document?.erased).toBeUndefined();
    const identify = { kind: 'identify', received: state.now, traits: { name: 'Old' } } as const;
    const after = await decideAndCommit(engine, ADA, [
      { ...identify, id: 'i2', at: NOW },
      { ...identify, id: 'i3', at: state.now, traits: { name: 'New' } },
    ]);
    expect(after.document?.traits).toMatchObject({ name: { value: 'New' } });
  });
});
