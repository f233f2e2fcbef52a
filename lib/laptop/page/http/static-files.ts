// The files of the page as they lie in `static`: read once, no build, nothing from elsewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

const FOLDER = join(import.meta.dirname, '../static');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** By the path at which they are served; `/` is index.html. What is not in the map is not there: no path leads out of the folder. */
export function readStaticFiles(): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const file = { type, body: readFileSync(join(FOLDER, name)) };
    const path = `/${name.split(sep).join('/')}`;
    files.set(path === '/index.html' ? '/' : path, file);
  }
  return files;
}
