/** Reads JSON with comments and trailing commas, and finds the line of what is in it. */
import { getNodeValue, parseTree, findNodeAtLocation, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { MessageProblem, Place } from './problem.ts';

export interface JsonText {
  readonly value: unknown;
  /** Where the value under this path is written; where it is absent, the nearest that is there. */
  readonly place: (path: readonly PropertyKey[]) => Place;
}

export function readJson(file: string, text: string): JsonText | MessageProblem {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const at = (offset: number): Place => {
    const before = text.slice(0, offset).split('\n');
    return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const first = errors[0];
  if (tree === undefined || first !== undefined) {
    return {
      code: 'message-unreadable',
      ...at(first?.offset ?? 0),
      message: `this is not JSON: ${first === undefined ? 'the file is empty' : spaced(printParseErrorCode(first.error))}`,
      hint: 'Look for a missing comma, quote or brace here or just before.',
    };
  }
  return {
    value: getNodeValue(tree),
    place: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const segments = path
          .slice(0, length)
          .map((part) => (typeof part === 'symbol' ? part.toString() : part));
        const node = findNodeAtLocation(tree, segments);
        if (node !== undefined) return at(node.offset);
      }
      return { file, line: 1, column: 1 };
    },
  };
}

/** `InvalidSymbol` → `invalid symbol`. */
function spaced(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
