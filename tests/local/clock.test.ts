// Virtual time: order, settling of work, cancellation, and instants far beyond what a timer can hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sleepUntil, VirtualClock } from '#lib/local/clock.ts';

const year = 365 * 24 * 60 * 60 * 1000;

describe('a virtual clock', () => {
  it('runs actions by instant, then by the order in which they were scheduled', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 40 }), async (instants) => {
        const clock = new VirtualClock(0);
        const ran: [number, number][] = [];
        instants.forEach((instant, order) => clock.at(instant, () => void ran.push([instant, order])));
        await clock.runAll();
        const expected = instants.map((instant, order): [number, number] => [instant, order]);
        expect(ran).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
    );
  });

  it('never runs what was cancelled, however many are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 60 }), async (plan) => {
        const clock = new VirtualClock(0);
        const ran: number[] = [];
        const cancels = plan.map(([instant], index) => clock.at(instant, () => void ran.push(index)));
        plan.forEach(([, cancelled], index) => cancelled && cancels[index]?.());
        expect(clock.pending).toBe(plan.filter(([, cancelled]) => !cancelled).length);
        await clock.runAll();
        expect(ran.toSorted((a, b) => a - b)).toEqual(
          plan.flatMap(([, cancelled], index) => (cancelled ? [] : [index])),
        );
      }),
    );
  });

  it('rebuilds its queue when most of it was cancelled, without losing order', async () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    const cancels = Array.from({ length: 5_000 }, (_, index) =>
      clock.at(5_000 - index, () => void ran.push(index)),
    );
    cancels.forEach((cancel, index) => index % 5 !== 0 && cancel());
    await clock.runAll();
    expect(ran).toEqual(Array.from({ length: 1_000 }, (_, index) => 4_995 - 5 * index));
  });

  it('shows the instant asked for after running up to it, and leaves later actions alone', async () => {
    const clock = new VirtualClock(1_000);
    const seen: number[] = [];
    clock.at(2_000, () => void seen.push(clock.now()));
    clock.at(2_001, () => void seen.push(clock.now()));
    await clock.runUntil(2_000);
    expect(seen).toEqual([2_000]);
    expect([clock.now(), clock.next(), clock.pending]).toEqual([2_000, 2_001, 1]);
  });

  it('does not go on for what is done only if it gets there, and does it if it does', async () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    clock.atIfReached(10, () => void ran.push('on the way'));
    clock.atIfReached(30, () => void ran.push('too far'));
    clock.at(20, () => void ran.push('wanted'));
    clock.at(40, () => void ran.push('cancelled'))();
    await clock.runAll();
    expect(ran).toEqual(['on the way', 'wanted']);
    expect(clock.now()).toBe(20);
    await clock.runUntil(50);
    expect(ran).toEqual(['on the way', 'wanted', 'too far']);
  });

  it('runs an action for the past at once, and reaches an instant a century away', async () => {
    const clock = new VirtualClock(5_000);
    const seen: number[] = [];
    clock.at(0, () => void seen.push(clock.now()));
    clock.at(100 * year, () => void seen.push(clock.now()));
    await clock.runAll();
    expect(seen).toEqual([5_000, 100 * year]);
  });

  it('lets what an action set going finish before time moves on', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.at(1, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`first at ${clock.now()}`);
      clock.spawn(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`spawned at ${clock.now()}`);
      });
    });
    clock.at(2, () => void seen.push('second'));
    await clock.runAll();
    expect(seen).toEqual(['first at 1', 'spawned at 1', 'second']);
  });

  it('moves on while work sleeps in virtual time', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.at(0, async () => {
      await sleepUntil(clock, 10);
      seen.push(`woke at ${clock.now()}`);
    });
    clock.at(5, () => void seen.push('meanwhile'));
    await clock.runAll();
    expect(seen).toEqual(['meanwhile', 'woke at 10']);
  });

  it('throws what an action threw, and can go on afterwards', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.at(1, async () => {
      await Promise.resolve();
      throw new Error('broken');
    });
    clock.at(2, () => void seen.push('later'));
    await expect(clock.runAll()).rejects.toThrow('broken');
    await clock.runAll();
    expect(seen).toEqual(['later']);
  });

  it('refuses to be run by one of its own actions, and an instant that is none', async () => {
    const clock = new VirtualClock(0);
    clock.at(1, () => clock.runAll());
    await expect(clock.runAll()).rejects.toThrow('already running');
    expect(() => clock.at(Number.NaN, () => undefined)).toThrow('Not an instant');
  });
});
