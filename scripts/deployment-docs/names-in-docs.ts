// Which deployed names a page speaks of, and which outputs of the stack it reads.

/** A name or output on a page, with where it stands. */
export interface OnPage {
  readonly page: string;
  readonly line: number;
  /** What follows the name of the deployment: `-events-dead-letters`, `_audience`; empty for the deployment itself. */
  readonly name: string;
}

/**
 * `$WEND-events`, `${WEND}_audience`, `wend-production-events`, `wend-<environment>-<journey>-<version>`: the name of the deployment in each
 * form that pages use, and what follows it up to the next character that no name has.
 */
const DEPLOYED =
  /(?:\$\{WEND\}|\$WEND\b|\bwend-(?:production|test|<environment>))((?:[-_](?:[a-z0-9]+|<[a-z]+>))*)/g;

/** Names that stand anywhere on the page: in blocks, in code spans, in text. */
export function namesOn(page: string, text: string): readonly OnPage[] {
  return found(page, text, DEPLOYED);
}

/** Outputs of the stack, in code spans and in queries: `WendRelayFailures`, `Outputs[?OutputKey=='WendRelayFailures']`. */
export function outputsOn(page: string, text: string): readonly OnPage[] {
  return found(page, text, /['`](Wend[A-Z]\w*)['`]/g);
}

function found(page: string, text: string, pattern: RegExp): readonly OnPage[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(pattern)].map(([, name = '']) => ({ page, line: index + 1, name })),
    );
}
