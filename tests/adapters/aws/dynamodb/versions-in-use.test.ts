import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { documentKey } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { customersByVersion } from '#lib/adapters/aws/dynamodb/versions-in-use.ts';
import { newDocument, type CustomerDocument, type Run } from '#lib/engine/document.ts';
import { at } from '../../../engine/bench.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { idOf } from '../../../laws/world/world.ts';

const NOW = at('2026-03-02T10:00:00Z');

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

function run(journey: string, version: string): Run {
  const plan = { route: {}, until: null, from: NOW };
  const dates = { phaseAt: NOW, entered: NOW, since: NOW };
  return { journey, version, leg: 1, phase: 'held', event: {}, first: plan, ...dates };
}

describe('who is in which version', () => {
  it('counts each customer once, in every version that has them inside or whose goal they can reach', async () => {
    const store = createDocumentStore(local, {
      uniqueText: () => 'writer',
      random: () => 0,
      pause: () => Promise.resolve(),
    });
    const write = (name: string, change: Partial<CustomerDocument>) =>
      store.commit({ ...newDocument(idOf(name), name, NOW), ...change, revision: 1 });
    const goal = { journey: 'cart', version: 'v1', entered: NOW, until: NOW, event: {} };
    // More than one request can ask for, whatever part they are in.
    for (let index = 0; index < 300; index += 1) await write(`nobody ${index}`, {});
    await write('ada', { runs: { r1: run('cart', 'v1'), r2: run('cart', 'v1'), r3: run('welcome', 'v7') } });
    await write('bob', { runs: { r4: run('cart', 'v2') }, watched: { r5: goal } });
    const parts: number[] = [];
    const { inside, goals } = await customersByVersion(local, (done) => parts.push(done));
    expect(Object.fromEntries(inside)).toEqual({ 'cart@v1': 1, 'welcome@v7': 1, 'cart@v2': 1 });
    expect(Object.fromEntries(goals)).toEqual({ 'cart@v1': 1 });
    expect(parts.at(-1)).toBe(256);
  });

  it('is not known where a document cannot be read', async () => {
    const item = {
      ...documentKey(idOf('eve')),
      shard: { S: idOf('eve').slice(0, 2) },
      doc: { B: new Uint8Array([9]) },
    };
    await local.client.send(new PutItemCommand({ TableName: local.name, Item: item }));
    await expect(customersByVersion(local, () => {})).rejects.toMatchObject({
      name: 'DocumentNotUnderstood',
    });
  });
});
