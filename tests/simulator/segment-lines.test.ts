import { describe, expect, it } from 'vitest';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';

const track = {
  messageId: 'm1',
  type: 'track',
  userId: 'u1',
  timestamp: '2026-03-27T10:00:00.000Z',
  event: 'Product Added',
  properties: { price: 20 },
};

const read = (changes: Record<string, unknown>): ReturnType<typeof readSegmentLine> =>
  readSegmentLine(JSON.stringify({ ...track, ...changes }));

const identify = (traits: unknown, context: unknown): unknown => {
  const call = read({ type: 'identify', traits, context });
  return 'input' in call && call.input.kind === 'identify' ? call.input.traits : call;
};

const times = (changes: Record<string, unknown>): unknown => {
  const call = read(changes);
  return 'input' in call ? [call.input.at, call.input.received] : call;
};

describe('a line of a stream', () => {
  it('becomes an event of its customer', () => {
    expect(read({})).toEqual({
      user: 'u1',
      input: {
        kind: 'event',
        id: 'm1',
        at: '2026-03-27T10:00:00.000Z',
        received: '2026-03-27T10:00:00.000Z',
        event: 'Product Added',
        properties: { price: 20 },
      },
    });
  });

  it.each([
    ['not JSON', '{"type": "track"'],
    ['not JSON', 'hello'],
    ['not an object', '[]'],
    ['not an object', 'null'],
    ['not an object', '"track"'],
    ['no type', '{}'],
    ['unknown type', '{"type":"trakc"}'],
    ['unknown type', '{"type":7}'],
    ['unsupported type page', '{"type":"page","userId":"u1"}'],
    ['unsupported type alias', '{"type":"alias","userId":"u1"}'],
  ])('is refused as "%s": %s', (refused, line) => {
    expect(readSegmentLine(line)).toEqual({ refused });
  });

  it.each([
    ['no customer', { userId: undefined }],
    ['no customer', { userId: '' }],
    ['no customer', { userId: null }],
    ['no customer', { userId: { id: 1 } }],
    ['an event that only Wend makes', { event: 'Segment Entered', properties: { segment: 'vip' } }],
    ['an event that only Wend makes', { event: 'Customer Created' }],
    ['no event name', { event: undefined }],
    ['no event name', { event: '  ' }],
    ['no event name', { event: 5 }],
    ['no timestamp', { timestamp: undefined }],
    ['no timestamp', { timestamp: null }],
    ['timestamp is no date', { timestamp: 'yesterday' }],
    ['timestamp is no date', { timestamp: '2026-02-30T10:00:00Z' }],
    ['timestamp is no date', { timestamp: 1_774_605_600 }],
    ['timestamp is no date', { timestamp: '2026-03-27' }],
    ['timestamp is no date', { receivedAt: 'soon' }],
    ['properties are no object', { properties: [1] }],
    ['traits are no object', { type: 'identify', traits: 'none' }],
  ])('is refused as "%s" with %j', (refused, changes) => {
    expect(read(changes)).toEqual({ refused });
  });

  it('may lack properties, and may write its ids as numbers', () => {
    expect(read({ properties: undefined, userId: 3156, messageId: 12 })).toMatchObject({
      user: '3156',
      input: { id: '12', properties: {} },
    });
  });

  it('without a messageId is known by its content, so that the same line twice is a duplicate', () => {
    const once = read({ messageId: undefined });
    expect(read({ messageId: undefined })).toEqual(once);
    expect(read({ messageId: undefined, properties: { price: 21 } })).not.toMatchObject({
      input: { id: 'input' in once ? once.input.id : '' },
    });
  });
});

describe('an identify', () => {
  it('takes zone and locale from the context where the traits do not say them', () => {
    expect(identify({ age: 40 }, { timezone: 'Europe/Berlin', locale: 'de' })).toEqual({
      age: 40,
      timezone: 'Europe/Berlin',
      locale: 'de',
    });
    expect(identify({ timezone: 'UTC', locale: null }, { timezone: 'Europe/Berlin', locale: 'de' })).toEqual({
      timezone: 'UTC',
      locale: 'de',
    });
  });

  it('ignores a context that says something else', () => {
    expect(identify(undefined, { timezone: 60, locale: ['de'] })).toEqual({});
    expect(identify({ a: 1 }, 'x')).toEqual({ a: 1 });
  });
});

describe('the time of a call', () => {
  it('is never later than it was received', () => {
    expect(times({ timestamp: '2026-03-27T12:00:00Z', receivedAt: '2026-03-27T11:00:00Z' })).toEqual([
      '2026-03-27T11:00:00.000Z',
      '2026-03-27T11:00:00.000Z',
    ]);
  });

  it("is counted from the receiver's clock where the sender's is wrong", () => {
    // The client's clock is an hour ahead; the call lay there for five minutes before it was sent.
    expect(
      times({
        timestamp: '2026-03-27T12:00:00Z',
        sentAt: '2026-03-27T12:05:00Z',
        receivedAt: '2026-03-27T11:05:00Z',
      }),
    ).toEqual(['2026-03-27T11:00:00.000Z', '2026-03-27T11:05:00.000Z']);
  });

  it('is not corrected a second time where Segment has done it', () => {
    expect(
      times({
        originalTimestamp: '2026-03-27T12:00:00Z',
        timestamp: '2026-03-27T11:00:00Z',
        sentAt: '2026-03-27T12:05:00Z',
        receivedAt: '2026-03-27T11:05:00Z',
      }),
    ).toEqual(['2026-03-27T11:00:00.000Z', '2026-03-27T11:05:00.000Z']);
  });

  it('keeps its offset from UTC', () => {
    expect(times({ timestamp: '2026-03-27T12:00:00+02:00' })).toEqual([
      '2026-03-27T10:00:00.000Z',
      '2026-03-27T10:00:00.000Z',
    ]);
  });
});
