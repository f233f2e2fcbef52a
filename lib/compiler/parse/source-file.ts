// A file of the workspace as text, and the places in it that people are pointed to.

/** A file as read: `path` is relative to the workspace, with slashes ("journeys/welcome.json"). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Line and column count from 1; a column is a UTF-16 unit, as editors count. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset in the text; an offset beyond the end is the end. */
export function positionAt(text: string, offset: number): TextPosition {
  const end = Math.min(Math.max(offset, 0), text.length);
  let line = 1;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < end; next = text.indexOf('\n', next + 1)) {
    line += 1;
    lineStart = next + 1;
  }
  return { line, column: end - lineStart + 1 };
}

/** File name without folders and ending: the id of what the file holds. */
export function fileId(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.jsonc?$/, '');
}
