// The sample's day: out of the whole stream, the day with the most to see, as if it had been the last one.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';
import { readCalls } from '#lib/laptop/sample/read-calls.ts';
import { busiestDay, type StreamDay } from '#lib/laptop/sample/stream-day.ts';

const SAMPLE = join(import.meta.dirname, '../../../workspace/events/sample.jsonl.gz');
const NOW = toMillis('2027-03-05T14:20:00.000Z' as Instant);
const DAY = 24 * 60 * 60 * 1000;

const booking = (timestamp: string): SegmentCall => ({
  type: 'track',
  messageId: 'm-1',
  userId: 'ada',
  timestamp,
  event: 'Delivery Booked',
  properties: {
    delivery_date: '2026-05-04',
    booked: '2026-05-01T08:00:00Z',
    birthday: '1990-05-04',
    name: '2026',
  },
});

describe('a day of the sample', () => {
  let calls: readonly SegmentCall[];
  let day: StreamDay;
  beforeAll(async () => {
    ({ calls } = await readCalls(SAMPLE, new Set(['Product Restocked'])));
    day = busiestDay(calls, NOW);
  });

  it('ends now, in order, with at least a hundred events of fifteen kinds', () => {
    const times = day.day.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThan(NOW - DAY);
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW);
    expect(times.length).toBeGreaterThanOrEqual(90);
    expect(new Set(day.day.map(({ call }) => call['event'])).size).toBeGreaterThanOrEqual(15);
  });

  it('keeps the time of day of each event, and says it in the call as well', () => {
    const original = new Map(calls.map((call) => [call['messageId'], call]));
    for (const { at, call } of day.day) {
      const source = original.get(String(call['messageId']).replace(/\+.*/, ''));
      expect((at - toMillis(source?.['timestamp'] as Instant)) % DAY).toBe(0);
      expect(toMillis(call['timestamp'] as Instant)).toBe(at);
    }
  });

  it('knows the customers that it does not introduce, as the past', () => {
    const introduced = new Set<unknown>();
    for (const call of day.before) {
      expect(call).toMatchObject({ context: { import: true } });
      expect(toMillis(call['timestamp'] as Instant)).toBeLessThanOrEqual(NOW - DAY);
      if (call['type'] === 'identify') introduced.add(call['userId']);
    }
    for (const { call } of day.day) if (call['type'] === 'identify') introduced.add(call['userId']);
    const acting = new Set(day.day.map(({ call }) => call['userId']).filter((user) => user !== undefined));
    expect([...acting].filter((user) => !introduced.has(user))).toEqual([]);
  });

  it('moves dates that belong to the call, and no birthdays', () => {
    const [moved] = busiestDay(
      [booking('2026-05-01T10:00:00Z')],
      toMillis('2026-06-01T12:00:00.000Z' as Instant),
    ).day;
    expect(moved?.call).toMatchObject({
      messageId: 'm-1+31',
      timestamp: '2026-06-01T10:00:00.000Z',
      properties: {
        delivery_date: '2026-06-04',
        booked: '2026-06-01T08:00:00.000Z',
        birthday: '1990-05-04',
        name: '2026',
      },
    });
  });

  it('leaves out what was said of messages, which are sent anew', () => {
    expect(day.day.filter(({ call }) => String(call['event']).startsWith('Message '))).toEqual([]);
  });

  it('is empty where the stream is', () => {
    expect(busiestDay([], NOW)).toEqual({ before: [], day: [] });
  });
});
