// What becomes of each message: decided, passed over, kept among the dead letters with its reason, or tried again.
import { describe, expect, it } from 'vitest';
import { hashHex } from '#lib/contracts/hash.ts';
import { createReaders } from '#lib/runtime/ingestion/create-readers.ts';
import { ingestBatch } from '#lib/runtime/ingestion/ingest-batch.ts';
import { DEPLOYED, identify, idOf, IngestionWorld, onBus, outOfReach, track } from './world.ts';

const reasons = (world: IngestionWorld): string[] => world.letters.map(({ reason }) => reason);

const ordered = (messageId: string): string => onBus(track('Order Completed', { messageId }));

const restocked = (id = 'r1'): string =>
  onBus(track('Product Restocked', { userId: undefined, messageId: id, properties: { product_id: 'p' } }));

const order = (detail: unknown, envelope = {}): string =>
  onBus(detail, { source: 'shop.orders', 'detail-type': 'order.completed', ...envelope });

describe('a call of an application', () => {
  it('makes its customer known, and lets in', async () => {
    const world = new IngestionWorld();
    const { failed } = await world.deliver(
      onBus(identify({ email: 'ana@example.com' })),
      onBus(track('Signed Up')),
    );
    expect(failed.size).toBe(0);
    const document = await world.documentOf('u1');
    expect(document?.external.user).toBe('u1');
    expect(document?.traits['email']?.value).toBe('ana@example.com');
    expect(Object.values(document?.runs ?? {}).map(({ journey }) => journey)).toEqual(['welcome']);
  });

  it('shares a read and a write with the others of its customer', async () => {
    const world = new IngestionWorld();
    const bodies = Array.from({ length: 20 }, (_, index) =>
      onBus(track('Order Completed', { messageId: `m${index}`, userId: `u${index % 2}` })),
    );
    await world.deliver(...bodies);
    expect(world.calls.filter((port) => port !== 'hash').toSorted()).toEqual([
      'commit',
      'commit',
      'load',
      'load',
    ]);
    expect((await world.documentOf('u0'))?.revision).toBe(1);
    expect(Object.values((await world.documentOf('u0'))?.aggregates ?? {})).toMatchObject([{ count: 10 }]);
  });

  it('is decided in the order of time, whatever the order of arrival', async () => {
    const world = new IngestionWorld();
    await world.deliver(
      onBus(track('Order Completed', { messageId: 'later', timestamp: '2026-05-04T09:58:02Z' })),
      onBus(track('Signed Up', { messageId: 'sooner', timestamp: '2026-05-04T09:58:01Z' })),
    );
    expect((await world.documentOf('u1'))?.tallies['welcome']).toMatchObject({ entered: 1, converted: 1 });
  });

  it('changes nothing the second time, within a batch and across batches', async () => {
    const world = new IngestionWorld();
    const body = onBus(track('Order Completed'));
    await world.deliver(body, body);
    const before = await world.documentOf('u1');
    await world.deliver(body);
    expect(await world.documentOf('u1')).toBe(before);
    expect(Object.values(before?.aggregates ?? {})).toMatchObject([{ count: 1 }]);
  });

  it('without messageId and timestamp has the id and the time of the bus', async () => {
    const world = new IngestionWorld();
    const bare = { type: 'track', userId: 'u1', event: 'Signed Up' };
    await world.deliver(onBus(bare), onBus(bare), onBus(bare, { id: 'another' }));
    const document = await world.documentOf('u1');
    expect(document?.recent).toHaveLength(2);
    expect(Object.values(document?.runs ?? {})[0]?.entered).toBe('2026-05-04T09:59:00.000Z');
  });

  it.each([
    ['from the future', '2027-01-01T00:00:00Z', '2026-05-04T09:59:00.999Z'],
    ['within the second in which the bus took it', '2026-05-04T09:59:00.700Z', '2026-05-04T09:59:00.700Z'],
    ['long ago', '1987-01-01T00:00:00Z', '1987-01-01T00:00:00.000Z'],
  ])('%s happened no later than it was received', async (_, timestamp, at) => {
    const world = new IngestionWorld();
    await world.deliver(onBus(identify({ plan: 'pro' }, { timestamp })));
    expect((await world.documentOf('u1'))?.traits['plan']?.at).toBe(at);
  });

  it('of a bus whose time is made up is received now', async () => {
    const world = new IngestionWorld();
    await world.deliver(
      onBus(identify({ plan: 'pro' }, { timestamp: undefined }), { time: '2030-01-01T00:00:00Z' }),
    );
    expect((await world.documentOf('u1'))?.traits['plan']?.at).toBe(world.now);
  });

  it('that nothing listens to costs no read and no write, though a rule of an older deployment has passed it', async () => {
    const world = new IngestionWorld();
    const { passedOver } = await world.deliver(onBus(track('Page Scrolled')), onBus(track('Trait Changed')));
    expect([...passedOver]).toEqual([['nothing listens to it', 2]]);
    expect([world.calls, world.letters]).toEqual([[], []]);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['not JSON', '{"detail":'],
    ['not JSON', ''],
    ['not an event of a bus', '[]'],
    ['not an event of a bus', '"text"'],
    ['not an event of a bus', '{"type":"track","userId":"u1","event":"Signed Up"}'],
    ['not an event of a bus', onBus(undefined)],
    ['not an event of a bus', onBus({}, { time: 'now' })],
    ['not an event of a bus', onBus({}, { id: 7 })],
    ['not an object', onBus(null)],
    ['not an object', onBus(['track'])],
    ['no type', onBus({ batch: [track('Signed Up')] })],
    ['unsupported type page', onBus({ type: 'page', userId: 'u1' })],
    ['no customer', onBus(track('Signed Up', { userId: '' }))],
    ['id too long', onBus(track('Signed Up', { userId: 'x'.repeat(10_000) }))],
    ['no event name', onBus(track(''))],
    ['no event name', onBus(track('', { event: { toString: 1 } }))],
    ['timestamp is no date', onBus(track('Signed Up', { timestamp: 'yesterday' }))],
    ['properties are no object', onBus(track('Signed Up', { properties: 'none' }))],
    ['traits are no object', onBus(identify(['a']))],
  ])('is a dead letter at once, as it came: %s', async (reason, body) => {
    const world = new IngestionWorld();
    const { failed, refused } = await world.deliver(body, onBus(track('Signed Up')));
    expect(world.letters).toEqual([{ body, reason }]);
    expect([...refused]).toEqual([[reason, 1]]);
    expect(failed.size).toBe(0);
    expect(await world.documentOf('u1')).toBeDefined();
  });

  it.each([
    ['Message Unsubscribed', { topic: 'offers', channel: 'email' }],
    ['Consent Changed', { topic: 'offers', channel: 'email', granted: false }],
  ])(
    'unless it takes a permission away: %s with a date that nobody can read holds from when it is heard',
    async (event, properties) => {
      const world = new IngestionWorld();
      await world.deliver(onBus(track(event, { timestamp: 'yesterday', properties })));
      expect(world.letters).toEqual([]);
      const document = await world.documentOf('u1');
      expect(document?.consent['offers']?.['email']?.granted).toBe(false);
    },
  );

  it('is tried again where even the dead letters are out of reach', async () => {
    const world = new IngestionWorld();
    world.failing = (port) => (port === 'letters' ? outOfReach() : undefined);
    const { failed, refused } = await world.deliverLast('{', onBus(track('Signed Up')));
    expect([...failed.keys()]).toEqual(['m0']);
    expect(refused.size).toBe(0);
    expect(await world.documentOf('u1')).toBeDefined();
  });

  it('does no harm by the names of its keys', async () => {
    const world = new IngestionWorld();
    const hostile =
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}';
    const body = (type: string): string =>
      onBus(0).replace(
        '"detail":0',
        `"detail":{"type":"${type}","userId":"__proto__","event":"Signed Up","properties":${hostile},"traits":${hostile}}`,
      );
    const { failed } = await world.deliver(body('identify'), body('track'));
    expect(failed.size).toBe(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await world.documentOf('__proto__'))?.external.user).toBe('__proto__');
  });

  it('is not the size of what an application says', async () => {
    const world = new IngestionWorld();
    const huge = { note: 'x'.repeat(900_000) };
    await world.deliver(onBus(track('Signed Up', { properties: huge })), onBus(identify(huge)));
    expect(JSON.stringify(await world.documentOf('u1')).length).toBeLessThan(10_000);
  });
});

describe('a customer who cannot be decided', () => {
  it('fails their own messages only', async () => {
    const world = new IngestionWorld();
    world.failing = (_, of) => (of === idOf('u1') ? outOfReach() : undefined);
    const { failed } = await world.deliver(
      onBus(track('Signed Up')),
      onBus(track('Signed Up', { userId: 'u2' })),
      onBus(identify({}, { userId: 'u1' })),
      '{',
    );
    expect([...failed.keys()].toSorted()).toEqual(['m0', 'm2']);
    expect(await world.documentOf('u2')).toBeDefined();
    expect(reasons(world)).toEqual(['not JSON']);
  });

  it('because of one input is decided by the others all the same', async () => {
    const world = new IngestionWorld();
    const { store } = world.ingestion.engine.ports;
    const commit: typeof store.commit = (document) => {
      if (document.traits['plan']?.value === 'poison') throw new TypeError('ana@example.com');
      return store.commit(document);
    };
    const { engine, ...rest } = world.ingestion;
    const ports = { ...engine.ports, store: { ...store, commit } };
    const { failed } = await ingestBatch({ ...rest, engine: { ...engine, ports } }, [
      { id: 'first', body: ordered('m0'), attempt: 1 },
      { id: 'poisoned', body: onBus(identify({ plan: 'poison' })), attempt: 1 },
      { id: 'last', body: ordered('m2'), attempt: 1 },
    ]);
    expect([...failed.keys()]).toEqual(['poisoned']);
    expect(Object.values((await world.documentOf('u1'))?.aggregates ?? {})).toMatchObject([{ count: 2 }]);
  });

  it('is told among the dead letters with the last attempt, by the name of the fault alone', async () => {
    const world = new IngestionWorld();
    world.failing = (port) => (port === 'commit' ? outOfReach() : undefined);
    const body = onBus(track('Signed Up', { userId: 'ana@example.com' }));
    const { failed, refused } = await world.deliverLast(body);
    expect(failed.size).toBe(0);
    expect([...refused]).toEqual([['DocumentConflict', 1]]);
    expect(world.letters).toEqual([{ body, reason: 'DocumentConflict' }]);
  });

  it('is not told by the words of an error that may hold what they said', async () => {
    const world = new IngestionWorld();
    world.failing = (port) => {
      if (port === 'load') throw new TypeError('Unexpected token in ana@example.com');
    };
    await world.deliverLast(onBus(track('Signed Up')));
    expect(reasons(world)).toEqual(['TypeError']);
  });

  it('is everybody while ids cannot be hashed, and nothing is lost', async () => {
    const world = new IngestionWorld();
    world.failing = (port) => (port === 'hash' ? outOfReach() : undefined);
    const { failed } = await world.deliver(onBus(track('Signed Up')), onBus(identify({})));
    expect([...failed.keys()]).toEqual(['m0', 'm1']);
  });
});

describe('a plain event', () => {
  const detail = { order_id: 17, buyer: { id: 'u1' }, placed_at: '2026-05-04T09:30:00+02:00', total: 20 };

  it('is the event that the settings say, of the customer whom it names', async () => {
    const world = new IngestionWorld();
    await world.deliver(onBus(track('Signed Up', { timestamp: '2026-05-04T07:00:00Z' })));
    await world.deliver(order(detail));
    const document = await world.documentOf('u1');
    expect(document?.tallies['welcome']).toMatchObject({ converted: 1 });
    expect(document?.recent).toContain('order.completed/17');
  });

  it('is known by its own id, so that putting it on the bus again changes nothing', async () => {
    const world = new IngestionWorld();
    await world.deliver(order(detail), order(detail, { id: 'put again' }));
    expect((await world.documentOf('u1'))?.recent).toHaveLength(1);
  });

  it('without id and time has those of the bus', async () => {
    const world = new IngestionWorld();
    await world.deliver(order({ buyer: { id: 'u1' } }), order({ buyer: { id: 'u1' } }, { id: 'another' }));
    expect((await world.documentOf('u1'))?.recent).toHaveLength(2);
  });

  it.each([
    ['detail is no object', 'text'],
    ['no customer', { ...detail, buyer: {} }],
    ['no customer', { ...detail, buyer: 'u1' }],
    ['id too long', { ...detail, buyer: { id: 'x'.repeat(10_000) } }],
    ['timestamp is no date', { ...detail, placed_at: '4 May' }],
  ])('is refused: %s', async (reason, refused) => {
    const world = new IngestionWorld();
    await world.deliver(order(refused));
    expect(reasons(world)).toEqual([reason]);
  });

  it('of a detail-type that the settings do not name is passed over', async () => {
    const world = new IngestionWorld();
    const { passedOver } = await world.deliver(order(detail, { 'detail-type': 'order.printed' }));
    expect([...passedOver.keys()]).toEqual(['no event of the settings']);
    expect(world.calls).toEqual([]);
  });
});

describe('an event that belongs to no customer', () => {
  it('is kept, and everybody is asked about it by an id that tells nothing', async () => {
    const world = new IngestionWorld();
    const { failed } = await world.deliver(restocked('ana@example.com'));
    expect(failed.size).toBe(0);
    const id = hashHex('ana@example.com', 32);
    expect(world.asked).toEqual([id]);
    expect(world.kept.get(id)).toMatchObject({ event: 'Product Restocked', id: 'ana@example.com' });
  });

  it('is asked about once, however often it comes in a batch', async () => {
    const world = new IngestionWorld();
    await world.deliver(restocked(), restocked(), restocked('r2'));
    expect(world.asked).toHaveLength(2);
  });

  it('is tried again where it cannot be kept, or nobody can be asked', async () => {
    for (const broken of ['keep', 'start']) {
      const world = new IngestionWorld();
      world.failing = (port) => (port === broken ? outOfReach() : undefined);
      const { failed } = await world.deliver(restocked(), onBus(track('Signed Up')));
      expect([...failed.keys()]).toEqual(['m0']);
    }
  });

  it('is refused where no journey asks whom it concerns but others hear it', async () => {
    const world = new IngestionWorld();
    await world.deliver(onBus(track('Signed Up', { userId: undefined })));
    expect(reasons(world)).toEqual(['no customer']);
  });

  it.each([{ userId: '' }, { userId: { id: 'u1' } }, { userId: undefined, anonymousId: [] }])(
    'is none where an id is there and cannot be read: %j',
    async (ids) => {
      const world = new IngestionWorld();
      await world.deliver(onBus(track('Product Restocked', ids)));
      expect([world.asked, reasons(world)]).toEqual([[], ['no customer']]);
    },
  );

  it('may come in a form of its own, unless the place of the customer holds what is no id', async () => {
    const back = { 'detail-type': 'product.restocked' };
    const world = new IngestionWorld();
    await world.deliver(
      order({ order_id: 'r1' }, back),
      order({ order_id: 'r2', buyer: { id: ['u1'] } }, back),
    );
    expect([world.asked.length, reasons(world)]).toEqual([1, ['no customer']]);
  });

  it('that was imported lets nobody in', async () => {
    const world = new IngestionWorld();
    const call = track('Product Restocked', { userId: undefined, context: { import: true } });
    await world.deliver(onBus(call));
    expect([world.asked, world.letters]).toEqual([[], []]);
  });
});

describe('where a condition asks for any event', () => {
  const { isHeard } = createReaders(
    { ...DEPLOYED, segments: [{ id: 'quiet', when: { did: 'any event', atMost: 0, within: '60 days' } }] },
    [],
  );

  it('every event of an application is heard, and none that is made where it is decided', () => {
    for (const event of ['Page Scrolled', 'Consent Changed', 'Message Opened', 'Journey Requested'])
      expect(isHeard(event)).toBe(true);
    for (const event of ['Segment Entered', 'Trait Changed', 'Message Sent', 'Customer Created'])
      expect(isHeard(event)).toBe(false);
  });
});
