// A customer's timeline as lines: when, where in which journey, what, and because of what.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { ToldRevision } from '#lib/engine/ports.ts';
import type { Colours } from '../terminal.ts';
import { happenedInWords } from '#lib/engine/happened-in-words.ts';

/** `newestFirst` as the table gives them; printed in the order in which it happened. Ends with a newline. */
export function renderTimeline(
  customer: string,
  newestFirst: readonly ToldRevision[],
  colours: Colours,
): string {
  if (newestFirst.length === 0)
    return (
      `Nothing is told about ${customer} (the hash of this id).\n` +
      'Either no event of theirs has been decided in the last 90 days, or nothing that any journey listens to has happened.\n'
    );
  const entries = newestFirst.toReversed().flatMap(({ log }) => log);
  const width = Math.max(...entries.map(({ journey = '' }) => journey.length));
  const lines = entries.flatMap((entry) => linesOf(entry, width, colours));
  return [`${customer} (times in UTC)`, ...lines, ''].join('\n');
}

function linesOf(entry: LogEntry, width: number, colours: Colours): readonly string[] {
  const { at, journey = '', because } = entry;
  const what = happenedInWords(entry, (until) => until);
  const first = `  ${colours.dim(at.replace('T', ' ').replace('Z', ''))}  ${journey.padEnd(width)}  ${what}`;
  return because === undefined
    ? [first]
    : [first, `  ${colours.dim(`${' '.repeat(width + 27)}because ${because}`)}`];
}
