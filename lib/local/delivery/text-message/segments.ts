// How carriers cut a text message into parts, each of which is charged.
// https://docs.aws.amazon.com/sms-voice/latest/userguide/sms-limitations-character.html (GSM 03.38)

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each is an escape and a letter. */
const EXTENDED = '^{}\\[~]|€\f';
const GSM = new Set(BASIC);
const GSM_EXTENDED = new Set(EXTENDED);

/** One message, or each part of several, which also carries which part it is. */
const LENGTHS = { GSM: { one: 160, each: 153 }, UNICODE: { one: 70, each: 67 } } as const;

export interface Segments {
  readonly encoding: keyof typeof LENGTHS;
  readonly parts: string[];
}

/** A letter is never cut in two: neither an escaped one nor one of two UTF-16 units. */
export function segmentsOf(text: string): Segments {
  // Letters of the alphabet GSM 03.38 or code points: neither is what a reader takes for one letter, but carriers count so.
  const letters = Array.from(text);
  const encoding = letters.every((letter) => GSM.has(letter) || GSM_EXTENDED.has(letter)) ? 'GSM' : 'UNICODE';
  const length = (letter: string) =>
    encoding === 'GSM' ? (GSM_EXTENDED.has(letter) ? 2 : 1) : letter.length;
  const total = letters.reduce((sum, letter) => sum + length(letter), 0);
  if (total <= LENGTHS[encoding].one) return { encoding, parts: [text] };
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const letter of letters) {
    if (used + length(letter) > LENGTHS[encoding].each) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += letter;
    used += length(letter);
  }
  return { encoding, parts: [...parts, part] };
}
