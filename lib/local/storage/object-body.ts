// What clients send as an object: plain, or in chunks with a checksum behind them, which SDKs do by default.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
import { createHash } from 'node:crypto';
import type { ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { crc32Of } from './bucket.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** The object itself. @throws ServiceError BadDigest where a checksum does not fit, NotImplemented for one that is not checked here. */
export function readBody({ headers, body }: Pick<ServiceRequest, 'headers' | 'body'>): Buffer {
  const isChunked = headers['x-amz-content-sha256']?.startsWith('STREAMING-') === true;
  const { content, trailers } = isChunked ? readChunks(body) : { content: body, trailers: {} };
  check(content, { ...headers, ...trailers });
  return content;
}

/** `<size in hex>[;chunk-signature=…]`, its bytes, and so on; a chunk of no size, then trailers as headers are written. */
function readChunks(body: Buffer): { readonly content: Buffer; readonly trailers: Headers } {
  const chunks: Buffer[] = [];
  let from = 0;
  for (;;) {
    const end = body.indexOf('\r\n', from);
    const size = /^(?<size>[\da-f]{1,8})(?:;|$)/i.exec(body.toString('latin1', from, end))?.groups?.['size'];
    const start = end + 2;
    const next = start + Number.parseInt(size ?? '', 16);
    if (end === -1 || size === undefined || next > body.length)
      throw new ServiceError('IncompleteBody', 'The chunks of the body are not as long as they say.');
    if (next === start)
      return { content: Buffer.concat(chunks), trailers: readTrailers(body.toString('latin1', start)) };
    chunks.push(body.subarray(start, next));
    from = next + 2;
  }
}

function readTrailers(text: string): Headers {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

const CHECKS: Readonly<Record<string, (content: Buffer) => string>> = {
  'content-md5': (content) => createHash('md5').update(content).digest('base64'),
  'x-amz-checksum-crc32': crc32Of,
  'x-amz-checksum-sha1': (content) => createHash('sha1').update(content).digest('base64'),
  'x-amz-checksum-sha256': (content) => createHash('sha256').update(content).digest('base64'),
};

/** Headers about checksums that are none. */
const NO_CHECKSUMS: ReadonlySet<string> = new Set([
  'x-amz-checksum-mode',
  'x-amz-checksum-type',
  'x-amz-checksum-algorithm',
]);

function check(content: Buffer, headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) {
    const digest = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (digest === undefined) {
      if (name.startsWith('x-amz-checksum-') && !NO_CHECKSUMS.has(name))
        throw new ServiceError(
          'NotImplemented',
          `The local cloud does not check ${name}; CRC32, SHA1 and SHA256 it does.`,
          501,
        );
    } else if (value !== digest(content))
      throw new ServiceError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
  }
}
