/**
 * What a channel takes and what it does not: links that lead somewhere, e-mails that are shown whole, notifications that are not
 * refused, the same parameters of a WhatsApp template in every language.
 */
import type { CompiledContent } from './compiled-message.ts';
import type { Part } from './message-parts.ts';
import type { MessageProblem } from './problem.ts';

/** Gmail shows no more of an e-mail, and hides the rest with its unsubscribe link. */
const MOST_HTML_BYTES = 102 * 1024;
/** Apple's and Google's push services refuse larger notifications. */
const MOST_PUSH_BYTES = 4096;

/** `parts`: the files that the content was made of, for the places. */
export function checkContent(
  id: string,
  locales: Readonly<Record<string, CompiledContent>>,
  parts: readonly Part[],
): readonly MessageProblem[] {
  const fileOf = (locale: string, channel: Part['channel']): string =>
    parts.find((part) => part.locale === locale && part.channel === channel && part.form !== 'text')?.file ??
    id;
  const problems = Object.entries(locales).flatMap(([locale, { email, push }]) => [
    ...(email === undefined ? [] : checkEmail(email.html, fileOf(locale, 'email'), parts)),
    ...(push === undefined ? [] : checkPush(push, fileOf(locale, 'push'))),
  ]);
  return [...problems, ...parameterCounts(locales, (locale) => fileOf(locale, 'whatsapp'))];
}

function checkEmail(html: string, file: string, parts: readonly Part[]): readonly MessageProblem[] {
  const links = [...html.matchAll(/<a\b[^>]*?\bhref\s*=\s*"([^"]*)"/g)].map(([, link = '']) => link);
  const astray = [...new Set(links)].filter((link) => !leadsSomewhere(link.trim()));
  const problems: MessageProblem[] = astray.map((link) => ({
    code: 'message-link',
    ...placeOf(link, file, parts),
    message: link.trim() === '' ? 'this link has no address' : `"${link}" leads nowhere in an e-mail`,
    hint: 'Write the whole address, such as https://shop.example/sale; also mailto: and tel: are links.',
  }));
  const size = bytes(html);
  if (size <= MOST_HTML_BYTES) return problems;
  const message = `this e-mail has ${Math.ceil(size / 1024)} KB; Gmail hides what comes after ${MOST_HTML_BYTES / 1024}`;
  return [
    ...problems,
    {
      code: 'message-too-large',
      file,
      message,
      hint: 'Use fewer sections; pictures are linked, not contained.',
    },
  ];
}

/** Absolute, or filled in when it is sent. `#` is a link inside the e-mail. */
function leadsSomewhere(link: string): boolean {
  return /^(?:https?:\/\/[^\s/]|mailto:[^\s]|tel:[^\s]|sms:[^\s]|\{\{|\{%|#.)/i.test(link);
}

/** MJML keeps links as they are written, so the author's file has the text, unless it stands in a shared part. */
function placeOf(link: string, file: string, parts: readonly Part[]): Pick<MessageProblem, 'file' | 'line'> {
  const text = parts.find((part) => part.file === file)?.text ?? '';
  const offset = text.indexOf(`href="${link}"`);
  return offset === -1 ? { file } : { file, line: text.slice(0, offset).split('\n').length };
}

function checkPush(push: unknown, file: string): readonly MessageProblem[] {
  const size = bytes(JSON.stringify(push));
  if (size <= MOST_PUSH_BYTES) return [];
  const message = `this notification has ${size} bytes; the services refuse more than ${MOST_PUSH_BYTES}`;
  return [
    { code: 'message-too-large', file, message, hint: 'Shorten its text, or let the app fetch the rest.' },
  ];
}

/** A template is approved in several languages, with the same placeholders in each. */
function parameterCounts(
  locales: Readonly<Record<string, CompiledContent>>,
  fileOf: (locale: string) => string,
): readonly MessageProblem[] {
  const counts = Object.entries(locales).flatMap(([locale, { whatsapp }]) =>
    isTemplate(whatsapp) ? [{ locale, template: whatsapp.template, count: whatsapp.parameters.length }] : [],
  );
  const [first] = counts;
  return counts
    .filter((one) => one.template === first?.template && one.count !== first.count)
    .map(({ locale, template, count }) => ({
      code: 'message-incomplete',
      file: fileOf(locale),
      message: `the template "${template}" has ${count} parameters in "${locale}" and ${first?.count} in "${first?.locale}"`,
      hint: 'A template has the same placeholders in each language; give all of them.',
    }));
}

function isTemplate(
  value: unknown,
): value is { readonly template: string; readonly parameters: readonly unknown[] } {
  return (
    typeof value === 'object' && value !== null && 'parameters' in value && Array.isArray(value.parameters)
  );
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
