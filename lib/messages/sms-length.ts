/**
 * How many messages a text is billed as. GSM 7-bit (3GPP TS 23.038): 160 characters in one message, 153 in each of several,
 * some characters counting twice; a single other character turns the whole text into UCS-2 with 70 and 67.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '^{}\\[~]|€\f';

export interface SmsLength {
  readonly parts: number;
  readonly characters: number;
  /** What fits in one message in this text's alphabet. */
  readonly room: number;
}

export function smsParts(text: string): SmsLength {
  const letters = Array.from(text);
  if (letters.every((letter) => BASIC.includes(letter) || EXTENDED.includes(letter))) {
    const characters = letters.reduce((sum, letter) => sum + (EXTENDED.includes(letter) ? 2 : 1), 0);
    return { characters, room: 160, parts: characters <= 160 ? 1 : Math.ceil(characters / 153) };
  }
  return { characters: text.length, room: 70, parts: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
}
