// Parts of text messages: laws that hold for every text, and the lengths at the edges.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { segmentsOf } from '#lib/local/delivery/text-message/segments.ts';

it('the parts are the text, none is longer than carriers take, and no letter is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const { parts, encoding } = segmentsOf(text);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.isWellFormed()).toBe(true);
        expect(part.length).toBeLessThanOrEqual(
          encoding === 'GSM' ? (parts.length > 1 ? 153 : 160) : parts.length > 1 ? 67 : 70,
        );
      }
    }),
  );
});

it.each([
  ['x'.repeat(160), 'GSM', 1],
  ['x'.repeat(161), 'GSM', 2],
  ['x'.repeat(306), 'GSM', 2],
  ['x'.repeat(307), 'GSM', 3],
  ['€'.repeat(80), 'GSM', 1],
  ['€'.repeat(81), 'GSM', 2],
  // 153 is odd: the last place of a part is left empty rather than an escape parted from its letter.
  ['€'.repeat(153), 'GSM', 3],
  ['ñ¿Qué?', 'GSM', 1],
  ['ç', 'UNICODE', 1],
  ['ç'.repeat(70), 'UNICODE', 1],
  ['ç'.repeat(71), 'UNICODE', 2],
  ['\u{1f600}'.repeat(36), 'UNICODE', 2],
])('%s is %s in %i parts', (text, encoding, count) => {
  expect(segmentsOf(text)).toMatchObject({ encoding, parts: { length: count } });
});
