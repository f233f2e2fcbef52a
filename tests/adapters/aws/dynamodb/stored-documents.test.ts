// A document that has been in the table is the one that was put there, byte for byte: decided on, it gives the same decision as in
// memory (promise P9). And none that the engine makes is refused when it is read: its customer would be stuck.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentItem, readDocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { play, scenarios } from '../../../laws/world/scenario.ts';
import { largeCustomer } from '../../../engine/large-customer.ts';
import { fitted } from '#lib/engine/fit-document.ts';

describe('a document in the table', () => {
  it('is the same text again, whatever has happened to its customer', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { journal } = await play(scenario);
        for (const { after: document } of journal.of('commit')) {
          const item = documentItem(document, 'writer') ?? {};
          expect(JSON.stringify(readDocumentImage(item))).toBe(JSON.stringify(document));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is the same text again where it was made to fit', () => {
    const document = { ...fitted(largeCustomer('ada', 'journey', 'v1')), revision: 1 };
    const item = documentItem(document, 'writer') ?? {};
    expect(JSON.stringify(readDocumentImage(item))).toBe(JSON.stringify(document));
  });
});
