// A workspace folder from its files to checked journeys and compiled messages, with what is wrong in them. The command line and the
// stacks begin here; the scenarios under tests/ are the command line's.
import { checkSettings } from '#lib/compiler/check-settings.ts';
import { fileDiagnostic, inOrder, type Diagnostic } from '#lib/compiler/diagnostics.ts';
import { fileId } from '#lib/compiler/parse/source-file.ts';
import { readWorkspace, type CheckedJourney, type MessageSummary } from '#lib/compiler/workspace.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_EVENTS, BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import { namesOf, readCatalog, type Catalog } from '#lib/messages/catalog.ts';
import type { SampleData } from '#lib/messages/check-rendering.ts';
import { compileMessage } from '#lib/messages/compile-message.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { summarise, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { MESSAGE_FILE, partName } from '#lib/messages/file-names.ts';
import { messageIds } from '#lib/messages/message-source.ts';
import type { MessageProblem } from '#lib/messages/problem.ts';
import { readWorkspaceFiles, type WorkspaceFiles } from './workspace-files.ts';

/** A workspace as far as it can be read. */
export interface WorkspaceFolder {
  readonly folder: string;
  readonly files: WorkspaceFiles;
  /** Absent where settings are missing or have errors. */
  readonly settings: Settings | undefined;
  /** Journeys without errors, by id; drafts among them. */
  readonly journeys: readonly CheckedJourney[];
  /** Ids of all journey files, those with errors included. */
  readonly journeyFiles: readonly { readonly id: string; readonly file: string }[];
  /** Segments without errors, by id. */
  readonly segments: readonly SegmentDefinition[];
  /** What journeys are told of messages, those with errors included. */
  readonly summaries: readonly MessageSummary[];
  /** Messages without errors. */
  readonly messages: readonly CompiledMessage[];
  /** Ids of all message folders, those with errors included. */
  readonly messageIds: readonly string[];
  /** Message without errors → its example data by name. */
  readonly samples: ReadonlyMap<string, Readonly<Record<string, SampleData>>>;
  readonly catalog: Catalog;
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** File → text, to show the line that is meant. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads and checks the workspace in a folder.
 * @throws RepositoryProblem where the folder cannot be read at all; all else becomes a diagnostic.
 */
export async function readWorkspaceFolder(folder: string): Promise<WorkspaceFolder> {
  const files = readWorkspaceFiles(folder);
  const { usable } = checkSettings(files.settings);
  const { catalog, problems: ofCatalog } = readCatalog(files.catalog);
  // Without settings nobody knows the default locale, and every message would seem to be wrong.
  const results = usable === undefined ? notCompiled(files) : await compileMessages(files, usable, catalog);
  const messages = results.flatMap(({ compiled }) => compiled ?? []);
  const summaries = results.map(({ id, compiled }) =>
    compiled ? summaryOf(compiled, usable) : unreadSummary(id, files),
  );
  const checked = readWorkspace({
    settings: files.settings,
    journeys: files.journeys,
    segments: files.segments,
    lists: files.lists,
    messages: summaries,
    readLiquid,
    catalog: namesOf(catalog),
  });
  const diagnostics: readonly Diagnostic[] = [
    ...checked.diagnostics,
    ...results.flatMap(({ problems }) => problems.map(ofMessage)),
    ...ofCatalog.map(({ file, message, hint, ...place }) =>
      fileDiagnostic('catalog-unreadable', { file: `catalog/${file}`, ...place }, { message, hint }),
    ),
    ...files.notices,
  ];
  return {
    folder,
    files,
    settings: checked.settings,
    journeys: checked.journeys,
    journeyFiles: files.journeys.map(({ path }) => ({ id: fileId(path), file: path })),
    segments: checked.segments,
    summaries,
    messages,
    messageIds: results.map(({ id }) => id),
    samples: new Map(results.flatMap(({ id, samples }) => (samples === undefined ? [] : [[id, samples]]))),
    catalog,
    diagnostics: inOrder(diagnostics),
    texts: textsOf(files),
  };
}

interface MessageResult {
  readonly id: string;
  readonly compiled?: CompiledMessage;
  readonly samples?: Readonly<Record<string, SampleData>>;
  readonly problems: readonly MessageProblem[];
}

async function compileMessages(
  files: WorkspaceFiles,
  settings: Settings,
  catalog: Catalog,
): Promise<MessageResult[]> {
  const vocabulary = {
    traits: [...Object.keys(settings.vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)],
    properties: [...Object.values(settings.vocabulary.events), ...Object.values(BUILT_IN_EVENTS)].flatMap(
      Object.keys,
    ),
  };
  const results: MessageResult[] = [];
  for (const id of messageIds(files.messages)) {
    const source = {
      id,
      files: files.messages,
      defaultLocale: settings.locale,
      brand: settings.brand,
      catalog,
      recommend: settings.recommend,
      vocabulary,
    };
    results.push({ id, ...(await compileMessage(source)) });
  }
  return results;
}

function notCompiled({ messages }: WorkspaceFiles): MessageResult[] {
  return messageIds(messages).map((id) => ({ id, problems: [] }));
}

function summaryOf(message: CompiledMessage, settings: Settings | undefined): MessageSummary {
  return { ...summarise(message, settings?.recommend), file: `messages/${message.id}/${MESSAGE_FILE}` };
}

/**
 * What is known of a message with errors. The journeys that send it are checked as if it was there: one mistake is told
 * once, where it is.
 */
function unreadSummary(id: string, { messages }: WorkspaceFiles): MessageSummary {
  const parts = Object.keys(messages)
    .filter((file) => file.startsWith(`${id}/`))
    .flatMap((file) => partName(file.slice(id.length + 1)) ?? []);
  const channels = [...new Set(parts.map(({ channel }) => channel))];
  return { id, hash: 'broken', channels, locales: [], file: `messages/${id}/${MESSAGE_FILE}` };
}

function ofMessage({ code, file, line = 1, column = 1, message, hint }: MessageProblem): Diagnostic {
  return fileDiagnostic(code, { file: `messages/${file}`, line, column }, { message, hint });
}

function textsOf(files: WorkspaceFiles): Map<string, string> {
  const { settings, journeys, segments, lists, tests, messages, catalog } = files;
  const sources = [...(settings ? [settings] : []), ...journeys, ...segments, ...lists, ...tests].map(
    ({ path, text }) => [path, text] as const,
  );
  const ofMessages = Object.entries(messages).map(([path, text]) => [`messages/${path}`, text] as const);
  const ofCatalog = Object.entries(catalog).map(([path, text]) => [`catalog/${path}`, text] as const);
  return new Map([...sources, ...ofMessages, ...ofCatalog]);
}
