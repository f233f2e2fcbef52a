/**
 * How many messages a text is billed as. GSM 7-bit (3GPP TS 23.038): 160 characters in one message, 153 in each of several,
 * some characters counting twice; a single other character turns the whole text into UCS-2 with 70 and 67.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '^{}\\[~]|€\f';
const BASIC_LETTERS: ReadonlySet<string> = new Set(BASIC);
const EXTENDED_LETTERS: ReadonlySet<string> = new Set(EXTENDED);

export interface SmsLength {
  readonly parts: number;
  readonly characters: number;
  /** What fits in one message in this text's alphabet. */
  readonly room: number;
}

export function smsParts(text: string): SmsLength {
  const letters = Array.from(text);
  const isGsm = letters.every((letter) => BASIC_LETTERS.has(letter) || EXTENDED_LETTERS.has(letter));
  const lengths = letters.map((letter) => (isGsm ? (EXTENDED_LETTERS.has(letter) ? 2 : 1) : letter.length));
  const characters = lengths.reduce((sum, length) => sum + length, 0);
  const { one, each } = isGsm ? { one: 160, each: 153 } : { one: 70, each: 67 };
  return { characters, room: one, parts: characters <= one ? 1 : partsOf(lengths, each) };
}

/** A letter is never cut in two: neither an escaped one nor one of two UTF-16 units. */
function partsOf(lengths: readonly number[], room: number): number {
  let parts = 1;
  let used = 0;
  for (const length of lengths) {
    used += length;
    if (used <= room) continue;
    parts += 1;
    used = length;
  }
  return parts;
}
