// The JSON of a request.
import type { IncomingMessage } from 'node:http';
import { PageProblem } from './page-problem.ts';

/** An event on the bus may have 1 MB, and nobody writes one by hand. */
const MOST_BYTES = 1024 * 1024;

/** Throws PageProblem. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new PageProblem(413, 'That is more than 1 MB.');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw new PageProblem(400, 'The request is not JSON.');
  }
}
