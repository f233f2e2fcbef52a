// A bucket that keeps things for fourteen days, on a clock that the test runs.
import { VirtualClock } from '#lib/local/clock.ts';
import { parseBucketResource } from '#lib/local/storage/bucket-resource.ts';
import type { Bucket } from '#lib/local/storage/bucket.ts';
import { createBuckets, type Buckets } from '#lib/local/storage/buckets.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { MemoryJournal, PLACE, START } from '../queues/local-queues.ts';

export interface LocalBuckets {
  readonly buckets: Buckets;
  readonly failures: Bucket;
  readonly clock: VirtualClock;
  readonly journal: MemoryJournal;
}

export function localBuckets(): LocalBuckets {
  const clock = new VirtualClock(START);
  const journal = new MemoryJournal();
  const time = { business: clock, infrastructure: SYSTEM_TIMERS, hold: () => () => undefined };
  const buckets = createBuckets({ time, journal, place: PLACE });
  const properties = {
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 14, Status: 'Enabled' }] },
  };
  const failures = buckets.find(buckets.add(parseBucketResource('Failures', properties, 'failures')));
  if (failures === undefined) throw new Error('not found');
  return { buckets, failures, clock, journal };
}
