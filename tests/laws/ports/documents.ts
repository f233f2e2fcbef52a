// What every store of customer documents promises, whatever it is made of: of those who write at one revision exactly one is first,
// and nothing that was committed is lost.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashHex } from '#lib/contracts/hash.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import type { DocumentStore } from '#lib/engine/ports.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;

/** `stores`: as many stores of the same documents as containers of a function. */
export function documentLaws(stores: () => readonly [DocumentStore, ...DocumentStore[]], runs: number): void {
  let customers = 0;
  /** Each case has a customer of its own. */
  const somebody = () => hashHex(`customer ${(customers += 1)} ${performance.now()}`, 32);

  it('knows nobody who was never written', async () => {
    expect(await stores()[0].load(somebody())).toBeUndefined();
  });

  it('gives back what was committed last', async () => {
    const [store] = stores();
    const customer = somebody();
    const traits = { name: { value: 'Ada Å 日本 "quoted"', at: NOW }, points: { value: 1.5, at: NOW } };
    const first = next(customer, undefined, { traits, recent: ['a'] });
    const second = next(customer, first, {
      recent: ['a', 'b'],
      log: [{ at: NOW, kind: 'enters', run: 'r' }],
    });
    for (const document of [first, second]) {
      expect(await store.commit(document)).toBe('committed');
      expect(await store.load(customer)).toEqual(document);
    }
  });

  it('takes the next revision only: none is skipped, repeated or begun anew', async () => {
    const [store] = stores();
    const customer = somebody();
    const first = next(customer, undefined);
    expect(await store.commit({ ...first, revision: 2 })).toBe('conflict');
    await store.commit(first);
    for (const revision of [1, 3]) expect(await store.commit({ ...first, revision })).toBe('conflict');
    expect(await store.load(customer)).toEqual(first);
  });

  it('lets exactly one of those who write at the same revision be first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), async (order, writers) => {
        const customer = somebody();
        const outcomes = Array.from({ length: writers }, async (_, writer) => {
          await order.schedule(Promise.resolve());
          return storeOf(stores(), writer).commit(next(customer, undefined));
        });
        const became = await order.waitFor(Promise.all(outcomes));
        expect(became.filter((outcome) => outcome === 'committed')).toHaveLength(1);
        expect(became.filter((outcome) => outcome === 'conflict')).toHaveLength(writers - 1);
      }),
      { numRuns: runs },
    );
  });

  it('loses nothing, however writers who load, decide and commit get in each other’s way', async () => {
    const plan = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), plan, async (order, writers) => {
        const customer = somebody();
        const write = async (store: DocumentStore, mark: string): Promise<void> => {
          for (;;) {
            await order.schedule(Promise.resolve());
            const before = await loadDocument(store, customer);
            await order.schedule(Promise.resolve());
            const recent = [...(before?.recent ?? []), mark];
            if ((await store.commit(next(customer, before, { recent }))) === 'committed') return;
          }
        };
        const works = writers.map(async (writes, writer) => {
          for (let count = 0; count < writes; count += 1)
            await write(storeOf(stores(), writer), `${writer}/${count}`);
        });
        await order.waitFor(Promise.all(works));
        const after = await loadDocument(stores()[0], customer);
        const marks = writers.flatMap((writes, writer) =>
          Array.from({ length: writes }, (_, count) => `${writer}/${count}`),
        );
        expect(after?.recent.toSorted()).toEqual(marks.toSorted());
        expect(after?.revision).toBe(marks.length);
      }),
      { numRuns: runs },
    );
  });
}

function storeOf(stores: readonly [DocumentStore, ...DocumentStore[]], writer: number): DocumentStore {
  return stores[writer % stores.length] ?? stores[0];
}

function next(
  customer: string,
  before: CustomerDocument | undefined,
  more: Partial<CustomerDocument> = {},
): CustomerDocument {
  const document = before ?? newDocument(customer, 'ada', NOW);
  return { ...document, ...more, revision: document.revision + 1 };
}
