// All buckets of the local cloud, and what the journal keeps of them.
import * as z from 'zod';
import type { Service } from '../gateway/service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { LocalBucket, storedObject, type Append, type Bucket, type StoredObject } from './bucket.ts';
import type { BucketResource } from './bucket-resource.ts';
import { storageService } from './storage-service.ts';

export interface BucketsOptions {
  readonly time: CloudTime;
  readonly journal: Journal;
  readonly place: Place;
}

export interface Buckets {
  /** @returns its ARN. @throws Error where the name is taken. */
  add(resource: BucketResource): string;
  find(arn: string): Bucket | undefined;
  all(): readonly Bucket[];
  /** Amazon S3, for clients. */
  readonly service: Service;
}

const recordSchema = z.strictObject({
  bucket: z.string(),
  key: z.string(),
  /** undefined: it was removed. */
  object: z
    .strictObject({
      /** base64 */
      body: z.string(),
      headers: z.record(z.string(), z.string()),
      modifiedAt: z.number(),
    })
    .optional(),
});

export function createBuckets({ time, journal, place }: BucketsOptions): Buckets {
  const buckets = new Map<string, LocalBucket>();
  /** By bucket and key. Some buckets are added later, and some were in the template of an earlier run only. */
  const objects = new Map<string, Map<string, StoredObject>>();
  const objectsOf = (bucket: string): Map<string, StoredObject> => {
    const found = objects.get(bucket) ?? new Map<string, StoredObject>();
    objects.set(bucket, found);
    return found;
  };
  journal.register({
    name: 'buckets',
    restore(told) {
      const { bucket, key, object } = recordSchema.parse(told);
      if (object === undefined) objectsOf(bucket).delete(key);
      else
        objectsOf(bucket).set(
          key,
          storedObject(Buffer.from(object.body, 'base64'), object.headers, object.modifiedAt),
        );
    },
    *snapshot() {
      for (const bucket of buckets.values())
        for (const key of bucket.keys()) {
          const object = bucket.get(key);
          if (object !== undefined) yield recordOf(bucket.name, key, object);
        }
    },
  });
  const append: Append = (bucket, key, object) => journal.append('buckets', recordOf(bucket, key, object));
  const find = (arn: string): LocalBucket | undefined => buckets.get(arn.split(':::')[1] ?? '');
  return {
    add(resource) {
      const { name } = resource;
      if (buckets.has(name)) throw new Error(`There are two buckets of the name ${name}.`);
      const bucket = new LocalBucket(resource, {
        place,
        clock: time.business,
        append,
        objects: objectsOf(name),
      });
      buckets.set(name, bucket);
      return bucket.arn;
    },
    find,
    all: () => [...buckets.values()],
    service: storageService(buckets, place),
  };
}

function recordOf(bucket: string, key: string, object: StoredObject | undefined) {
  if (object === undefined) return { bucket, key };
  const { body, headers, modifiedAt } = object;
  return { bucket, key, object: { body: body.toString('base64'), headers: { ...headers }, modifiedAt } };
}
