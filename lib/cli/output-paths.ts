// Where commands may write: never over what a workspace is made of.
import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

const WRITTEN_BY_HAND = new Set([
  'settings.json',
  'settings.jsonc',
  'journeys',
  'messages',
  'segments',
  'catalog',
  'schema',
  'tests',
]);

/** Whether a path leads to a file of the workspace that people write; links are followed. */
export function isHandWritten(path: string, workspace: string): boolean {
  const inside = relative(realPath(workspace), realPath(path)).split(sep)[0] ?? '';
  return WRITTEN_BY_HAND.has(inside);
}

/** Links followed, where there is something to follow. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
