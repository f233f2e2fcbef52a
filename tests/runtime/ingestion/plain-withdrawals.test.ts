// An application's own event that is read as a refusal counts, whatever stands where its date should be.
import { expect, it } from 'vitest';
import { instantSchema } from '#lib/contracts/time.ts';
import { plainEvents } from '#lib/runtime/ingestion/plain-events.ts';

const HEARD = instantSchema.parse('2026-03-02T10:00:00.000Z');

function read(detailType: string): unknown {
  const declared = {
    source: 'shop',
    customer: 'detail.buyer',
    at: 'detail.when',
    events: { left: 'Message Unsubscribed', ordered: 'Order Completed' },
  };
  const detail = { buyer: 'ada', when: '4 May' };
  const event = { id: 'e', source: 'shop', detailType, time: HEARD, received: HEARD, detail };
  return plainEvents([declared], new Set()).read(event);
}

it('a refusal counts from when it was told', () => {
  expect(read('left')).toMatchObject({ call: { input: { event: 'Message Unsubscribed', at: HEARD } } });
});

it('anything else is refused with its date', () => {
  expect(read('ordered')).toEqual({ refused: 'timestamp is no date' });
});
