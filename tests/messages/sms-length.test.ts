import { expect, it } from 'vitest';
import { smsParts } from '#lib/messages/sms-length.ts';

it.each([
  ['160 letters are one message', 'x'.repeat(160), 1],
  ['161 letters are two', 'x'.repeat(161), 2],
  ['306 letters are two, 307 three', 'x'.repeat(307), 3],
  ['umlauts cost nothing', 'ä'.repeat(160), 1],
  ['the euro sign counts twice', '€'.repeat(81), 2],
  ['one other letter halves the room', `${'x'.repeat(70)}ł`, 2],
  ['an emoji counts as the two units it is made of', '\u{1F600}'.repeat(35), 1],
])('%s', (_, text, parts) => {
  expect(smsParts(text).parts).toBe(parts);
});
