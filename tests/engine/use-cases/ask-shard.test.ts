import { describe, expect, it } from 'vitest';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import type { CustomerList, DocumentStore } from '#lib/engine/ports.ts';
import { askShard } from '#lib/engine/use-cases/ask-shard.ts';
import { entries, everybody } from './everybody.ts';

const NAMES = Array.from({ length: 230 }, (_, index) => `customer ${index}`);

/** All customers in one part, in order of their ids. */
function listOf(documents: MemoryDocuments): CustomerList {
  return {
    list: (_, after, most) => {
      const ids = [...documents.all()].map(({ customer }) => customer).toSorted();
      return Promise.resolve(ids.filter((id) => after === undefined || id > after).slice(0, most));
    },
  };
}

async function shop(paces: Parameters<typeof everybody>[2] = {}) {
  const documents = new MemoryDocuments();
  const all = everybody(documents, listOf(documents), paces);
  await all.add(NAMES);
  const ask = (cursor: string | undefined, millis: number, store: DocumentStore = documents) => {
    const engine = { ...all.asking.engine, ports: { ...all.asking.engine.ports, store } };
    return askShard(
      { ...all.asking, engine },
      all.question,
      { shard: '00', cursor },
      all.asking.waiting.monotonic() + millis,
    );
  };
  return { documents, all, ask };
}

describe('asking a part of all customers', () => {
  it('asks each, and lets in whom it concerns', async () => {
    const { documents, ask } = await shop();
    expect(await ask(undefined, 1000)).toEqual({ cursor: undefined, asked: 230, starts: 115, untold: 0 });
    expect([...documents.all()].map(entries).reduce((sum, count) => sum + count, 0)).toBe(115);
  });

  it('stops when its time is up and goes on behind the cursor, so that nobody is left out', async () => {
    const { documents, ask } = await shop({ asks: 50 });
    const asked: number[] = [];
    let cursor: string | undefined;
    do {
      const one = await ask(cursor, 1000);
      asked.push(one.asked);
      cursor = one.cursor;
    } while (cursor !== undefined);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(230);
    expect([...documents.all()].map(entries).reduce((sum, count) => sum + count, 0)).toBe(115);
  });

  it('lets nobody in twice when everything is asked again', async () => {
    const { documents, ask } = await shop();
    await ask(undefined, 1000);
    expect(await ask(undefined, 1000)).toMatchObject({ asked: 230, starts: 0 });
    expect(Math.max(...[...documents.all()].map(entries))).toBe(1);
  });

  it('starts executions at the pace that it is given, and asks the others without waiting', async () => {
    const { all, ask } = await shop({ starts: 10 });
    const before = all.now();
    await ask(undefined, 60_000);
    const seconds = (all.now() - before) / 1000;
    // 115 at ten a third; up to eight are asked side by side, and the last need not be waited for.
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThanOrEqual(12);
    const nobody = { ...all.question, event: { ...eventOf(all.question), properties: { size: 'XS' } } };
    const waits = all.waits.length;
    await askShard(
      all.asking,
      { ...nobody, kind: 'event' },
      { shard: '00', cursor: undefined },
      all.now() + 60_000,
    );
    expect(all.waits.length - waits).toBeLessThanOrEqual(8);
  });

  it('hands on a customer who cannot be asked, by the name of the fault, and asks the others', async () => {
    const { documents, all, ask } = await shop();
    const [first, , third] = [...documents.all()].map(({ customer }) => customer);
    const poisoned: DocumentStore = {
      load: (customer) =>
        customer === first
          ? Promise.reject(new TypeError('ada@example.com is no document'))
          : documents.load(customer),
      commit: (document) =>
        document.customer === third ? Promise.resolve('conflict') : documents.commit(document),
    };
    const result = await ask(undefined, 1000, poisoned);
    expect(result).toMatchObject({ asked: 230, untold: 2, cursor: undefined });
    expect(all.untold.toSorted((a, b) => (a.reason < b.reason ? -1 : 1))).toEqual([
      { customer: third, reason: 'DocumentConflict' },
      { customer: first, reason: 'TypeError' },
    ]);
    expect([...documents.all()].map(entries).reduce((sum, count) => sum + count, 0)).toBe(113);
  });

  it('hands on nobody where nobody can be asked: the call is to be repeated', async () => {
    const { all, documents, ask } = await shop();
    const down: DocumentStore = {
      load: () => Promise.reject(new Error('no table')),
      commit: (document) => documents.commit(document),
    };
    await expect(ask(undefined, 1000, down)).rejects.toThrow('hardly any customer can be asked');
    expect(all.untold).toEqual([]);
  });

  it('ends at once, where it was, when there is no time left', async () => {
    const { ask } = await shop();
    expect(await ask('00aa', 0)).toEqual({ cursor: '00aa', asked: 0, starts: 0, untold: 0 });
  });
});

function eventOf(question: Awaited<ReturnType<typeof shop>>['all']['question']) {
  if (question.kind !== 'event') throw new Error('another question');
  return question.event;
}
