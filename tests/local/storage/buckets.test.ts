import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { parseBucketResource } from '#lib/local/storage/bucket-resource.ts';
import { START } from '../queues/local-queues.ts';
import { localBuckets } from './local-buckets.ts';

const DAY = 86_400_000;

describe('a bucket', () => {
  it('keeps an object until the midnight after its days, in days of the business', async () => {
    const { failures, clock } = localBuckets();
    failures.put('old', 'x');
    const midnight = Date.UTC(2026, 11, 7);
    await clock.runUntil(midnight - 1);
    expect(failures.keys()).toEqual(['old']);
    failures.put('new', 'y');
    await clock.runUntil(midnight);
    expect([failures.keys(), failures.get('old')]).toEqual([['new'], undefined]);
    expect(midnight).toBeGreaterThan(START + 14 * DAY);
  });

  it('is there again after a restart, from records and from a snapshot', () => {
    const before = localBuckets();
    before.failures.put('kept', Buffer.from([0, 255]), { 'content-type': 'application/json' });
    before.failures.put('removed', 'x');
    before.failures.remove('removed');
    const snapshot = before.journal.parts.flatMap((part) => [...(part.snapshot() as Iterable<Json>)]);
    for (const records of [before.journal.records, snapshot]) {
      const after = localBuckets();
      for (const record of records) void after.journal.parts[0]?.restore(record);
      expect(after.failures.keys()).toEqual(['kept']);
      expect(after.failures.get('kept')).toEqual(before.failures.get('kept'));
    }
  });

  it('is refused with its name where it cannot be run', () => {
    const properties = { VersioningConfiguration: { Status: 'Enabled' } };
    expect(() => parseBucketResource('Failures', properties, 'failures')).toThrow(
      /The bucket Failures cannot be run here:[^]*VersioningConfiguration/,
    );
  });
});
