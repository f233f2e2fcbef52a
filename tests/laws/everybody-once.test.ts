// Everybody who was a customer when it happened is asked, and nobody is let in twice: whatever calls die, come again or overlap, and
// whoever becomes a customer meanwhile. In memory over many histories, and on the table itself over some.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCustomerList } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { CustomerList, DocumentStore } from '#lib/engine/ports.ts';
import { askCustomer } from '#lib/engine/use-cases/ask-customer.ts';
import { askShard } from '#lib/engine/use-cases/ask-shard.ts';
import { localTable } from '../dynamodb-fixture.ts';
import { entries, everybody } from '../engine/use-cases/everybody.ts';

/** What happens to one call after the other. */
interface Deed {
  /** `dies`: its answer is lost after so many writes; `overlaps`: the call before is still at it when this one begins. */
  readonly how: 'answers' | 'dies' | 'overlaps' | 'begins anew';
  readonly writes: number;
  /** Milliseconds of the call, at twenty customers a second. */
  readonly millis: number;
  readonly newcomers: number;
}

const deeds = fc.array(
  fc.record({
    how: fc.constantFrom<Deed['how']>('answers', 'answers', 'dies', 'overlaps', 'begins anew'),
    writes: fc.nat({ max: 6 }),
    millis: fc.integer({ min: 50, max: 1500 }),
    newcomers: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 12 },
);

class Died extends Error {}

/** Until the part is done; what `deeds` does not say, answers. Returns how often each customer has entered. */
async function broadcast(
  documents: DocumentStore,
  customers: CustomerList,
  shards: readonly string[] | undefined,
  history: readonly Deed[],
) {
  let writesLeft = Number.POSITIVE_INFINITY;
  const mortal: DocumentStore = {
    load: (customer) => documents.load(customer),
    commit: (document) => {
      if (writesLeft <= 0) throw new Died();
      writesLeft -= 1;
      return documents.commit(document);
    },
  };
  const all = everybody(mortal, customers, { asks: 20 });
  const known = await all.add(Array.from({ length: 30 }, (_, index) => `known ${index}`));
  await all.asking.waiting.wait(2);
  const newcomers: string[] = [];
  const parts = shards ?? [...new Set(known.map((id) => id.slice(0, 2)))];
  const remaining = [...history];
  for (const shard of parts) {
    let cursor: string | undefined;
    let isDone = false;
    while (!isDone) {
      const deed = remaining.shift() ?? { how: 'answers', writes: 0, millis: 60_000, newcomers: 0 };
      const more = Array.from({ length: deed.newcomers }, (_, index) => `new ${newcomers.length + index}`);
      newcomers.push(...(await all.add(more)));
      const call = () => askShard(all.asking, all.question, { shard, cursor }, all.now() + deed.millis);
      writesLeft = deed.how === 'dies' ? deed.writes : Number.POSITIVE_INFINITY;
      const calls = deed.how === 'overlaps' ? [call(), call()] : [call()];
      const [answer] = await Promise.allSettled(calls);
      writesLeft = Number.POSITIVE_INFINITY;
      // A call that died tells nobody how far it came.
      if (deed.how === 'dies' || answer?.status !== 'fulfilled') continue;
      cursor = deed.how === 'begins anew' ? undefined : answer.value.cursor;
      isDone = deed.how !== 'begins anew' && cursor === undefined;
    }
  }
  // Whoever was kept aside is asked from the queue.
  for (const { customer } of all.untold) await askCustomer(all.asking.engine, customer, all.question);
  const enteredBy = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => entries((await documents.load(id)) as CustomerDocument | undefined)));
  return { known: await enteredBy(known), newcomers: await enteredBy(newcomers) };
}

interface Entered {
  readonly known: readonly number[];
  readonly newcomers: readonly number[];
}

/** Every other one is of the size that the event is about. */
function once({ known, newcomers }: Entered): Entered {
  return { known: known.map((_, index) => (index % 2 === 0 ? 1 : 0)), newcomers: newcomers.map(() => 0) };
}

describe('asking everybody', () => {
  it('lets in once each whom it concerns, over any history', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (history) => {
        const documents = new MemoryDocuments();
        const list: CustomerList = {
          list: (_, after, most) => {
            const ids = [...documents.all()].map(({ customer }) => customer).toSorted();
            return Promise.resolve(ids.filter((id) => after === undefined || id > after).slice(0, most));
          },
        };
        const entered = await broadcast(documents, list, ['00'], history);
        expect(entered).toEqual(once(entered));
      }),
      { numRuns: 60 },
    );
  });

  it('and on the table', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (history) => {
        const local = await localTable();
        try {
          const table = { client: local.client, name: local.name };
          let writes = 0;
          const documents = createDocumentStore(table, {
            uniqueText: () => String((writes += 1)),
            random: () => 0,
            pause: () => Promise.resolve(),
          });
          const entered = await broadcast(documents, createCustomerList(table), undefined, history);
          expect(entered).toEqual(once(entered));
        } finally {
          await local.close();
        }
      }),
      { numRuns: 4 },
    );
  });
});
