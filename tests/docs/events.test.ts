// What the page for application developers puts on the bus is read by ingestion as the page says.
import { expect, it } from 'vitest';
import { instantSchema } from '#lib/contracts/time.ts';
import { plainEventsSchema } from '#lib/journey/plain-events.ts';
import { readBusEvent } from '#lib/runtime/ingestion/bus-event.ts';
import { plainEvents } from '#lib/runtime/ingestion/plain-events.ts';
import { segmentCalls } from '#lib/runtime/ingestion/segment-calls.ts';
import { onBus } from '../runtime/ingestion/world.ts';
import { blocksOf } from './markdown.ts';

const now = instantSchema.parse('2026-11-22T10:01:00.000Z');
const blocks = blocksOf('docs/events.md');

it('entries for AWS CLI are calls', () => {
  const entries = blocks
    .filter(({ language, text }) => language === 'json' && text.includes('"EventBusName"'))
    .flatMap(({ text }) => JSON.parse(text) as { Detail: string }[]);
  expect(entries).toHaveLength(1);
  for (const { Detail } of entries) {
    const event = readBusEvent(onBus(JSON.parse(Detail), { time: '2026-11-22T10:00:06Z' }), now);
    expect('refused' in event ? event : segmentCalls(new Set()).read(event)).toMatchObject({
      call: { user: 'u-1', input: { event: 'Order Completed', id: 'order-o-17' } },
    });
  }
});

it('settings for plain events read what they say', () => {
  const [written] = blocks.filter(({ text }) => text.startsWith('"plainEvents"'));
  const { plainEvents: entries } = JSON.parse(`{${written?.text ?? ''}}`) as { plainEvents: unknown[] };
  const reader = plainEvents(
    entries.map((entry) => plainEventsSchema.parse(entry)),
    new Set(),
  );
  const detail = { order_id: 'o-17', buyer: { id: 'u-1' }, placed_at: '2026-11-22T11:00:00+01:00' };
  const shipped = onBus(detail, {
    source: 'shop.orders',
    'detail-type': 'order.shipped',
    time: '2026-11-22T10:00:06Z',
  });
  const event = readBusEvent(shipped, now);
  expect('refused' in event ? event : reader.read(event)).toMatchObject({
    call: {
      user: 'u-1',
      input: { event: 'Order Shipped', at: '2026-11-22T10:00:00.000Z', properties: detail },
    },
  });
});
