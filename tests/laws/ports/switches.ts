// What switches of journeys promise: what was set last holds, and nothing new is made as long as nothing changes.
import { expect, it } from 'vitest';
import type { JourneySwitch, JourneySwitches } from '#lib/engine/ports.ts';

interface SettableSwitches extends JourneySwitches {
  set(journey: string, to: JourneySwitch | undefined): void | Promise<void>;
}

/** `later` lets so much time pass that whoever looks sees what others have set. */
export function switchLaws(create: () => Promise<{ switches: SettableSwitches; later: () => void }>): void {
  it('nobody has switched anything; then what was set last holds, by journey', async () => {
    const { switches, later } = await create();
    expect([...(await switches.current())]).toEqual([]);
    await switches.set('welcome', 'paused');
    await switches.set('cart', 'paused');
    await switches.set('cart', 'live');
    later();
    const found = await switches.current();
    expect(Object.fromEntries(found)).toEqual({ welcome: 'paused', cart: 'live' });
  });

  it('what is taken away again holds no more', async () => {
    const { switches, later } = await create();
    await switches.set('returns', 'paused');
    await switches.set('returns', undefined);
    later();
    expect((await switches.current()).has('returns')).toBe(false);
  });

  it('are the same object until they change: a workspace is made for each set', async () => {
    const { switches, later } = await create();
    await switches.set('welcome', 'paused');
    later();
    const before = await switches.current();
    later();
    expect(await switches.current()).toBe(before);
    await switches.set('welcome', 'live');
    later();
    expect(await switches.current()).not.toBe(before);
  });
}
