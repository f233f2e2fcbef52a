// The marketers' folder as texts. What is where is fixed (settings.json, journeys/, messages/, tests/); what lies elsewhere and
// looks as if it was meant to be there is pointed out, because nothing is more confusing than a file without effect.
import { closest, distance } from 'fastest-levenshtein';
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import type { SourceFile } from '#lib/compiler/parse/source-file.ts';
import { FolderReader } from './folder-reader.ts';

/** A workspace folder as read. Paths are relative to it, with slashes. */
export interface WorkspaceFiles {
  readonly settings?: SourceFile;
  readonly journeys: readonly SourceFile[];
  readonly segments: readonly SourceFile[];
  /** CSV files beside the segments. */
  readonly lists: readonly SourceFile[];
  readonly tests: readonly SourceFile[];
  /** Path below messages/ → text. */
  readonly messages: Readonly<Record<string, string>>;
  /** Name below catalog/ → text. */
  readonly catalog: Readonly<Record<string, string>>;
  readonly notices: readonly Diagnostic[];
}

const SETTINGS = ['settings.json', 'settings.jsonc'];
/** Folders of the workspace; `schema` is for editors, `events` for playing. */
const FOLDERS = ['journeys', 'segments', 'messages', 'catalog', 'tests', 'schema', 'events'];

/**
 * Reads the folder. Hidden files and editors' backups are passed over.
 * @throws RepositoryProblem where there is no such folder.
 */
export function readWorkspaceFiles(folder: string): WorkspaceFiles {
  const notices: Diagnostic[] = [];
  const reader = new FolderReader(folder, notices);
  const top = reader.list('');
  const settingsFile = SETTINGS.find((name) => top.files.includes(name));
  const settings = settingsFile === undefined ? undefined : reader.read(settingsFile);
  const journeys = top.folders.includes('journeys') ? readJourneys(reader) : [];
  const { segments, lists } = top.folders.includes('segments')
    ? readSegments(reader)
    : { segments: [], lists: [] };
  const tests = top.folders.includes('tests') ? readTestFiles(reader) : [];
  const messages = top.folders.includes('messages') ? readMessages(reader) : {};
  const catalog = top.folders.includes('catalog') ? readCatalogFiles(reader) : {};
  for (const name of top.files) noticeTopFile(name, settingsFile, reader);
  for (const name of top.folders) noticeTopFolder(name, reader);
  return { ...(settings && { settings }), journeys, segments, lists, tests, messages, catalog, notices };
}

function readJourneys(reader: FolderReader): SourceFile[] {
  const { files, folders } = reader.list('journeys');
  for (const name of folders)
    reader.notUsed(
      `journeys/${name}`,
      'Journeys are not read from folders.',
      'Move its files up into journeys/.',
    );
  return files.flatMap((name) => {
    const path = `journeys/${name}`;
    if (/\.jsonc?$/.test(name)) return reader.read(path) ?? [];
    if (!/^readme/i.test(name))
      reader.notUsed(path, 'This file is not read: a journey is a .json or .jsonc file.', renamed(name));
    return [];
  });
}

function readSegments(reader: FolderReader): Pick<WorkspaceFiles, 'segments' | 'lists'> {
  const { files, folders } = reader.list('segments');
  for (const name of folders)
    reader.notUsed(
      `segments/${name}`,
      'Segments are not read from folders.',
      'Move its files up into segments/.',
    );
  const segments: SourceFile[] = [];
  const lists: SourceFile[] = [];
  for (const name of files) {
    const path = `segments/${name}`;
    const kind = /\.jsonc?$/.test(name) ? segments : /\.csv$/i.test(name) ? lists : undefined;
    const file = kind === undefined ? undefined : reader.read(path);
    if (file !== undefined) kind?.push(file);
    if (kind === undefined && !/^readme/i.test(name))
      reader.notUsed(
        path,
        'This file is not read: a segment is a .json or .jsonc file, and its list a .csv file.',
        renamed(name),
      );
  }
  return { segments, lists };
}

function readTestFiles(reader: FolderReader): SourceFile[] {
  const { files, folders } = reader.list('tests');
  for (const name of folders)
    reader.notUsed(`tests/${name}`, 'Tests are not read from folders.', 'Move its files up into tests/.');
  return files.flatMap((name) => {
    const path = `tests/${name}`;
    if (/\.jsonc?$/.test(name)) return reader.read(path) ?? [];
    if (!/^readme/i.test(name))
      reader.notUsed(path, 'This file is not read: scenarios are in .json or .jsonc files.', renamed(name));
    return [];
  });
}

function readMessages(reader: FolderReader): Record<string, string> {
  const texts: Record<string, string> = {};
  const { files, folders } = reader.list('messages');
  for (const name of files.filter((file) => !/^readme/i.test(file)))
    reader.notUsed(
      `messages/${name}`,
      'This file is not read: each message is a folder.',
      'Put it into a folder named after the message.',
    );
  for (const folder of folders) {
    for (const name of reader.list(`messages/${folder}`).files) {
      const file = reader.read(`messages/${folder}/${name}`);
      if (file !== undefined) texts[`${folder}/${name}`] = file.text;
    }
  }
  return texts;
}

function readCatalogFiles(reader: FolderReader): Record<string, string> {
  const { files, folders } = reader.list('catalog');
  for (const name of folders)
    reader.notUsed(`catalog/${name}`, 'Lists are not read from folders.', 'Move its files up into catalog/.');
  const texts = files.flatMap((name) => {
    const text = /^readme/i.test(name) ? undefined : reader.read(`catalog/${name}`)?.text;
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(texts);
}

function noticeTopFile(name: string, settings: string | undefined, reader: FolderReader): void {
  if (name === settings || !/\.(?:jsonc?|ya?ml)$/.test(name)) return;
  if (settings !== undefined && SETTINGS.includes(name))
    reader.notUsed(name, `This file is not read beside ${settings}.`, 'Keep one of the two.');
  else if (settings === undefined && distance(name, 'settings.json') <= 4)
    reader.notUsed(name, 'This file is not read.', 'Did you mean settings.json?');
  else reader.notUsed(name, 'This file is not read.', 'Journeys belong in journeys/, messages in messages/.');
}

function noticeTopFolder(name: string, reader: FolderReader): void {
  if (FOLDERS.includes(name)) return;
  if (distance(name, closest(name, FOLDERS)) <= 2)
    reader.notUsed(name, 'This folder is not read.', `Did you mean ${closest(name, FOLDERS)}/?`);
}

function renamed(name: string): string {
  return `Did you mean ${name.replace(/\..*$/, '')}.json?`;
}
