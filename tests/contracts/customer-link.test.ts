// What a link says survives its bytes, and nothing else is read out of bytes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, LINK_PURPOSES, LINK_SECONDS } from '#lib/contracts/customer-link.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { fromMillis } from '#lib/contracts/time.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => !/[\n\0]/.test(text));

const links = fc.record(
  {
    purpose: fc.constantFrom(...LINK_PURPOSES),
    customer: hex(32),
    expires: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((seconds) => fromMillis(seconds * 1000)),
    send: fc.record({ run: hex(24), step: word, visit: fc.integer({ min: 1, max: 65_535 }) }),
    topic: word,
    channel: fc.constantFrom(...channelSchema.options),
    detail: word,
  },
  { requiredKeys: ['purpose', 'customer', 'expires'] },
);

describe('a link', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(decodeLink(encodeLink(link))).toEqual(link);
      }),
    );
  });

  it('is small: about a message it takes fewer than 80 bytes', () => {
    const send = { run: 'ab'.repeat(12), step: 'remind-by-mail', visit: 1 };
    const about = { send, topic: 'promotions', channel: 'email' as const };
    const link = {
      purpose: 'unsubscribe' as const,
      customer: '0f'.repeat(16),
      expires: fromMillis(0),
      ...about,
    };
    expect(encodeLink(link).length).toBeLessThan(80);
  });

  it('is nothing that is cut off, of another version, or made up', () => {
    const link = { purpose: 'why' as const, customer: '0f'.repeat(16), expires: fromMillis(0) };
    const bytes = encodeLink(link);
    expect(decodeLink(bytes.subarray(0, 23))).toBeUndefined();
    expect(decodeLink(new Uint8Array([2, ...bytes.subarray(1)]))).toBeUndefined();
    expect(decodeLink(new Uint8Array([1, 99, ...bytes.subarray(2)]))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), (random) => {
        expect(() => decodeLink(random)).not.toThrow();
      }),
    );
  });

  it('to unsubscribe lives longer than the thirty days that laws ask for, one to all data a day', () => {
    expect(LINK_SECONDS.unsubscribe).toBeGreaterThan(30 * 86_400);
    expect(LINK_SECONDS.privacy).toBe(86_400);
  });
});
