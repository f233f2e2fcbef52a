// Objects one by one: PutObject, CopyObject, GetObject, HeadObject, DeleteObject.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import type { Answer, ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { xmlDocument } from '../gateway/xml.ts';
import type { LocalBucket, StoredObject } from './bucket.ts';
import { readBody } from './object-body.ts';
import { decoded } from './storage-request.ts';

export const XML = { 'content-type': 'application/xml' };
export const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Keys have at most so many bytes in UTF-8. */
const LONGEST_KEY_BYTES = 1024;

export function putObject(bucket: LocalBucket, key: string, { headers, body }: ServiceRequest): Answer {
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES)
    throw new ServiceError('KeyTooLongError', 'Your key is too long');
  const present = bucket.get(key);
  const { 'if-none-match': unless, 'if-match': only } = headers;
  if (unless !== undefined && unless !== '*')
    throw new ServiceError('NotImplemented', 'If-None-Match of PutObject takes * only.', 501);
  if (only !== undefined && present === undefined) throw noSuchKey(key);
  if ((unless === '*' && present !== undefined) || (only !== undefined && present?.etag !== only))
    throw preconditionFailed();
  const { etag, crc32 } = bucket.put(key, readBody({ headers, body }), keptHeaders(headers));
  return {
    status: 200,
    headers: { etag, 'x-amz-checksum-crc32': crc32, 'x-amz-checksum-type': 'FULL_OBJECT' },
    body: '',
  };
}

/** @param sourceOf finds a bucket. Throws ServiceError NoSuchBucket. */
export function copyObject(
  bucket: LocalBucket,
  key: string,
  { headers }: ServiceRequest,
  sourceOf: (name: string) => LocalBucket,
): Answer {
  const source = decoded(headers['x-amz-copy-source'] ?? '').replace(/^\//, '');
  const [name = '', from = ''] = source.split(/\/(.*)/s);
  const object = existing(sourceOf(name), from);
  const isReplaced = headers['x-amz-metadata-directive'] === 'REPLACE';
  const { etag, modifiedAt } = bucket.put(
    key,
    object.body,
    isReplaced ? keptHeaders(headers) : object.headers,
  );
  const body = xmlDocument('CopyObjectResult', NAMESPACE, {
    LastModified: new Date(modifiedAt).toISOString(),
    ETag: etag,
  });
  return { status: 200, headers: XML, body };
}

/** Also answers HeadObject: the same without a body. */
export function getObject(bucket: LocalBucket, key: string, { method, headers }: ServiceRequest): Answer {
  const object = existing(bucket, key);
  if (headers['if-match'] !== undefined && headers['if-match'] !== object.etag) throw preconditionFailed();
  if (headers['if-none-match'] === object.etag)
    return { status: 304, headers: { etag: object.etag }, body: '' };
  const range = readRange(headers['range'], object.body.length);
  const body = range === undefined ? object.body : object.body.subarray(range.from, range.to + 1);
  const isWhole = range === undefined;
  return {
    status: isWhole ? 200 : 206,
    headers: {
      ...object.headers,
      etag: object.etag,
      'last-modified': new Date(object.modifiedAt).toUTCString(),
      'accept-ranges': 'bytes',
      'content-length': String(body.length),
      ...(!isWhole && { 'content-range': `bytes ${range.from}-${range.to}/${object.body.length}` }),
      // A checksum of the whole says nothing of a part.
      ...(isWhole &&
        headers['x-amz-checksum-mode'] === 'ENABLED' && {
          'x-amz-checksum-crc32': object.crc32,
          'x-amz-checksum-type': 'FULL_OBJECT',
        }),
    },
    body: method === 'HEAD' ? '' : body,
  };
}

/** Succeeds where there is none, as S3 does. */
export function deleteObject(bucket: LocalBucket, key: string): Answer {
  bucket.remove(key);
  return { status: 204, headers: {}, body: '' };
}

function existing(bucket: LocalBucket, key: string): StoredObject {
  const object = bucket.get(key);
  if (object === undefined) throw noSuchKey(key);
  return object;
}

function noSuchKey(key: string): ServiceError {
  return new ServiceError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

function preconditionFailed(): ServiceError {
  return new ServiceError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  );
}

function keptHeaders(headers: ServiceRequest['headers']): Record<string, string> {
  const kept = /^(?:content-(?:type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/;
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    if (!kept.test(name) || value === undefined) return [];
    // How the body travelled is not how it is encoded.
    const said = name === 'content-encoding' ? value.replace(/\s*aws-chunked\s*,?/, '') : value;
    return said === '' ? [] : [[name, said] as const];
  });
  return Object.fromEntries(entries);
}

/** One range of bytes; what is none is ignored, as HTTP wants. @throws ServiceError InvalidRange. */
function readRange(
  text: string | undefined,
  length: number,
): { readonly from: number; readonly to: number } | undefined {
  const { first = '', last = '' } = /^bytes=(?<first>\d*)-(?<last>\d*)$/.exec(text ?? '')?.groups ?? {};
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (from > to) throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { from, to };
}
