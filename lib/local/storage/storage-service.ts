// Amazon S3, as its clients see it: addresses of objects, bodies as they are, lists and errors in XML.
// https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
import type { Answer, Service, ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { xmlDocument } from '../gateway/xml.ts';
import type { Place } from '../place.ts';
import type { LocalBucket } from './bucket.ts';
import { deleteObjects, listObjects } from './list-objects.ts';
import { NAMESPACE, XML, copyObject, deleteObject, getObject, putObject } from './object-operations.ts';
import { decoded, readStorageRequest, refuseUnknownHeaders } from './storage-request.ts';

export function storageService(
  buckets: ReadonlyMap<string, LocalBucket>,
  { region, account }: Place,
): Service {
  const bucketOf = (name: string | undefined): LocalBucket => {
    const bucket = buckets.get(name ?? '');
    if (bucket === undefined)
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, {
        BucketName: name,
      });
    return bucket;
  };
  const answers: Readonly<
    Record<string, (request: ServiceRequest, bucket: string | undefined, key: string) => Answer>
  > = {
    ListBuckets: () => listBuckets(buckets, account),
    HeadBucket(_, name) {
      bucketOf(name);
      return { status: 200, headers: { 'x-amz-bucket-region': region }, body: '' };
    },
    ListObjectsV2: (request, bucket) => listObjects(bucketOf(bucket), request),
    DeleteObjects: (request, bucket) => deleteObjects(bucketOf(bucket), request),
    PutObject: (request, bucket, key) => putObject(bucketOf(bucket), key, request),
    CopyObject: (request, bucket, key) => copyObject(bucketOf(bucket), key, request, bucketOf),
    GetObject: (request, bucket, key) => getObject(bucketOf(bucket), key, request),
    HeadObject: (request, bucket, key) => getObject(bucketOf(bucket), key, request),
    DeleteObject: (_, bucket, key) => deleteObject(bucketOf(bucket), key),
  };
  return {
    signingName: 's3',
    title: 'Amazon S3',
    operations: Object.keys(answers),
    operationOf: (request) => readStorageRequest(request).operation,
    answer(operation, request) {
      const answer = Object.hasOwn(answers, operation) ? answers[operation] : undefined;
      if (answer === undefined) return Promise.resolve(undefined);
      return Promise.resolve().then(() => {
        refuseUnknownHeaders(request.headers);
        const { bucket, key } = readStorageRequest(request);
        return answer(request, bucket, decoded(key));
      });
    },
    refusal: ({ name, message, status, members }) => ({
      status,
      headers: XML,
      body: xmlDocument('Error', undefined, {
        Code: name,
        Message: message,
        ...(members as Readonly<Record<string, string>>),
        RequestId: 'local',
      }),
    }),
  };
}

function listBuckets(buckets: ReadonlyMap<string, LocalBucket>, account: string): Answer {
  const all = [...buckets.values()].map(({ name, createdAt }) => ({
    Name: name,
    CreationDate: new Date(createdAt).toISOString(),
  }));
  return {
    status: 200,
    headers: XML,
    body: xmlDocument('ListAllMyBucketsResult', NAMESPACE, {
      Owner: { ID: account },
      Buckets: { Bucket: all },
    }),
  };
}
