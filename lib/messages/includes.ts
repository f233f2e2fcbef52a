/**
 * `<mj-include path="../_shared/footer.mjml" />`: messages share their look. Resolved here and not by MJML, because messages
 * come as texts (MJML would read the disk) and because an error in a shared file must be shown in that file.
 */
import type { MessageProblem, Place, SourceText } from './problem.ts';

const INCLUDE = /<mj-include\s+path="([^"]*)"\s*(?:\/>|>\s*<\/mj-include>)/;
const DEPTH = 5;

/** `files`: every text of the messages folder by its path relative to it. The included text must be whole elements. */
export function expandIncludes(
  file: string,
  files: Readonly<Record<string, string>>,
): { readonly source: SourceText; readonly problems: readonly MessageProblem[] } {
  const lines: { text: string; place: Place }[] = [];
  const problems: MessageProblem[] = [];

  const add = (path: string, depth: number): void => {
    (files[path] ?? '').split('\n').forEach((line, index) => {
      const place = { file: path, line: index + 1 };
      let rest = line;
      for (let found = INCLUDE.exec(rest); found !== null; found = INCLUDE.exec(rest)) {
        const target = resolve(path, found[1] ?? '');
        lines.push({ text: rest.slice(0, found.index), place });
        rest = rest.slice(found.index + found[0].length);
        const tooDeep = depth >= DEPTH;
        if (files[target] === undefined || tooDeep) problems.push(unresolved(place, target, tooDeep));
        else add(target, depth + 1);
      }
      lines.push({ text: rest, place });
    });
  };
  add(file, 0);

  return {
    problems,
    source: {
      text: lines.map((line) => line.text).join('\n'),
      place: (line, column) => ({
        ...(lines[line - 1]?.place ?? { file }),
        ...(column === undefined ? {} : { column }),
      }),
    },
  };
}

function unresolved(place: Place, target: string, tooDeep: boolean): MessageProblem {
  return {
    code: 'message-mjml',
    ...place,
    message: tooDeep
      ? `includes go deeper than ${DEPTH} files here`
      : `there is no file "${target}" to include`,
    hint: tooDeep
      ? 'A file that includes itself, even through others, never ends.'
      : 'The path counts from the file it is written in, and stays inside the messages folder.',
  };
}

/** Joins as a browser would; `..` above the messages folder stays there, so no file outside can be named. */
function resolve(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
