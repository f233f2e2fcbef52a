// Promise P11: what cannot be parsed or processed reaches a dead-letter queue with a reason; one bad record never blocks others.
// Batches of anything, failures of every port, and a queue that delivers as badly as AWS allows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUEUE_ATTEMPTS } from '#lib/contracts/event-sources.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { hashFraction, hashHex } from '#lib/contracts/hash.ts';
import type { EventMessage } from '#lib/runtime/ingestion/read-messages.ts';
import { readBusEvent } from '#lib/runtime/ingestion/bus-event.ts';
import { segmentCalls } from '#lib/runtime/ingestion/segment-calls.ts';
import { Identities } from '#lib/simulator/identities.ts';
import { idOf, IngestionWorld, onBus, outOfReach } from '../runtime/ingestion/world.ts';

const USERS = ['u1', 'u2', 'u3'] as const;
const DEVICES = ['phone', 'laptop'] as const;

/** Seconds of the same minute: many events share one. */
const moments = fc
  .integer({ min: 0, max: 50 })
  .map((second) => `2026-05-04T09:58:${String(second).padStart(2, '0')}.000Z`);

const calls = fc.record({
  type: fc.constant('track'),
  event: fc.constantFrom('Signed Up', 'Order Completed', 'Account Closed', 'Page Scrolled'),
  // Few ids: the same event comes several times.
  messageId: fc.integer({ min: 0, max: 30 }).map((id) => `m${id}`),
  userId: fc.option(fc.constantFrom(...USERS), { nil: undefined }),
  anonymousId: fc.option(fc.constantFrom(...DEVICES), { nil: undefined }),
  timestamp: moments,
});
const identifies = fc.record({
  type: fc.constant('identify'),
  messageId: fc.integer({ min: 31, max: 50 }).map((id) => `m${id}`),
  userId: fc.constantFrom(...USERS),
  timestamp: moments,
  traits: fc.dictionary(fc.constantFrom('plan', 'city', 'wishlist'), fc.integer({ min: 0, max: 5 })),
});
const business = fc.record({
  type: fc.constant('track'),
  event: fc.constant('Product Restocked'),
  messageId: fc.constantFrom('b1', 'b2'),
  timestamp: moments,
});
const garbage = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom(
    '',
    '{',
    'null',
    '{"detail":{}}',
    '{"id":"1","source":"s","detail-type":"t","time":"?","detail":{}}',
  ),
);
const bodies = fc.oneof(
  { weight: 8, arbitrary: calls.map((call) => onBus(call)) },
  { weight: 3, arbitrary: identifies.map((call) => onBus(call)) },
  { weight: 1, arbitrary: business.map((call) => onBus(call)) },
  { weight: 2, arbitrary: garbage },
  { weight: 1, arbitrary: fc.jsonValue().map((detail) => onBus(detail)) },
);

/** Cuts a list into parts of these lengths, over and over. */
function inBatches<T>(all: readonly T[], sizes: readonly number[]): T[][] {
  const batches: T[][] = [];
  for (let from = 0, index = 0; from < all.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    batches.push(all.slice(from, from + size));
    from += size;
  }
  return batches;
}

/** What is known of a customer, without what counts the writes. */
function known(document: CustomerDocument | undefined): unknown {
  if (document === undefined) return undefined;
  const { revision: _, log: __, devices: ___, ...rest } = document;
  return rest;
}

describe('promise P11', () => {
  it('a batch leaves what its events leave one by one in the order of time, whatever lies between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bodies, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
        async (all, sizes) => {
          const world = new IngestionWorld();
          for (const batch of inBatches(all, sizes)) await world.deliver(...batch);
          const expected = await oneByOne(all, sizes);
          for (const user of USERS)
            expect(known(await world.documentOf(user))).toEqual(known(await expected.documentOf(user)));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('whatever fails, each message is decided, tried again, or a dead letter with a reason that holds nothing of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bodies, { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        async (all, sizes, seed, failures) => {
          const world = new IngestionWorld();
          let asked = 0;
          const fails = (): boolean => hashFraction(seed, String((asked += 1))) < failures;
          world.failing = () => (fails() ? outOfReach() : undefined);
          const fates = await deliverAll(world, all, sizes, seed);
          for (const fate of fates.values()) expect(fate).toHaveLength(1);
          const dead = [...fates].flatMap(([id, [fate]]) => (fate === 'dead' ? [all[Number(id)] ?? ''] : []));
          expect(world.letters.map(({ body }) => body).toSorted()).toEqual(dead.toSorted());
          for (const { reason } of world.letters) expect(REASONS).toContain(reason);
          const done = [...fates].flatMap(([id, [fate]]) => (fate === 'done' ? [all[Number(id)] ?? ''] : []));
          for (const body of done) expect(await isThere(world, body)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a customer who can never be decided leaves all others as if there were none', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bodies, { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
        fc.string(),
        async (all, sizes, seed) => {
          const world = new IngestionWorld();
          world.failing = (port, of) => (port === 'load' && of === idOf('u1') ? outOfReach() : undefined);
          const others = all.filter((body) => !/"userId":"u1"|"anonymousId"/.test(body));
          await deliverAll(
            world,
            [...others, ...all.filter((body) => body.includes('"userId":"u1"'))],
            sizes,
            seed,
          );
          const expected = new IngestionWorld();
          await deliverAll(expected, others, sizes, seed);
          for (const user of ['u2', 'u3'])
            expect((await world.documentOf(user))?.recent.toSorted()).toEqual(
              (await expected.documentOf(user))?.recent.toSorted(),
            );
          expect(await world.documentOf('u1')).toBeUndefined();
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Every reason there is: short texts of our own, and names of faults. */
const REASONS = [
  'not JSON',
  'not an event of a bus',
  'not an object',
  'no type',
  'unknown type',
  'no customer',
  'id too long',
  'no event name',
  'timestamp is no date',
  'DocumentConflict',
];

/** What was to be decided is remembered by its customer, and what concerns everybody is asked of them. */
async function isThere(world: IngestionWorld, body: string): Promise<boolean> {
  const event = readBusEvent(body, world.now);
  const told = 'refused' in event ? event : segmentCalls(new Set(['Product Restocked'])).read(event);
  if (told instanceof Promise || !('call' in told)) return false;
  const { user, anonymous, input } = told.call;
  if (input.kind === 'event' && !world.ingestion.isHeard(input.event)) return true;
  if (user !== undefined) return (await world.documentOf(user))?.recent.includes(input.id) === true;
  return anonymous !== undefined || world.asked.includes(hashHex(input.id, 32));
}

type Fate = 'done' | 'dead';

/**
 * A queue: a message that is reported comes again, until it has been received as often as the queue allows; and some come again though
 * they were done.
 */
async function deliverAll(
  world: IngestionWorld,
  all: readonly string[],
  sizes: readonly number[],
  seed: string,
): Promise<ReadonlyMap<string, readonly Fate[]>> {
  const fates = new Map<string, Fate[]>(all.map((_, index) => [String(index), []]));
  let waiting: EventMessage[] = all.map((body, index) => ({ id: String(index), body, attempt: 1 }));
  for (let round = 0; waiting.length > 0; round += 1) {
    const again: EventMessage[] = [];
    for (const batch of inBatches(waiting, sizes)) {
      const before = world.letters.length;
      const { failed } = await world.ingest(batch);
      const letters = world.letters.slice(before).map(({ body }) => body);
      for (const message of batch) {
        if (failed.has(message.id)) {
          again.push({ ...message, attempt: message.attempt + 1 });
          continue;
        }
        const letter = letters.indexOf(message.body);
        if (letter >= 0) letters.splice(letter, 1);
        fates.get(message.id)?.push(letter >= 0 ? 'dead' : 'done');
      }
      expect(letters).toEqual([]);
    }
    // The last attempts are over: from here on nothing fails, as after an outage.
    if (round > QUEUE_ATTEMPTS) world.failing = () => {};
    expect(round).toBeLessThan(2 * QUEUE_ATTEMPTS);
    waiting = again.toSorted((a, b) => hashFraction(seed, a.id) - hashFraction(seed, b.id));
  }
  return fates;
}

/** The same events as lone calls of the engine, with the simulator's judgement of whose they are. */
async function oneByOne(all: readonly string[], sizes: readonly number[]): Promise<IngestionWorld> {
  const world = new IngestionWorld();
  const identities = new Identities();
  const reader = segmentCalls(new Set(['Product Restocked']));
  for (const batch of inBatches(all, sizes)) {
    const theirs = batch.flatMap((body) => {
      const event = readBusEvent(body, world.now);
      const told = 'refused' in event ? event : reader.read(event);
      if (!('call' in told)) return [];
      const { input } = told.call;
      const isHeard = input.kind === 'identify' || world.ingestion.isHeard(input.event);
      return (isHeard ? identities.resolve(told.call) : undefined) ?? [];
    });
    for (const call of theirs.toSorted(
      (a, b) => Number(a.input.at > b.input.at) - Number(a.input.at < b.input.at),
    ))
      await takeCalls(world.ingestion.engine, idOf(call.external), [call]);
  }
  return world;
}
