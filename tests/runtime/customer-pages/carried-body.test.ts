// What a function URL can carry: 6 MB, as Lambda counts them.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { carriedBody } from '#lib/runtime/customer-pages/carried-body.ts';

describe('the body of an answer', () => {
  it('goes as it is where it is a page', () => {
    expect(carriedBody('<p>é</p>')).toEqual({ body: '<p>é</p>', isBase64Encoded: false, headers: {} });
  });

  it('is packed where Lambda would refuse it, and is the same for whoever unpacks it', () => {
    const copy = JSON.stringify(
      Array.from({ length: 100_000 }, (_, index) => ({ kind: 'sends', note: `“${index}”` })),
      null,
      2,
    );
    expect(Buffer.byteLength(JSON.stringify({ body: copy }))).toBeGreaterThan(6_000_000);
    const { body, isBase64Encoded, headers } = carriedBody(copy);
    expect(isBase64Encoded).toBe(true);
    expect(headers).toEqual({ 'content-encoding': 'gzip' });
    expect(body.length).toBeLessThan(6_000_000);
    expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe(copy);
  });
});
