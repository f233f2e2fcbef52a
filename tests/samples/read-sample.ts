// Reads a sample: a tiny workspace with one kind of mistake in it, and what has to be said about it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readWorkspaceFiles, type WorkspaceFiles } from '#lib/repository/workspace-files.ts';
import { checkUnused } from '#lib/compiler/check-unused.ts';
import { fileDiagnostic, type Diagnostic } from '#lib/compiler/diagnostics.ts';
import type { DiagnosticCode } from '#lib/compiler/diagnostics/registry.ts';
import { fileId, type SourceFile } from '#lib/compiler/parse/source-file.ts';
import { readWorkspace, type MessageSummary } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { BUILT_IN_EVENTS, BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import { namesOf, readCatalog, type Catalog } from '#lib/messages/catalog.ts';
import { compileMessage } from '#lib/messages/compile-message.ts';
import { messageIds } from '#lib/messages/message-source.ts';
import { readTests } from '#lib/simulator/scenarios/read-tests.ts';

const SAMPLES = new URL('.', import.meta.url);

/** `expected.json`: every diagnostic of the sample, by file and place. */
const expectedSchema = z.array(
  z.strictObject({ code: z.string(), file: z.string(), line: z.number(), column: z.number() }),
);
export type Expected = z.infer<typeof expectedSchema>;

/** `messages.json`: messages that the journeys find, where the sample does not bring the messages themselves. */
const messagesSchema = z.array(
  z.strictObject({
    id: z.string(),
    channels: z.array(channelSchema),
    unsubscribe: z.boolean().optional(),
    smsStop: z.array(z.enum(['link', 'word'])).optional(),
    confirms: z.array(channelSchema).optional(),
    entryProperties: z.array(z.string()).optional(),
    savedProperties: z.array(z.string()).optional(),
  }),
);
const DEFAULT_MESSAGES: z.infer<typeof messagesSchema> = [
  { id: 'hello', channels: ['email', 'sms'] },
  { id: 'offer', channels: ['email'] },
];

/** `padded.json`: files that are made longer by spaces, to so many characters. */
const paddedSchema = z.record(z.string(), z.number());

/** `repeated.json`: files of which the line with a `#` is written so many times, with a number for the `#`. */
const repeatedSchema = z.record(z.string(), z.int());

/** Files of the sample that are no part of its workspace. */
const ABOUT = ['expected.json', 'messages.json', 'padded.json', 'repeated.json'];

/** Journeys with one mistake each, see tests/compiler/typical-mistakes.test.ts. */
const TYPICAL_MISTAKES = 'typical-mistakes';

export function sampleNames(): string[] {
  return readdirSync(SAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== TYPICAL_MISTAKES)
    .map(({ name }) => name);
}

export function expectedOf(name: string): Expected {
  return expectedSchema.parse(json(name, 'expected.json'));
}

/** Everything that is said about a sample: of its files, settings and journeys, and of messages where it has any. */
export async function diagnosticsOf(name: string): Promise<Diagnostic[]> {
  const files = readWorkspaceFiles(fileURLToPath(new URL(name, SAMPLES)));
  const lengths = paddedSchema.parse(json(name, 'padded.json') ?? {});
  const times = repeatedSchema.parse(json(name, 'repeated.json') ?? {});
  const grown = ({ path, text }: SourceFile): SourceFile => ({
    path,
    text: repeated(text, times[path] ?? 1).padEnd(lengths[path] ?? 0),
  });
  const { catalog, problems: ofCatalog } = readCatalog(files.catalog);
  const workspace = readWorkspace({
    readLiquid,
    settings: files.settings,
    journeys: files.journeys.map(grown),
    segments: files.segments,
    lists: files.lists,
    messages: summaries(name),
    catalog: namesOf(catalog),
  });
  const tests = readTests(files.tests, {
    settings: workspace.settings,
    journeys: workspace.journeys,
    segments: workspace.segments,
    journeyIds: files.journeys.map(({ path }) => fileId(path)),
    messageIds: summaries(name).map(({ id }) => id),
  });
  const notices = files.notices
    .filter(({ file }) => !ABOUT.includes(file))
    .map(({ code, file, message, hint }) => fileDiagnostic(code, { file }, { message, hint }));
  const lists = ofCatalog.map(({ file, message, hint, ...place }) =>
    fileDiagnostic('catalog-unreadable', { file: `catalog/${file}`, ...place }, { message, hint }),
  );
  const messages = Object.fromEntries(
    Object.entries(files.messages).map(([path, text]) => [path, repeated(text, times[`messages/${path}`] ?? 1)]),
  );
  const told = [
    ...workspace.diagnostics,
    ...tests.diagnostics,
    ...notices,
    ...lists,
    ...(await messageDiagnostics({ ...files, messages }, catalog)),
  ];
  // Most samples share settings of which they use a part.
  if (told.length > 0 || workspace.settings === undefined || files.settings === undefined) return told;
  return checkUnused({
    settings: workspace.settings,
    settingsFile: files.settings,
    journeys: workspace.journeys,
    segments: workspace.segments,
    messages: summaries(name),
  });
}

function repeated(text: string, times: number): string {
  return text
    .split('\n')
    .flatMap((line) =>
      line.includes('#') ? Array.from({ length: times }, (_, index) => line.replace('#', String(index + 1))) : [line],
    )
    .join('\n');
}

async function messageDiagnostics(
  { messages, settings }: WorkspaceFiles,
  catalog: Catalog,
): Promise<Diagnostic[]> {
  const { settings: read } = readWorkspace({ readLiquid, settings, journeys: [], messages: [] });
  const vocabulary = {
    traits: Object.keys({ ...read?.vocabulary.traits, ...BUILT_IN_TRAITS }),
    properties: Object.values({ ...read?.vocabulary.events, ...BUILT_IN_EVENTS }).flatMap(Object.keys),
  };
  const compiled = messageIds(messages).map((id) =>
    compileMessage({ id, files: messages, defaultLocale: 'en', vocabulary, catalog }),
  );
  const problems = (await Promise.all(compiled)).flatMap((each) => each.problems);
  return problems.map(({ code, file, line, column, message, hint }) => {
    const known: DiagnosticCode = code;
    const place = { file: `messages/${file}`, line: line ?? 1, column: column ?? 1 };
    return fileDiagnostic(known, place, { message, hint });
  });
}

function summaries(name: string): MessageSummary[] {
  const written = messagesSchema.parse(json(name, 'messages.json') ?? DEFAULT_MESSAGES);
  return written.map((message) => ({
    hash: 'sample',
    locales: ['en'],
    file: `messages/${message.id}/message.json`,
    ...message,
  }));
}

function json(name: string, file: string): unknown {
  const url = new URL(`${name}/${file}`, SAMPLES);
  return existsSync(url) ? JSON.parse(readFileSync(url, 'utf8')) : undefined;
}
