// Which operation of S3 a request means: by its method, by how much of a path it has, and by the words of its query.
import type { ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';

export interface StorageRequest {
  readonly operation: string;
  readonly bucket: string | undefined;
  /** Not decoded. */
  readonly key: string;
}

/** Parameters that operations take; every other word in a query makes another operation of it. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  ListObjectsV2: [
    'list-type',
    'prefix',
    'delimiter',
    'max-keys',
    'continuation-token',
    'start-after',
    'encoding-type',
    'fetch-owner',
  ],
  DeleteObjects: ['delete'],
};

/** Headers of AWS that are understood or have no meaning here. Others would be options that are ignored. */
const HEADERS =
  /^x-amz-(?:date|content-sha256|security-token|user-agent|decoded-content-length|trailer|sdk-checksum-algorithm|checksum-.+|meta-.+|copy-source|metadata-directive|expected-bucket-owner)$/;

/** Where it goes: `/bucket/key`, or `bucket.localhost` and `/key`. */
export function readStorageRequest({ method, path, query, headers }: ServiceRequest): StorageRequest {
  const host = /^(?<bucket>.+)\.localhost(?::\d+)?$/.exec(headers['host'] ?? '')?.groups?.['bucket'];
  const parts = path.replace(/^\//, '').split(/\/(.*)/s);
  const bucket = host ?? (parts[0] === '' ? undefined : parts[0]);
  const key = host === undefined ? (parts[1] ?? '') : path.replace(/^\//, '');
  const operation = operationOf(method, bucket, key, query, headers);
  // `x-id` repeats the operation's name for whoever reads logs; the others are a signature.
  const words = [...query.keys()].filter((word) => word !== 'x-id' && !/^x-amz-/i.test(word));
  const other = words.find((word) => !(PARAMETERS[operation] ?? []).includes(word));
  return { operation: other === undefined ? operation : `${operation} with "${other}"`, bucket, key };
}

/** @throws ServiceError NotImplemented that names the header. */
export function refuseUnknownHeaders(headers: ServiceRequest['headers']): void {
  for (const name of Object.keys(headers))
    if (
      (name.startsWith('x-amz-') && !HEADERS.test(name)) ||
      name === 'if-modified-since' ||
      name === 'if-unmodified-since'
    )
      throw new ServiceError(
        'NotImplemented',
        `The local cloud does not know the header ${name} of Amazon S3.`,
        501,
      );
}

function operationOf(
  method: string,
  bucket: string | undefined,
  key: string,
  query: URLSearchParams,
  headers: ServiceRequest['headers'],
): string {
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : method;
  if (key !== '') {
    if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
    return (
      { GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? `${method} of an object`
    );
  }
  if (method === 'HEAD') return 'HeadBucket';
  if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  return (
    { PUT: 'CreateBucket', DELETE: 'DeleteBucket', GET: 'ListObjects' }[method] ?? `${method} of a bucket`
  );
}

/** @throws ServiceError InvalidURI. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}
