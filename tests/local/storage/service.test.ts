// Amazon S3 as the client of the SDK sees it: it sends bodies in chunks with a checksum behind them, and checks those that come back.
import * as s3 from '@aws-sdk/client-s3';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { localBuckets } from './local-buckets.ts';

async function* parts() {
  yield Buffer.from('one,');
  yield Buffer.from('two');
}

describe('Amazon S3', () => {
  let gateway: Gateway;
  let client: s3.S3Client;
  const faults: unknown[] = [];
  const Bucket = 'failures';

  beforeAll(async () => {
    gateway = await openGateway({ port: 0, now: () => Date.now(), onFault: (error) => faults.push(error) });
    gateway.serve([localBuckets().buckets.service]);
    client = new s3.S3Client({
      endpoint: gateway.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(async () => {
    client.destroy();
    await gateway.close();
    // oxlint-disable-next-line vitest/no-standalone-expect -- of all tests together
    expect(faults).toEqual([]);
  });

  it.each(['plain', 'with blanks & <signs> +%', 'föhn/🎈/x.json'])(
    'gives back what it was given, at the key "%s"',
    async (Key) => {
      const body = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256));
      await client.send(
        new s3.PutObjectCommand({
          Bucket,
          Key,
          Body: body,
          ContentType: 'application/json',
          Metadata: { reason: 'x' },
        }),
      );
      const got = await client.send(new s3.GetObjectCommand({ Bucket, Key }));
      expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body);
      expect(got).toMatchObject({
        ContentType: 'application/json',
        Metadata: { reason: 'x' },
      });
      expect(got.ContentEncoding).toBeUndefined();
      const head = await client.send(new s3.HeadObjectCommand({ Bucket, Key }));
      expect(head).toMatchObject({ ContentLength: 100_000, ETag: got.ETag });
      await client.send(new s3.DeleteObjectCommand({ Bucket, Key }));
      await expect(client.send(new s3.GetObjectCommand({ Bucket, Key }))).rejects.toBeInstanceOf(
        s3.NoSuchKey,
      );
    },
  );

  it('takes a body whose length is not known before', async () => {
    await client.send(
      new s3.PutObjectCommand({ Bucket, Key: 'streamed', Body: Readable.from(parts()), ContentLength: 7 }),
    );
    const got = await client.send(
      new s3.GetObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }),
    );
    expect(await got.Body?.transformToString()).toBe('one,two');
    // How it travelled is not how it is encoded.
    expect(got.ContentEncoding).toBeUndefined();
    await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'streamed' }));
  });

  it.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('gives the part %s', async (Range, part, ContentRange) => {
    await client.send(new s3.PutObjectCommand({ Bucket, Key: 'digits', Body: '0123456789' }));
    const got = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'digits', Range }));
    expect([await got.Body?.transformToString(), got.ContentRange]).toEqual([part, ContentRange]);
  });

  it('lists by prefix, page by page, and by folders', async () => {
    for (const Key of ['a/1', 'a/2', 'b/1', 'c & d'])
      await client.send(new s3.PutObjectCommand({ Bucket, Key, Body: Key }));
    await client.send(new s3.DeleteObjectCommand({ Bucket, Key: 'digits' }));
    const keys: unknown[] = [];
    for await (const page of s3.paginateListObjectsV2({ client, pageSize: 3 }, { Bucket }))
      keys.push(page.Contents?.map(({ Key, Size }) => [Key, Size]));
    expect(keys).toEqual([
      [
        ['a/1', 3],
        ['a/2', 3],
        ['b/1', 3],
      ],
      [['c & d', 5]],
    ]);
    const folders = await client.send(new s3.ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b/' }]);
    expect(folders.Contents?.map(({ Key }) => Key)).toEqual(['c & d']);
    const inside = await client.send(
      new s3.ListObjectsV2Command({ Bucket, Prefix: 'a/', StartAfter: 'a/1' }),
    );
    expect(inside.Contents?.map(({ Key }) => Key)).toEqual(['a/2']);
  });

  it('copies, and deletes many at once', async () => {
    await client.send(
      new s3.CopyObjectCommand({
        Bucket,
        Key: 'copy',
        CopySource: `${Bucket}/${encodeURIComponent('c & d')}`,
      }),
    );
    const copied = await client.send(new s3.GetObjectCommand({ Bucket, Key: 'copy' }));
    expect(await copied.Body?.transformToString()).toBe('c & d');
    const Objects = ['a/1', 'a/2', 'b/1', 'c & d', 'copy', 'never there'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await client.send(
      new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }),
    );
    expect([Deleted, Errors]).toEqual([Objects, undefined]);
    expect((await client.send(new s3.ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('does not replace what was not to be replaced', async () => {
    const put = new s3.PutObjectCommand({ Bucket, Key: 'once', Body: 'x', IfNoneMatch: '*' });
    await client.send(put);
    await expect(client.send(put)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('is found by the name of the bucket in the host', async () => {
    const Authorization = 'AWS4-HMAC-SHA256 Credential=test/20261122/eu-central-1/s3/aws4_request';
    const { port } = new URL(gateway.endpoint);
    const status = await new Promise((resolve, reject) => {
      request(
        {
          port,
          host: '127.0.0.1',
          path: '/once',
          headers: { Host: `failures.localhost:${port}`, Authorization },
        },
        (answer) => resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it.each([
    ['NoSuchBucket', new s3.GetObjectCommand({ Bucket: 'nowhere', Key: 'x' })],
    ['NotFound', new s3.HeadObjectCommand({ Bucket, Key: 'nowhere' })],
    ['NotFound', new s3.HeadBucketCommand({ Bucket: 'nowhere' })],
    ['InvalidRange', new s3.GetObjectCommand({ Bucket, Key: 'once', Range: 'bytes=5-' })],
    ['BadDigest', new s3.PutObjectCommand({ Bucket, Key: 'x', Body: 'x', ChecksumSHA256: 'bm90IHRoaXM=' })],
    ['NotImplemented', new s3.CreateMultipartUploadCommand({ Bucket, Key: 'x' })],
    ['NotImplemented', new s3.GetBucketAclCommand({ Bucket })],
    ['NotImplemented', new s3.PutObjectCommand({ Bucket, Key: 'x', Body: 'x', StorageClass: 'GLACIER' })],
    ['NotImplemented', new s3.CreateBucketCommand({ Bucket: 'mine' })],
  ] as const)('refuses with %s', async (name, command) => {
    await expect(client.send(command as s3.GetObjectCommand)).rejects.toMatchObject({ name });
  });
});
