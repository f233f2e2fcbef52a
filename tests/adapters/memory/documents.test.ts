import { describe, expect, it } from 'vitest';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import { instantSchema } from '#lib/contracts/time.ts';

const now = instantSchema.parse('2026-03-27T10:00:00.000Z');
const revision = (number: number): CustomerDocument => ({
  ...newDocument('c1', 'u1', now),
  revision: number,
});

describe('documents in memory', () => {
  it('take only the revision that follows the stored one, and tell of it', async () => {
    const told: number[] = [];
    const documents = new MemoryDocuments((document) => told.push(document.revision));
    expect(await documents.load('c1')).toBeUndefined();
    expect(await documents.commit(revision(1))).toBe('committed');
    expect(await documents.commit(revision(1))).toBe('conflict');
    expect(await documents.commit(revision(3))).toBe('conflict');
    expect(await documents.commit(revision(2))).toBe('committed');
    expect((await documents.load('c1'))?.revision).toBe(2);
    expect(told).toEqual([1, 2]);
    expect(documents.size).toBe(1);
  });

  it('never store revision 0, which is nobody yet', async () => {
    expect(await new MemoryDocuments().commit(revision(0))).toBe('conflict');
  });
});
