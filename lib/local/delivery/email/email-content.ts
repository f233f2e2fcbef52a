// What the outbox shows of an e-mail, and what of it a customer can follow.
import type { MessageContent } from '../outbox/outbox-message.ts';
import type { SendEmailInput } from './send-email-input.ts';

/** Somebody who clicks has a choice; a message with more links than this is a catalogue. */
const MOST_LINKS = 40;

export function emailContent(input: SendEmailInput): Extract<MessageContent, { kind: 'email' }> {
  const { Subject, Body, Headers, Attachments } = input.Content.Simple;
  const preheader = preheaderOf(Body.Html?.Data ?? '');
  return {
    kind: 'email',
    subject: Subject.Data,
    ...(preheader === undefined ? {} : { preheader }),
    ...(Body.Html === undefined ? {} : { html: Body.Html.Data }),
    ...(Body.Text === undefined ? {} : { text: Body.Text.Data }),
    from: input.FromEmailAddress,
    ...(input.TenantName === undefined ? {} : { tenant: input.TenantName }),
    replyTo: input.ReplyToAddresses,
    headers: Headers.map(({ Name, Value }) => ({ name: Name, value: Value })),
    attachments: Attachments.map(({ FileName, ContentType, RawContent }) => ({
      name: FileName,
      type: ContentType ?? 'application/octet-stream',
      bytes: Buffer.byteLength(RawContent, 'base64'),
    })),
  };
}

/** The addresses behind the links that SES would track: those of the HTML part, and of the text where there is no other. */
export function linksOf(input: SendEmailInput): string[] {
  const { Html, Text } = input.Content.Simple.Body;
  const found =
    Html === undefined
      ? Array.from((Text?.Data ?? '').matchAll(/https?:\/\/[^\s<>"')\]]+/gi), ([link]) => link)
      : Array.from(
          Html.Data.matchAll(/<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/gi),
          // https://docs.aws.amazon.com/ses/latest/dg/faqs-metrics.html: a link with this attribute is left as it is.
          ([tag, double, single]) => (/\sses:no-track\b/i.test(tag) ? '' : unescaped(double ?? single ?? '')),
        ).filter((link) => /^https?:\/\//i.test(link));
  return [...new Set(found)].slice(0, MOST_LINKS);
}

/** What stands first in the body and is not shown: the place of preheaders. */
function preheaderOf(html: string): string | undefined {
  const hidden = /<body[^>]*>\s*<div[^>]*display:\s*none[^>]*>(?<text>[^<]*)</i.exec(html)?.groups?.['text'];
  const text = unescaped(hidden ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Character references of HTML, as far as they occur in links and subjects. */
function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
