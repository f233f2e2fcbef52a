import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from 'aws-lambda';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createCustomerList } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { documentKey } from '#lib/adapters/aws/dynamodb/document-item.ts';
import type { AudienceInput } from '#lib/contracts/audience.ts';
import type { DeploymentClock } from '#lib/contracts/deployment-clock.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { deploymentMark } from '#lib/engine/catch-up-marks.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { askAgain } from '#lib/engine/use-cases/ask-again.ts';
import type { QuestionPorts } from '#lib/engine/use-cases/question-of.ts';
import { tellCustomersHandler } from '#lib/runtime/tell-customers.ts';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { localTable, type LocalTable } from '../dynamodb-fixture.ts';
import { entries, everybody } from '../engine/use-cases/everybody.ts';
import { writtenLines } from './written-lines.ts';

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

const INPUT: AudienceInput = { kind: 'event', id: 'restocked-1' };

const START = fromMillis(Date.parse('2026-03-27T10:00:00.000Z'));
const clockOfNobody: QuestionPorts['clocks'] = { load: () => Promise.resolve(undefined) };

async function shop(names: readonly string[], clocks = clockOfNobody) {
  const table = { client: local.client, name: local.name };
  let writes = 0;
  const store = createDocumentStore(table, {
    uniqueText: () => String((writes += 1)),
    random: () => 0,
    pause: () => Promise.resolve(),
  });
  const all = everybody(store, createCustomerList(table));
  const ids = await all.add(names);
  const events = createBusinessEvents(table);
  if (all.question.kind === 'event') await events.keep('restocked-1', all.question.event);
  const untold: unknown[] = [];
  const { lines, surroundings } = writtenLines();
  const handler = tellCustomersHandler({
    ...surroundings,
    ...all.asking,
    events,
    clocks,
    untold: (input) => ({
      keep: (customer, reason) => {
        untold.push({ customer, input, reason });
        return Promise.resolve();
      },
    }),
  });
  const context = { getRemainingTimeInMillis: () => 300_000, functionName: 'f' } as Context;
  const entered = async (id: string) => entries((await store.load(id)) as CustomerDocument | undefined);
  const deployed = deploymentMark(all.asking.engine.workspace);
  const call = (event: unknown) => handler(event, context);
  return { ids, handler: call, untold, lines, entered, table, deployed, all, events };
}

const page = (shard: string, input: AudienceInput = INPUT) => ({ input, shard, cursor: null });

describe('a page of all customers', () => {
  it('asks those of the part, and answers counts and no cursor when it is done', async () => {
    const { ids, handler, entered, lines } = await shop(['ada', 'bob']);
    const [ada = '', bob = ''] = ids;
    expect(await handler(page(ada.slice(0, 2)))).toEqual({ cursor: null, asked: 1, starts: 1, untold: 0 });
    expect([await entered(ada), await entered(bob)]).toEqual([1, 0]);
    // Ids and counts: nothing of what the event says.
    expect(lines.join()).toContain('part of all customers asked');
    expect(lines.join()).not.toContain('size');
  });

  it('keeps aside a customer whose document cannot be read, and asks the others', async () => {
    const { ids, handler, untold, table } = await shop(['cleo']);
    const shard = ids[0]?.slice(0, 2) ?? '';
    const poisoned = `${shard}${'0'.repeat(30)}`;
    const item = { ...documentKey(poisoned), shard: { S: shard }, doc: { B: new Uint8Array([9, 9]) } };
    await table.client.send(new PutItemCommand({ TableName: table.name, Item: item }));
    expect(await handler(page(shard))).toMatchObject({ cursor: null, asked: 2, starts: 1, untold: 1 });
    expect(untold).toEqual([{ customer: poisoned, input: INPUT, reason: 'DocumentNotUnderstood' }]);
  });

  it('fails by a name that is not tried again where the event is kept no longer, or the page is none', async () => {
    const { handler } = await shop([]);
    await expect(handler(page('00', { kind: 'event', id: 'long ago' }))).rejects.toMatchObject({
      name: 'UnknownEvent',
    });
    await expect(handler({ shard: 'xx' })).rejects.toMatchObject({ name: 'PayloadNotUnderstood' });
  });
});

function caughtUp(deployed: string): AudienceInput {
  return { kind: 'catch up', mark: 'm', deployed };
}

function clockOf(clock: Partial<DeploymentClock>): QuestionPorts['clocks'] {
  return { load: () => Promise.resolve(clock as DeploymentClock) };
}

describe('everybody looked at after a deployment', () => {
  it('is by a function that knows what has been deployed', async () => {
    const { ids, handler, deployed } = await shop(['eve']);
    expect(await handler(page(ids[0]?.slice(0, 2) ?? '', caughtUp(deployed)))).toMatchObject({ asked: 1 });
  });

  it('waits for a function that is brought up to date late', async () => {
    const settling = clockOf({
      deployed: 'before',
      changed: { deployed: 'new', switches: '', since: START },
    });
    for (const clocks of [settling, clockOf({ deployed: 'new' })]) {
      const { handler } = await shop(['fay'], clocks);
      await expect(handler(page('00', caughtUp('new')))).rejects.toMatchObject({
        name: 'DeploymentUnderWay',
      });
    }
  });

  it('is left to the next time where something else has been deployed since', async () => {
    const since = clockOf({ deployed: 'old', changed: { deployed: 'new', switches: '', since: START } });
    const { ids, handler } = await shop(['gus'], since);
    const shard = ids[0]?.slice(0, 2) ?? '';
    expect(await handler(page(shard, caughtUp('old')))).toEqual({
      cursor: null,
      asked: 0,
      starts: 0,
      untold: 0,
    });
  });
});

describe('customers who could not be asked', () => {
  it('are asked again', async () => {
    const { ids, all, events, entered } = await shop(['dora']);
    const [dora = ''] = ids;
    const untold = { customer: dora, input: INPUT, reason: 'DocumentConflict' };
    await askAgain(all.asking.engine, { events, clocks: clockOfNobody }, untold);
    expect(await entered(dora)).toBe(1);
  });
});
