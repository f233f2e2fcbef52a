/**
 * Compiles one message folder: read message.json, sort the files by locale and channel, turn MJML into HTML, then render
 * everything with the sample data. Every mistake is a value with its place; a message with one is not compiled.
 */
import { checkContent } from './check-content.ts';
import { checkRendering, type SampleData } from './check-rendering.ts';
import { compileLocale } from './compile-locale.ts';
import type { LocaleResult } from './compile-locale.ts';
import { contentHash } from './compiled-message.ts';
import type { CompiledMessage } from './compiled-message.ts';
import { headOf, sortParts } from './message-parts.ts';
import type { MessageSource } from './message-source.ts';
import type { MessageProblem, SourceText } from './problem.ts';
import { readMessageFile } from './read-message-file.ts';

export interface CompileResult {
  /** Absent where a problem keeps the message from being sent. */
  readonly compiled?: CompiledMessage;
  /** Beside `compiled`: the example data by name, the first under `sample`. */
  readonly samples?: Readonly<Record<string, SampleData>>;
  readonly problems: readonly MessageProblem[];
}

/** Told, not refused: the message can be sent. */
const WARNINGS: ReadonlySet<MessageProblem['code']> = new Set(['message-sms-long', 'message-too-large']);

export async function compileMessage(source: MessageSource): Promise<CompileResult> {
  const read = readMessageFile(source);
  if ('problems' in read) return { problems: read.problems };
  const { value: about, place } = read;

  const { parts, locales, problems: gaps } = sortParts(source, about);
  const results: (readonly [string, LocaleResult])[] = [];
  for (const locale of locales) {
    const head = headOf(source, about, locale);
    const written = (field: string, text: string): SourceText => ({
      text,
      place: () => place([...head.path, field]),
    });
    const own = parts.filter((part) => part.locale === locale);
    const heading = {
      subject: written('subject', head.subject ?? ''),
      preheader: head.preheader === undefined ? undefined : written('preheader', head.preheader),
    };
    results.push([locale, await compileLocale(locale, heading, own, source.files)]);
  }

  const content: Omit<CompiledMessage, 'hash'> = {
    format: 1,
    id: source.id,
    ...(about.sender === undefined ? {} : { sender: about.sender }),
    locales: Object.fromEntries(results.map(([locale, result]) => [locale, inOrder(result.content)])),
  };
  const found = [...gaps, ...results.flatMap(([, result]) => result.problems)];
  const texts = results.flatMap(([, result]) => result.texts);
  const samples = { sample: about.sample, ...about.samples };
  const { brand = {}, catalog = {}, recommend = {}, vocabulary } = source;
  const ofTexts = checkRendering(texts, { samples, brand, catalog, recommend, vocabulary }, found);
  const sound = [...found, ...ofTexts].every((problem) => WARNINGS.has(problem.code));
  const problems = [...found, ...ofTexts, ...(sound ? checkContent(source.id, content.locales, parts) : [])];
  const sendable = problems.every((problem) => WARNINGS.has(problem.code));
  if (!sendable) return { problems };
  return { compiled: { ...content, hash: contentHash(content) }, samples, problems };
}

/** Channels by name: the order in which files were listed must not change the hash. */
function inOrder<T extends object>(content: T): T {
  return Object.assign(
    {},
    ...Object.entries(content)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => ({ [key]: value })),
  );
}
