// Telephone numbers have the same country without the part of their metadata that functions do not carry.
import fc from 'fast-check';
import { parsePhoneNumberFromString, type MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';
import { describe, expect, it } from 'vitest';
import { withoutFormats } from '#lib/infra/code-left-out.ts';

/** What the engine and the sender ask about a number. */
function asked(text: string, known: MetadataJson): readonly unknown[] {
  const number = parsePhoneNumberFromString(text, known);
  return [number?.country, number?.isPossible(), number?.nationalNumber, number?.number];
}

/** Numbers of all calling codes; with random digits behind the first few, since it is by those that countries of one code differ. */
const NUMBERS = fc
  .tuple(
    fc.constantFrom(...Object.keys(metadata.country_calling_codes), '800', '870', '883', '979'),
    fc.stringMatching(/^[0-9]{3,12}$/),
  )
  .map(([code, rest]) => `+${code}${rest}`);

describe('telephone numbers without the formats of their metadata', () => {
  const bare = withoutFormats(metadata);

  it('are as many bytes as it takes to know countries', () => {
    expect(JSON.stringify(bare).length).toBeLessThan(JSON.stringify(metadata).length / 2);
  });

  it('have the same country and digits, possible or not', () => {
    fc.assert(
      fc.property(NUMBERS, (number) => {
        expect(asked(number, bare)).toEqual(asked(number, metadata));
      }),
      { numRuns: 5_000 },
    );
  });
});
