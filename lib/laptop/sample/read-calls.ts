// The calls of a file, as far as they are calls.
import { isRecord } from '#lib/contracts/segment-call.ts';
import { readLines } from '#lib/simulator/read-lines.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import type { SegmentCall } from '../running-cloud.ts';

export interface ReadCalls {
  readonly calls: readonly SegmentCall[];
  /** Lines that are none. */
  readonly refused: number;
}

/**
 * Reads a stream, plain or gzip, one call a line.
 * @param audiences events that may come without a customer.
 * @throws StreamProblem where the file cannot be read.
 */
export async function readCalls(path: string, audiences: ReadonlySet<string>): Promise<ReadCalls> {
  const calls: SegmentCall[] = [];
  let refused = 0;
  for await (const { text } of readLines(path)) {
    const read = text === undefined ? undefined : readSegmentLine(text, audiences);
    const call: unknown = read === undefined || 'refused' in read ? undefined : JSON.parse(text ?? '');
    if (isRecord(call)) calls.push(call);
    else refused += 1;
  }
  return { calls, refused };
}
