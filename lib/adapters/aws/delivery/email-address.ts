/**
 * Addresses as SES takes them: seven-bit ASCII, the domain in Punycode, the name in front of it as encoded words (RFC 2047), and
 * never a line break, which would begin a header of its own.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html : SES does not know SMTPUTF8.
 */
import { domainToASCII } from 'node:url';
import { mailboxAddress } from '#lib/journey/mailbox.ts';

const ADDRESS = /^(?<local>[^\s@<>",;:\\()[\]]+)@(?<domain>[^\s@<>",;:\\()[\]]+)$/u;
const NAME = /^([^<>]*)</u;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
/** Letters that RFC 5322 allows in an unquoted name. */
const PLAIN_NAME = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*$/;
/** Bytes in one encoded word: 75 characters less `=?UTF-8?B?` and `?=`, in Base64 (RFC 2047, section 2). */
const BYTES_IN_WORD = 45;

/** One address without a name. Undefined for what cannot be written to: not ASCII before the @, or no address at all. */
export function asciiAddress(address: string): string | undefined {
  const { local, domain } = ADDRESS.exec(address)?.groups ?? {};
  if (local === undefined || domain === undefined || !/^[\x21-\x7e]+$/.test(local)) return undefined;
  // Empty for what is no domain.
  const ascii = domainToASCII(domain);
  return ascii === '' ? undefined : `${local}@${ascii}`;
}

/** A sender as settings name it, `Shop <hello@shop.example>` or the address alone; undefined where it is neither. */
export function asciiSender(written: string): string | undefined {
  if (CONTROL.test(written)) return undefined;
  const ascii = asciiAddress(mailboxAddress(written));
  if (ascii === undefined) return undefined;
  const name = NAME.exec(written)?.[1] ?? '';
  const unquoted = name.trim().replace(/^"(.*)"$/u, '$1');
  return unquoted === '' ? ascii : `${encodedName(unquoted)} <${ascii}>`;
}

function encodedName(name: string): string {
  if (PLAIN_NAME.test(name)) return name;
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  return words(name)
    .map((word) => `=?UTF-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join(' ');
}

/** Pieces that fit into encoded words: a character is never divided between two. */
function words(text: string): string[] {
  const pieces = [''];
  for (const character of text) {
    const piece = `${pieces.at(-1) ?? ''}${character}`;
    if (Buffer.byteLength(piece, 'utf8') > BYTES_IN_WORD) pieces.push(character);
    else pieces[pieces.length - 1] = piece;
  }
  return pieces;
}
