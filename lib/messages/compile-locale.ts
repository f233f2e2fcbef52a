/** The content of one message in one language, channel by channel. */
import { textsOf } from '#lib/journey/values.ts';
import { JSON_CONTENT } from './channel-content.ts';
import type { JsonChannel } from './channel-content.ts';
import type { CompiledContent } from './compiled-message.ts';
import { htmlToPlainText, mjmlToHtml, withPreheader } from './html.ts';
import type { HtmlResult } from './html.ts';
import { expandIncludes } from './includes.ts';
import type { Part } from './message-parts.ts';
import { wholeFile } from './problem.ts';
import type { MessageProblem, SourceText } from './problem.ts';
import { readAs } from './read-message-file.ts';
import type { WrittenText } from './written-text.ts';

export interface LocaleResult {
  readonly content: CompiledContent;
  /** Every Liquid text as it was written, for the check by rendering. */
  readonly texts: readonly WrittenText[];
  readonly problems: readonly MessageProblem[];
}

/** Subject and preheader, with their places in message.json. */
export interface Head {
  readonly subject: SourceText;
  readonly preheader: SourceText | undefined;
}

/** `files` are the whole messages folder, for what the parts include. */
export async function compileLocale(
  locale: string,
  head: Head,
  parts: readonly Part[],
  files: Readonly<Record<string, string>>,
): Promise<LocaleResult> {
  const results: LocaleResult[] = [];
  for (const part of parts) {
    if (part.channel === 'email') {
      const plain = parts.find((other) => other.channel === 'email' && other.form === 'text');
      if (part.form !== 'text') results.push(await compileEmail(locale, head, part, plain, files));
    } else if (part.channel === 'sms') {
      results.push(compileSms(locale, part));
    } else {
      results.push(compileJson(locale, part, part.channel));
    }
  }
  return {
    content: Object.assign({}, ...results.map((result) => result.content)),
    texts: results.flatMap((result) => result.texts),
    problems: results.flatMap((result) => result.problems),
  };
}

async function compileEmail(
  locale: string,
  head: Head,
  page: Part,
  plain: Part | undefined,
  files: Readonly<Record<string, string>>,
): Promise<LocaleResult> {
  const preheader = head.preheader?.text;
  const { source, problems } =
    page.form === 'mjml'
      ? expandIncludes(page.file, files)
      : { source: wholeFile(page.file, page.text), problems: [] };
  const made: HtmlResult =
    page.form === 'mjml'
      ? await mjmlToHtml(source, { locale, preheader })
      : { html: withPreheader(page.text, preheader), problems: [] };
  const text = plain?.text ?? htmlToPlainText(made.html);
  const about = { locale, channel: 'email' as const };
  const atFile: SourceText['place'] = () => ({ file: page.file });
  return {
    content: { email: { subject: head.subject.text, html: made.html, text } },
    texts: [
      { ...about, escaping: 'none', source: head.subject },
      ...(head.preheader === undefined
        ? []
        : [{ ...about, escaping: 'html' as const, source: head.preheader }]),
      { ...about, escaping: 'html', source },
      ...(plain === undefined
        ? []
        : [{ ...about, escaping: 'none' as const, source: wholeFile(plain.file, plain.text) }]),
      // What is really sent, in case MJML or the way to plain text has broken a Liquid tag.
      { ...about, escaping: 'html', source: { text: made.html, place: atFile }, derived: true },
      { ...about, escaping: 'none', source: { text, place: atFile }, derived: true },
    ],
    problems: [...problems, ...made.problems],
  };
}

function compileSms(locale: string, part: Part): LocaleResult {
  const source = wholeFile(part.file, part.text.trim());
  return {
    content: { sms: { text: source.text } },
    texts: [{ locale, channel: 'sms', escaping: 'none', source }],
    problems: [],
  };
}

function compileJson(locale: string, part: Part, channel: JsonChannel): LocaleResult {
  const { schema, fields } = JSON_CONTENT[channel];
  const read = readAs(part.file, part.text, schema, fields);
  if ('problems' in read) return { content: {}, texts: [], problems: read.problems };
  const content = channel === 'webhook' ? read.value : withoutSchema(read.value);
  return {
    content: { [channel]: content },
    texts: textsOf(content).map((leaf) => ({
      locale,
      channel,
      escaping: 'none',
      source: { text: leaf.text, place: () => read.place(leaf.path) },
    })),
    problems: [],
  };
}

/** `$schema` is for the editor; a webhook's body is the receiver's, whatever is in it. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$schema'));
}
