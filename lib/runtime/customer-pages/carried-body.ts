/** The body of an answer, as a function URL carries it. */
import { gzipSync } from 'node:zlib';

/** As the body stands in the answer of a function (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads). */
export interface CarriedBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
  /** Beside those of the page. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Lambda takes 6 MB as an answer, with each quote and line end of the body escaped in it
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). Pages have some kilobytes and go as they are. Everything that
 * is stored about a customer of many years may be more: a tenth of it as gzip, which every browser reads, so that 40 MB still fit.
 */
const LONGEST_PLAIN_BYTES = 1024 * 1024;

export function carriedBody(body: string): CarriedBody {
  if (Buffer.byteLength(body) <= LONGEST_PLAIN_BYTES) return { body, isBase64Encoded: false, headers: {} };
  return {
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': 'gzip' },
  };
}
