/**
 * Finds where a text prints a value inside an address, and completes the output by the filter that keeps it there (link-filters.ts). It
 * is done when a text is first filled in, and not when the workspace is compiled: committed messages stay as they are.
 */
import { LINK_PART, LINK_PATH, LINK_START } from './link-filters.ts';

/** Stands for what an output prints, in the text before it: a letter that Unicode keeps for private use. */
const PRINTED = '\uE000';
/** A tail this long is enough to see the beginning of an attribute. */
const LONGEST_TAIL = 4096;

/** Outputs, where a quoted text may hold braces; then what is no output and begins like one; what is printed as it stands; tags. */
const TOKENS =
  /(\{\{(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*\}\}|\{\{[\s\S]*?\}\}|\{%-?\s*(?:raw|comment)\b[\s\S]*?\{%-?\s*end(?:raw|comment)\b[\s\S]*?%\}|\{%[\s\S]*?%\})/;
const URL_ATTRIBUTE =
  /[\s"'/](?:href|src|background|action|formaction|poster|cite|data|ping|longdesc|xlink:href)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]*))$/i;
/** Of several pictures, the address behind the last comma. */
const PICTURE_SET = /[\s"'/]srcset\s*=\s*["'](?:[^"']*,\s*)?([^"',\s]*)$/i;
/** In styles, and where a page is told to go elsewhere. */
const ADDRESS_IN_STYLE = /\burl\(\s*["']?([^"')]*)$/i;
const REFRESH = /<meta\b[^>]*\bcontent\s*=\s*["'][^"']*\burl\s*=\s*([^"']*)$/i;
/** Programs make a link of what begins with www as well. */
const ADDRESS_IN_TEXT = /(?:^|[\s([<"'])((?:(?:https?|mailto|tel):|www\.)[^\s<>"')\]]*)$/i;
/** A name that is complete; behind a dot the author has left room for a part of it. */
const HOST_NOT_ENDED = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^/?#\uE000]*[^/?#\uE000.-]$/i;

/** Texts, outputs and tags of a Liquid text, in order; together they are the text. */
export function partsOfLiquid(text: string): string[] {
  return text.split(TOKENS);
}

/** What of the text before an output belongs to the address that it prints into; undefined: it prints into none. */
type AddressBefore = (before: string) => string | undefined;

/** HTML: attributes that hold addresses, and addresses that are written out. */
export function guardHtml(html: string): string {
  return guard(html, 'mail', (before) => {
    const [, double, single, bare] = URL_ATTRIBUTE.exec(before) ?? [];
    const elsewhere = [PICTURE_SET, ADDRESS_IN_STYLE, REFRESH].map((place) => place.exec(before)?.[1]);
    return double ?? single ?? bare ?? elsewhere.find((one) => one !== undefined) ?? addressInText(before);
  });
}

/** Plain text: programs make links of what looks like an address, and a value must not make it another one. */
export function guardText(text: string): string {
  return guard(text, 'mail', addressInText);
}

/** One address alone, as an app gets it. */
export function guardAppLink(address: string): string {
  return guard(address, 'app', (before) => before);
}

/** The end of an address whose beginning stands elsewhere. */
export function guardLinkEnd(end: string): string {
  return guard(end, 'app', (before) => `/${before}`);
}

function addressInText(before: string): string | undefined {
  return ADDRESS_IN_TEXT.exec(before)?.[1];
}

function guard(text: string, where: 'mail' | 'app', addressBefore: AddressBefore): string {
  if (!text.includes('{{')) return text;
  let tail = '';
  /** What stood before each {% if %} that is still open: its other arms begin there too. */
  const open: string[] = [];
  return partsOfLiquid(text)
    .map((token) => {
      if (token.startsWith('{{')) {
        const completed = complete(token, where, addressBefore(tail));
        tail += PRINTED;
        return completed;
      }
      const tag = /^\{%-?\s*(\w+)/.exec(token)?.[1];
      if (tag === undefined) tail = `${tail}${token}`.slice(-LONGEST_TAIL);
      else if (/^(?:if|unless|case|for|tablerow)$/.test(tag)) open.push(tail);
      else if (/^(?:else|elsif|when)$/.test(tag)) tail = open.at(-1) ?? tail;
      else if (/^end(?:if|unless|case|for|tablerow)$/.test(tag)) open.pop();
      return token;
    })
    .join('');
}

function complete(output: string, where: 'mail' | 'app', before: string | undefined): string {
  if (before === undefined) return output;
  const isStart = before.trim() === '';
  const filter = isStart ? `${LINK_START}: '${where}'` : HOST_NOT_ENDED.test(before) ? LINK_PATH : LINK_PART;
  return output.replace(/\s*(-?\}\})$/, ` | ${filter} $1`);
}
