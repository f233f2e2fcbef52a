// A customer who has gathered more than an item of the table holds. What must be kept is kept, and what is not is told.
import { describe, expect, it } from 'vitest';
import {
  LARGEST_DOCUMENT,
  LEDGER_PROOF,
  LEDGER_TEXT,
  MOST_SENDS,
  MOST_UNWRITTEN,
} from '#lib/engine/budgets.ts';
import { documentSchema, newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import { fitted } from '#lib/engine/fit-document.ts';
import { largeCustomer } from './large-customer.ts';

function bytesOf(document: CustomerDocument): number {
  return Buffer.byteLength(JSON.stringify(document));
}

describe('a document that is too large', () => {
  const large = largeCustomer('ada', 'journey', 'v1');
  const fits = fitted(large);

  it('fits, and is a document still', () => {
    expect(bytesOf(large)).toBeGreaterThan(1_500_000);
    expect(bytesOf(fits)).toBeLessThanOrEqual(LARGEST_DOCUMENT);
    expect(documentSchema.safeParse(fits).error).toBeUndefined();
  });

  it('keeps runs, consent, addresses and keys of journeys', () => {
    expect(Object.keys(fits.runs)).toEqual(Object.keys(large.runs));
    expect(fits.consent).toEqual(large.consent);
    expect(fits.traits['email']).toEqual(large.traits['email']);
    expect(fits.entries).toEqual(large.entries);
    expect(fits.emitted).toHaveLength(large.emitted?.length ?? 0);
  });

  it('loses the largest values first, and says how much was left untold and what is missing', () => {
    expect(fits.emitted?.some(({ properties }) => 'text' in properties)).toBe(false);
    expect(fits.emitted?.every(({ properties }) => 'small' in properties)).toBe(true);
    const told = fits.log.map(({ reason }) => reason).filter((reason) => reason !== undefined);
    expect(told).toEqual([
      expect.stringMatching(/^too much to tell: \d+ more decisions$/),
      expect.stringMatching(/^the customer is too large to keep: Told\.text, .* and \d+ more$/),
    ]);
  });

  it('forgets the oldest keys of journeys where nothing else is left', () => {
    const keys = Array.from({ length: 8000 }, (_, index) => [
      String(index).padStart(24, 'k'),
      { count: 1, last: new Date(1.7e12 + index * 1000).toISOString() },
    ]);
    const many = {
      ...newDocument('0'.repeat(32), 'ada', large.decided),
      entries: { keyed: Object.fromEntries(keys) },
    };
    const less = fitted(many);
    expect(bytesOf(less)).toBeLessThanOrEqual(LARGEST_DOCUMENT);
    const left = Object.keys(less.entries['keyed'] ?? {});
    expect(left).toEqual(keys.slice(-left.length).map(([key]) => key));
    expect(less.log.map(({ reason }) => reason)).toEqual([
      `the customer is too large: ${8000 - left.length} entries forgotten`,
    ]);
  });

  it('fits with a ledger that waits and all the sends it may hold; what was said stays on record, and no entry of a journey is forgotten', () => {
    const at = large.decided;
    const ledger = Array.from({ length: MOST_UNWRITTEN }, (_, index) => ({
      id: String(index).padStart(20, '0'),
      at,
      received: at,
      decided: at,
      event: 'Consent Changed',
      what: 'refused' as const,
      topic: 'news',
      effect: 'changed',
      source: '\u4e00'.repeat(LEDGER_TEXT),
      text: '\u4e00'.repeat(LEDGER_TEXT),
      proof: '\u4e00'.repeat(LEDGER_PROOF),
    }));
    const sends = Array.from({ length: MOST_SENDS }, (_, index) => ({
      key: `${'r'.repeat(24)}/${'s'.repeat(60)}/${index}`,
      journey: 'j'.repeat(60),
      step: 's'.repeat(60),
      message: `${'m'.repeat(60)}@0123456789ab`,
      channel: 'email' as const,
      topic: 't'.repeat(60),
      class: 'marketing' as const,
      at,
      attempt: 1,
      state: 'accepted' as const,
      reports: { delivered: at, opened: at, clicked: at },
    }));
    const fuller = fitted({ ...large, ledger, sends });
    expect(bytesOf(fuller)).toBeLessThanOrEqual(LARGEST_DOCUMENT);
    expect(fuller.ledger?.map(({ id, what, topic }) => `${id} ${what} ${topic}`)).toEqual(
      ledger.map(({ id, what, topic }) => `${id} ${what} ${topic}`),
    );
    expect(fuller.entries).toEqual(large.entries);
  });

  it('that fits already stays the same object', () => {
    const small = newDocument('0'.repeat(32), 'ada', large.decided);
    expect(fitted(small)).toBe(small);
  });
});
