import { describe, expect, it } from 'vitest';
import { readBody } from '#lib/local/storage/object-body.ts';

const signature = ';chunk-signature=' + 'a'.repeat(64);
const streaming = (type: string) => ({ 'x-amz-content-sha256': `STREAMING-${type}` });

/** The CRC32 of "123456789" is 0xCBF43926 wherever CRC32 is described. */
function digits(sum: string): Buffer {
  return Buffer.from(`9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`);
}

describe('a body in chunks', () => {
  it('is what the chunks hold, also what looks like a chunk', () => {
    const body = Buffer.from(`8${signature}\r\n3\r\nabc\r\n\r\n2${signature}\r\nde\r\n0${signature}\r\n\r\n`);
    const headers = streaming('AWS4-HMAC-SHA256-PAYLOAD');
    expect(readBody({ headers, body }).toString()).toBe('3\r\nabc\r\nde');
  });

  it('is checked by the checksum behind it', () => {
    const headers = { ...streaming('UNSIGNED-PAYLOAD-TRAILER'), 'x-amz-trailer': 'x-amz-checksum-crc32' };
    expect(readBody({ headers, body: digits('y/Q5Jg==') }).toString()).toBe('123456789');
    expect(() => readBody({ headers, body: digits('AAAAAA==') })).toThrow(
      expect.objectContaining({ name: 'BadDigest' }),
    );
  });

  it.each(['9\r\nshort', 'no size\r\nx\r\n', '', '5\r\nab\r\n0\r\n\r\n'])(
    'is refused where it breaks off: %j',
    (text) => {
      expect(() =>
        readBody({ headers: streaming('UNSIGNED-PAYLOAD-TRAILER'), body: Buffer.from(text) }),
      ).toThrow(expect.objectContaining({ name: 'IncompleteBody' }));
    },
  );

  it('is not taken with a checksum that nobody checks', () => {
    expect(() => readBody({ headers: { 'x-amz-checksum-crc64nvme': 'x' }, body: Buffer.from('') })).toThrow(
      expect.objectContaining({ name: 'NotImplemented', status: 501 }),
    );
  });
});
