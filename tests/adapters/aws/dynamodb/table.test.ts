// What lies in the table beside documents: each is found again, by whom it is meant for, and what cannot be read harms nobody else.
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createCustomerList, createLookIndex } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { documentItem } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { createMessageLinks } from '#lib/adapters/aws/dynamodb/message-links.ts';
import { createSlots } from '#lib/adapters/aws/dynamodb/slots.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { createTimeline, lastOf } from '#lib/adapters/aws/dynamodb/timeline.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { DeploymentClock } from '#lib/contracts/deployment-clock.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { newDocument } from '#lib/engine/document.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;
const ADA = hashHex('ada', 32);
const DAY = 24 * 60 * 60 * 1000;

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

async function put(Item: NonNullable<PutItemCommand['input']['Item']>): Promise<void> {
  await local.client.send(new PutItemCommand({ TableName: local.name, Item }));
}

/** What the second of the revision has told. */
function told(revision: number) {
  return {
    customer: ADA,
    revision,
    decided: addMillis(NOW, revision * 1000),
    log: [{ at: NOW, kind: 'joins', segment: `s${revision}` } as const],
  };
}

describe('a timeline', () => {
  it('has one entry for each decision, however often the stream tells it, and is read newest first by page', async () => {
    const timeline = createTimeline(local, 400);
    for (const revision of [1, 2, 2, 3, 1]) await timeline.append(told(revision));
    const first = await timeline.page(ADA, 2);
    expect(first.revisions).toEqual([told(3), told(2)]);
    expect(await timeline.page(ADA, 2, first.next)).toEqual({ revisions: [told(1)] });
    expect(await lastOf(timeline, ADA, 5)).toEqual([told(3), told(2), told(1)]);
  });

  it('expires so many days after the decision', async () => {
    await createTimeline(local, 400).append(told(4));
    const { Item: item } = await local.client.send(
      new GetItemCommand({
        TableName: local.name,
        Key: { pk: { S: `C#${ADA}` }, sk: { S: `T#${told(4).decided}#000000004` } },
      }),
    );
    expect(Number(item?.['expires']?.N) * 1000).toBe(Date.parse(told(4).decided) + 400 * DAY);
  });

  it('shows an entry that cannot be read as such, and all others', async () => {
    const customer = hashHex('damaged', 32);
    const timeline = createTimeline(local, 400);
    await timeline.append({ ...told(1), customer });
    await put({ pk: { S: `C#${customer}` }, sk: { S: `T#${told(2).decided}#000000002` }, log: { S: 'Ada' } });
    const { revisions } = await timeline.page(customer, 10);
    expect(revisions.map(({ log }) => log)).toEqual([
      [{ at: told(2).decided, kind: 'ignores', reason: 'this entry cannot be read' }],
      told(1).log,
    ]);
  });
});

describe('identities', () => {
  it('belong to who was told last', async () => {
    const identities = createIdentities(local);
    expect(await identities.ownerOf('device', 'd')).toBeUndefined();
    await identities.learn('device', 'd', ADA);
    await identities.learn('device', 'other', hashHex('bob', 32));
    expect(await identities.ownerOf('device', 'd')).toBe(ADA);
    await identities.learn('device', 'd', hashHex('bob', 32));
    expect(await identities.ownerOf('device', 'd')).toBe(hashHex('bob', 32));
  });
});

describe('links of messages', () => {
  const sent: SentMessage = {
    customer: ADA,
    run: hashHex('run', 24),
    journey: 'welcome',
    step: 'hello',
    visit: 1,
    message: 'hello@0123456789ab',
  };

  it('are found by channel and id for a fortnight, whether or not the table has deleted them', async () => {
    let now = NOW;
    const links = createMessageLinks(local, () => now);
    await links.remember('sms', 'message', sent);
    expect(await links.find('sms', 'message')).toEqual(sent);
    expect(await links.find('whatsapp', 'message')).toBeUndefined();
    now = addMillis(NOW, 14 * DAY - 1000);
    expect(await links.find('sms', 'message')).toEqual(sent);
    now = addMillis(NOW, 14 * DAY);
    expect(await links.find('sms', 'message')).toBeUndefined();
  });

  it('that cannot be read belong to nobody', async () => {
    await put({
      pk: { S: 'M#sms#odd' },
      sk: { S: 'MSG' },
      sent: { S: '{"run":' },
      expires: { N: '99999999999' },
    });
    expect(await createMessageLinks(local, () => NOW).find('sms', 'odd')).toBeUndefined();
  });
});

describe('events for everybody', () => {
  const event: CustomerEvent = {
    kind: 'event',
    id: 'e'.repeat(2000),
    event: 'Sale Began',
    properties: { percent: 20 },
    at: NOW,
    received: NOW,
  };

  it('are kept by their id, and the first one counts', async () => {
    const events = createBusinessEvents(local);
    expect(await events.find(event.id)).toBeUndefined();
    await events.keep(event.id, event);
    await events.keep(event.id, { ...event, properties: { percent: 50 } });
    expect(await events.find(event.id)).toEqual(event);
  });
});

describe('the clock of the deployment', () => {
  const clock: DeploymentClock = {
    revision: 1,
    tick: NOW,
    repository: 'r',
    deployed: 'd',
    switches: '',
    looked: { a: { at: NOW, customer: ADA } },
    round: NOW,
  };

  it('is moved on by one of two who saw the same', async () => {
    const clocks = createDeploymentClocks(local);
    expect(await clocks.load()).toBeUndefined();
    expect(await clocks.save(clock)).toBe('saved');
    expect(await clocks.save(clock)).toBe('conflict');
    const next = { ...clock, revision: 2, tick: addMillis(NOW, 60_000) };
    const both = await Promise.all([clocks.save(next), clocks.save({ ...next, deployed: 'other' })]);
    expect(both.toSorted((a, b) => a.localeCompare(b))).toEqual(['conflict', 'saved']);
    expect((await clocks.load())?.revision).toBe(2);
  });

  it('that cannot be read is a fault: to begin anew would skip what is due', async () => {
    const other = await localTable();
    await other.client.send(
      new PutItemCommand({
        TableName: other.name,
        Item: { pk: { S: 'D' }, sk: { S: 'CLOCK' }, clock: { S: '{}' } },
      }),
    );
    await expect(createDeploymentClocks(other).load()).rejects.toMatchObject({
      name: 'DocumentNotUnderstood',
    });
    await other.close();
  });
});

function until(seconds: number): Instant {
  return addMillis(NOW, seconds * 1000);
}

describe('the indexes of customers', () => {
  const ids = Array.from({ length: 7 }, (_, index) => `ab${String(index).padStart(30, '0')}`);
  const other = `cd${'0'.repeat(30)}`;

  beforeAll(async () => {
    for (const [index, customer] of [...ids, other].entries()) {
      const document = { ...newDocument(customer, 'x', NOW), revision: 1 };
      const item = documentItem(
        index === 6 ? document : { ...document, look: addMillis(NOW, (index % 3) * 1000) },
        'w',
      );
      if (item !== undefined) await put(item);
    }
  });

  it('list every customer of a part in order of their ids, behind a cursor', async () => {
    const customers = createCustomerList(local);
    expect(await customers.list('ab', undefined, 3)).toEqual(ids.slice(0, 3));
    expect(await customers.list('ab', ids[2], 3)).toEqual(ids.slice(3, 6));
    expect(await customers.list('ab', ids[5], 3)).toEqual(ids.slice(6));
    expect(await customers.list('cd', undefined, 3)).toEqual([other]);
    expect(await customers.list('ef', undefined, 3)).toEqual([]);
  });

  it('list who is to be looked at by then, in order of instants, behind a cursor', async () => {
    const index = createLookIndex(local);
    const all = await index.due('a', until(2), undefined, 10);
    expect(all.map(({ at }) => at)).toEqual([0, 0, 1, 1, 2, 2].map(until));
    expect(new Set(all.map(({ customer }) => customer))).toEqual(new Set(ids.slice(0, 6)));
    expect(await index.due('a', until(1), undefined, 10)).toEqual(all.slice(0, 4));
    const first = await index.due('a', until(2), undefined, 3);
    expect(first).toEqual(all.slice(0, 3));
    expect(await index.due('a', until(2), first.at(-1), 10)).toEqual(all.slice(3));
    expect(await index.due('b', until(2), undefined, 10)).toEqual([]);
  });
});

describe('switches', () => {
  it('are asked for every ten seconds, and again after a failure', async () => {
    const mock = mockClient(DynamoDBClient);
    const name = 'ThrottlingException';
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [{ sk: { S: 'SWITCH#cart' }, position: { S: 'paused' } }] })
      .rejectsOnce(Object.assign(new Error(name), { name }))
      .resolves({ Items: [] });
    let now = 0;
    const switches = createSwitches(
      { name: 'profiles', client: new DynamoDBClient({ region: 'local' }) },
      () => now,
    );
    for (now of [0, 1, 9999]) expect([...(await switches.current())]).toEqual([['cart', 'paused']]);
    expect(mock.commandCalls(QueryCommand)).toHaveLength(1);
    now = 10_000;
    await expect(switches.current()).rejects.toMatchObject({ name: 'TableUnavailable' });
    expect([...(await switches.current())]).toEqual([]);
    mock.restore();
  });
});

describe('slots', () => {
  const counters = [{ counter: 'email', perSecond: 1 }];
  const refuted = Object.assign(new Error('no room'), { name: 'ConditionalCheckFailedException' });

  it('that DynamoDB leaves out of a read are tried', async () => {
    const mock = mockClient(DynamoDBClient);
    mock
      .on(UpdateItemCommand)
      .rejectsOnce(refuted)
      .resolves({ Attributes: { email: { N: '1' } } })
      .on(GetItemCommand)
      .resolves({})
      .on(BatchGetItemCommand)
      .resolves({ Responses: {}, UnprocessedKeys: { profiles: { Keys: [] } } });
    const slots = createSlots({ name: 'profiles', client: new DynamoDBClient({ region: 'local' }) }, () => 0);
    expect(await slots.take(counters, NOW, NOW)).toEqual({ at: NOW, place: 1 });
    mock.restore();
  });

  it('that others always take first are asked for again later', async () => {
    const mock = mockClient(DynamoDBClient);
    mock
      .on(UpdateItemCommand)
      .rejects(refuted)
      .on(GetItemCommand)
      .resolves({})
      .on(BatchGetItemCommand)
      .resolves({});
    const slots = createSlots({ name: 'profiles', client: new DynamoDBClient({ region: 'local' }) }, () => 0);
    await expect(slots.take(counters, NOW, NOW)).rejects.toMatchObject({ name: 'TableUnavailable' });
    mock.restore();
  });

  it('of fifty senders at once each gets its own second, whatever container it is in', async () => {
    const table = await localTable();
    const draws = [0.1, 0.9, 0.5, 0.3, 0.7];
    let drawn = 0;
    const random = () => draws[(drawn += 1) % draws.length] ?? 0;
    const taken = await Promise.all(
      Array.from({ length: 50 }, () => createSlots(table, random).take(counters, NOW, NOW)),
    );
    expect(new Set(taken.map(({ at }) => at)).size).toBe(50);
    await table.close();
  });
});
