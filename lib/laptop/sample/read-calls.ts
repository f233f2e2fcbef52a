// The calls of a file, as far as they are calls, and what is told of the lines that are none.
import { isRecord } from '#lib/contracts/segment-call.ts';
import { readLines } from '#lib/simulator/read-lines.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import type { SegmentCall } from '../running-cloud.ts';

export interface ReadCalls {
  readonly calls: readonly SegmentCall[];
  /** Lines that are not blank. */
  readonly lines: number;
  /** Lines that are none, by the reason. */
  readonly refused: ReadonlyMap<string, RefusedLines>;
}

interface RefusedLines {
  count: number;
  /** Number of the first one, counted from 1. */
  readonly first: number;
}

/**
 * Reads a stream, plain or gzip, one call a line.
 * @param audiences events that may come without a customer.
 * @throws StreamProblem where the file cannot be read.
 */
export async function readCalls(path: string, audiences: ReadonlySet<string>): Promise<ReadCalls> {
  const calls: SegmentCall[] = [];
  const refused = new Map<string, RefusedLines>();
  let lines = 0;
  for await (const { number, text } of readLines(path)) {
    lines += 1;
    const read = text === undefined ? { refused: 'too long' } : readSegmentLine(text, audiences);
    const call: unknown = 'refused' in read ? undefined : JSON.parse(text ?? '');
    if (isRecord(call)) calls.push(call);
    else if ('refused' in read) {
      const before = refused.get(read.refused);
      if (before === undefined) refused.set(read.refused, { count: 1, first: number });
      else before.count += 1;
    }
  }
  return { calls, lines, refused };
}

/** Such as `not JSON (line 7), no customer (12 lines, the first is line 9)`. */
export function refusedInWords({ refused }: Pick<ReadCalls, 'refused'>): string {
  return [...refused]
    .map(([reason, { count, first }]) =>
      count === 1 ? `${reason} (line ${first})` : `${reason} (${count} lines, the first is line ${first})`,
    )
    .join(', ');
}
