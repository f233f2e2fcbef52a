// Whose an event is that names a device only, and what it costs that devices have owners.
import { describe, expect, it } from 'vitest';
import { MOST_DEVICES } from '#lib/engine/budgets.ts';
import { IngestionWorld, onBus, outOfReach, track } from './world.ts';

let count = 0;
const call = (ids: { userId?: string; anonymousId?: string }): string =>
  onBus(track('Order Completed', { userId: undefined, messageId: `d${(count += 1)}`, ...ids }));
const both = (userId: string, anonymousId: string): string => call({ userId, anonymousId });
const alone = (anonymousId: string): string => call({ anonymousId });

const orders = async (world: IngestionWorld, external: string): Promise<number> =>
  Object.values((await world.documentOf(external))?.aggregates ?? {})[0]?.count ?? 0;

describe('an event of a device alone', () => {
  it('is passed over while nobody is known to own it, and leaves nothing behind', async () => {
    const world = new IngestionWorld();
    const { passedOver } = await world.deliver(alone('phone'));
    expect([...passedOver]).toEqual([['anonymous', 1]]);
    expect([world.documents.size, world.letters]).toEqual([0, []]);
  });

  it('belongs to whoever was last told to own it', async () => {
    const world = new IngestionWorld();
    await world.deliver(both('u1', 'phone'));
    await world.deliver(alone('phone'), alone('laptop'));
    await world.deliver(both('u2', 'phone'));
    await world.deliver(alone('phone'));
    expect([await orders(world, 'u1'), await orders(world, 'u2')]).toEqual([2, 2]);
  });

  it('belongs to whoever the same batch has told before', async () => {
    const world = new IngestionWorld();
    await world.deliver(
      alone('phone'),
      both('u1', 'phone'),
      alone('phone'),
      both('u2', 'phone'),
      alone('phone'),
    );
    expect([await orders(world, 'u1'), await orders(world, 'u2')]).toEqual([2, 2]);
    await world.deliver(alone('phone'));
    expect(await orders(world, 'u2')).toBe(3);
  });

  it('goes back to its first owner when they say so again', async () => {
    const world = new IngestionWorld();
    for (const user of ['u1', 'u2', 'u1']) await world.deliver(both(user, 'phone'));
    await world.deliver(alone('phone'));
    expect([await orders(world, 'u1'), await orders(world, 'u2')]).toEqual([3, 1]);
  });

  it('is tried again where its owner cannot be looked up', async () => {
    const world = new IngestionWorld();
    world.failing = (port) => (port === 'identity' ? outOfReach() : undefined);
    const { failed } = await world.deliver(alone('phone'), call({ userId: 'u1' }));
    expect([...failed.keys()]).toEqual(['m0']);
    expect(await orders(world, 'u1')).toBe(1);
  });
});

describe('telling that a device is somebody’s', () => {
  it('costs a read and a write once, and nothing with the events after', async () => {
    const world = new IngestionWorld();
    await world.deliver(both('u1', 'phone'));
    expect(world.calls.filter((port) => port === 'identity')).toHaveLength(2);
    world.calls.length = 0;
    for (let index = 0; index < 5; index += 1) await world.deliver(both('u1', 'phone'));
    expect(world.calls.filter((port) => port !== 'hash')).toEqual(
      Array.from({ length: 5 }, () => ['load', 'commit']).flat(),
    );
  });

  it('is not lost by a function that dies before the document says so', async () => {
    const world = new IngestionWorld();
    let dies = true;
    world.failing = (port) => {
      if (port !== 'commit' || !dies) return;
      dies = false;
      outOfReach();
    };
    const body = both('u1', 'phone');
    expect((await world.deliver(body)).failed.size).toBe(1);
    await world.deliver(body);
    await world.deliver(alone('phone'));
    expect(await orders(world, 'u1')).toBe(2);
  });

  it('does not wait for somebody else whose document cannot be written: the device changes hands later', async () => {
    const world = new IngestionWorld();
    await world.deliver(both('u1', 'phone'));
    const first = await world.documentOf('u1');
    world.failing = (port, of) => (port === 'load' && of === first?.customer ? outOfReach() : undefined);
    expect((await world.deliver(both('u2', 'phone'))).failed.size).toBe(0);
    world.failing = () => {};
    await world.deliver(both('u2', 'phone'));
    await world.deliver(alone('phone'));
    expect([await orders(world, 'u1'), await orders(world, 'u2')]).toEqual([1, 3]);
  });

  it('is remembered for some devices; one beyond them is told again', async () => {
    const world = new IngestionWorld();
    for (let index = 0; index <= MOST_DEVICES; index += 1) await world.deliver(both('u1', `device ${index}`));
    expect((await world.documentOf('u1'))?.devices).toHaveLength(MOST_DEVICES);
    world.calls.length = 0;
    await world.deliver(both('u1', 'device 0'));
    expect(world.calls).toContain('identity');
  });
});
