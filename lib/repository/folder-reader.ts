// Reads a folder of texts below one root. What cannot be read is told as a notice beside the compiler's diagnostics, and
// the rest goes on; only a root that is not there ends it.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileDiagnostic, type Diagnostic } from '#lib/compiler/diagnostics.ts';
import { GARBLED, isGarbled } from '#lib/compiler/parse/garbled.ts';
import type { SourceFile } from '#lib/compiler/parse/source-file.ts';
import { fileProblem } from './file-problem.ts';
import { RepositoryProblem } from './repository-problem.ts';

/** Lists and reads below one folder; what cannot be read becomes a notice. */
export class FolderReader {
  readonly #folder: string;
  readonly #notices: Diagnostic[];

  constructor(folder: string, notices: Diagnostic[]) {
    this.#folder = folder;
    this.#notices = notices;
  }

  /** Names in the folder, sorted; links are followed. */
  list(path: string): { readonly files: readonly string[]; readonly folders: readonly string[] } {
    const files: string[] = [];
    const folders: string[] = [];
    for (const name of this.#names(path)) {
      const kind = this.#kindOf(path === '' ? name : `${path}/${name}`);
      if (kind === 'file') files.push(name);
      else if (kind === 'folder') folders.push(name);
    }
    return { files, folders };
  }

  read(path: string): SourceFile | undefined {
    try {
      const text = readFileSync(join(this.#folder, path), 'utf8').replace(/^\uFEFF/, '');
      // Of JSON the compiler tells it, which knows the place. What the rest says is used all the same: one mistake, told once.
      const isJson = /\.jsonc?$/.test(path) && !path.startsWith('messages/');
      if (!isJson && isGarbled(text))
        this.#notices.push(fileDiagnostic('file-unreadable', { file: path }, GARBLED));
      return { path, text };
    } catch (error) {
      return this.#unreadable(path, error);
    }
  }

  notUsed(file: string, message: string, hint: string): void {
    this.#notices.push(fileDiagnostic('file-not-used', { file }, { message, hint }));
  }

  #names(path: string): string[] {
    try {
      const names = readdirSync(join(this.#folder, path)).filter((name) => !isPassedOver(name));
      return names.toSorted((a, b) => (a < b ? -1 : 1));
    } catch (error) {
      if (path !== '') return this.#unreadable(path, error) ?? [];
      const isFile = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
      throw new RepositoryProblem(
        'files',
        `the workspace ${this.#folder} cannot be read: ${isFile ? 'it is a file' : fileProblem(error)}`,
        isFile && basename(this.#folder).startsWith('settings')
          ? 'Name the folder that holds it.'
          : 'Name the folder that holds settings.json with --workspace.',
      );
    }
  }

  #kindOf(path: string): 'file' | 'folder' | 'other' {
    try {
      const about = statSync(join(this.#folder, path));
      if (about.isDirectory()) return 'folder';
      return about.isFile() ? 'file' : 'other';
    } catch (error) {
      this.#unreadable(path, error);
      return 'other';
    }
  }

  #unreadable(file: string, error: unknown): undefined {
    const message = `This cannot be read: ${fileProblem(error)}.`;
    this.#notices.push(fileDiagnostic('file-unreadable', { file }, { message }));
  }
}

/** Hidden files, and what editors and systems leave behind. */
function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~') || name.startsWith('#') || name === 'Thumbs.db';
}
