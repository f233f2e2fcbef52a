/**
 * What a value becomes inside an address, so that it stays a part of it: it names no other scheme and no other host, adds no parameter,
 * and ends neither the address nor the attribute around it. Put where they are needed by link-contexts.ts.
 */

/** Names by which texts are completed; nobody writes them by hand. */
export const LINK_START = 'wend_link_start';
export const LINK_PART = 'wend_link_part';
export const LINK_PATH = 'wend_link_path';

/** Where an address leads that a value has spoilt: nowhere, and the rest of the message is as it was. */
const NOWHERE = '#';

/** What a click may do in a mail program. */
const IN_MAIL = /^(?:https?:\/\/[^\s/]|mailto:|tel:|sms:)/i;
/** Addresses that run what they hold, or show it under a name that is not theirs; an app follows any other into itself. */
const NEVER = /^(?:javascript|vbscript|data|blob|file|about|view-source|jar|intent):/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** A whole address, or its beginning: in `mail` of the kinds that mail programs follow, in an `app` also those of apps. */
export function linkStart(value: unknown, where: unknown): string {
  // Parsers of addresses leave out white space and control characters: "java\tscript:" is a scheme.
  const address = textOf(value).replace(/[\p{Cc}\p{Z}]+/gu, '');
  const isGood = where === 'app' ? SCHEME.test(address) && !NEVER.test(address) : IN_MAIL.test(address);
  return isGood ? address.replace(/["'<>`\\]/g, escaped) : NOWHERE;
}

/** Text within an address. What is escaped already (`%20`, `+`) stays as it is. */
export function linkPart(value: unknown): string {
  return (
    textOf(value)
      .split('/')
      // "../admin" would leave the place that the author has named; parsers take the escaped form for the same.
      .filter((segment) => !/^(?:\.|%2e){1,2}$/i.test(segment.trim()))
      .join('/')
      .replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9\-._~!$()*+,;@/%]/giu, escaped)
  );
}

/** Text behind a host that the author has written: it begins a path, and never goes on with the name or makes it a password. */
export function linkPath(value: unknown): string {
  const part = linkPart(value);
  return part === '' || part.startsWith('/') ? part : `/${part.replaceAll('@', '%40')}`;
}

function escaped(character: string): string {
  // A half of a pair that has lost the other one is no character.
  return character.isWellFormed()
    ? encodeURIComponent(character).replace(/['()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
    : '%EF%BF%BD';
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  // An object is nothing that an address could be made of.
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
