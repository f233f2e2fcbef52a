// Business time that flows, stands and jumps over real time that only flows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sleepUntil } from '#lib/local/clock.ts';
import { LiveClock } from '#lib/local/time/live-clock.ts';
import { FakeTimers, turn } from './fake-timers.ts';

const DAY = 24 * 60 * 60 * 1000;

function clockAt(start: number): { clock: LiveClock; timers: FakeTimers; faults: unknown[] } {
  const timers = new FakeTimers();
  const faults: unknown[] = [];
  return { clock: new LiveClock({ start, timers, onFault: (fault) => faults.push(fault) }), timers, faults };
}

describe('a live clock', () => {
  it('stands until it is told to go, then goes as real time does', async () => {
    const { clock, timers } = clockAt(1_000);
    await timers.pass(500);
    expect(clock.now()).toBe(1_000);
    clock.flow(1);
    await timers.pass(500);
    expect(clock.now()).toBe(1_500);
    clock.flow(0);
    await timers.pass(500);
    expect(clock.now()).toBe(1_500);
  });

  it('lets a day pass in a minute at a speed of 1440', async () => {
    const { clock, timers } = clockAt(0);
    const seen: number[] = [];
    for (const instant of [DAY / 2, DAY, DAY + 1]) clock.at(instant, () => void seen.push(clock.now()));
    clock.flow(1440);
    await timers.pass(60_000);
    expect(clock.now()).toBe(DAY);
    // An alarm rings in whole milliseconds of real time: each is 1.44 s of business time.
    expect(seen.map((one) => Math.round(one / 10_000))).toEqual([DAY / 2, DAY].map((one) => one / 10_000));
  });

  it('does at once what is due already, also while it stands', async () => {
    const { clock, timers } = clockAt(5_000);
    const seen: number[] = [];
    clock.at(1_000, () => void seen.push(clock.now()));
    await timers.pass(1);
    expect(seen).toEqual([5_000]);
  });

  it('jumps through what falls due at its own instant, in order, with the work it sets going', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(50), fc.nat(3)), { maxLength: 20 }), async (plan) => {
        const { clock } = clockAt(0);
        const seen: string[] = [];
        plan.forEach(([instant, turns], index) => {
          clock.at(instant, async () => {
            for (let left = turns; left > 0; left -= 1) await turn();
            seen.push(`${clock.now()} ${index}`);
          });
        });
        expect(await clock.jumpTo(40)).toBe('arrived');
        expect(clock.now()).toBe(40);
        const due = plan
          .map(([instant], index) => ({ instant, index }))
          .filter(({ instant }) => instant <= 40);
        const expected = due.toSorted((a, b) => a.instant - b.instant || a.index - b.index);
        expect(seen.length).toBe(expected.length);
        // Whatever falls due together may overlap; nothing of a later instant begins before.
        expect(seen.map((one) => Number(one.split(' ')[0]))).toEqual(expected.map(({ instant }) => instant));
      }),
      { numRuns: 30 },
    );
  });

  it('holds a jump while work is in progress that is not an action of its own', async () => {
    const { clock } = clockAt(0);
    const release = clock.hold();
    const jump = clock.jumpTo(DAY);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(clock.now()).toBe(0);
    release();
    release();
    await jump;
    expect(clock.now()).toBe(DAY);
  });

  it('does not hold for what is parked', async () => {
    const { clock } = clockAt(0);
    const seen: number[] = [];
    clock.spawn(async () => {
      await sleepUntil(clock, 10 * DAY);
      seen.push(clock.now());
    });
    await clock.jumpTo(20 * DAY);
    expect(seen).toEqual([10 * DAY]);
  });

  it('goes on after a jump as before it', async () => {
    const { clock, timers } = clockAt(0);
    clock.flow(60);
    await clock.jumpTo(DAY);
    await timers.pass(1_000);
    expect(clock.now()).toBe(DAY + 60_000);
    expect(clock.reading()).toEqual({ instant: DAY + 60_000, pace: 60, speed: 60, jumpingTo: undefined });
  });

  it('goes on until something has happened, at most to the limit', async () => {
    const { clock } = clockAt(0);
    let happened = 0;
    for (let hour = 1; hour < 10; hour += 1) clock.at(hour, () => void (happened = hour));
    expect(await clock.goOnUntil(() => happened === 3, DAY)).toBe(true);
    expect(clock.now()).toBe(3);
    expect(await clock.goOnUntil(() => false, 7)).toBe(false);
    expect([clock.now(), happened]).toEqual([7, 7]);
  });

  it('can be stopped on its way', async () => {
    const { clock } = clockAt(0);
    for (let hour = 1; hour < 10; hour += 1)
      clock.at(hour, () => {
        if (hour === 4) clock.stopJump();
      });
    expect(await clock.jumpTo(DAY)).toBe('stopped');
    expect(clock.now()).toBe(4);
    await expect(Promise.all([clock.jumpTo(DAY), clock.jumpTo(DAY)])).rejects.toThrow('under way');
  });

  it('waits for work when it is fast, but not for ever', async () => {
    const { clock, timers } = clockAt(0);
    clock.flow(1440);
    const release = clock.hold();
    await timers.pass(999);
    expect([clock.now(), clock.reading().pace]).toEqual([0, 0]);
    await timers.pass(2);
    expect(clock.reading().pace).toBe(1440);
    release();
    const before = clock.now();
    const again = clock.hold();
    await timers.pass(100);
    expect(clock.now()).toBe(before);
    again();
    await timers.pass(100);
    expect(clock.now()).toBe(before + 100 * 1440);
  });

  it('does not wait for work at the speed of real time', async () => {
    const { clock, timers } = clockAt(0);
    clock.flow(1);
    clock.hold();
    await timers.pass(100);
    expect(clock.now()).toBe(100);
  });

  it('goes on after an action that fails, and tells', async () => {
    const { clock, faults } = clockAt(0);
    clock.at(1, () => {
      throw new Error('one');
    });
    clock.at(2, () => Promise.reject(new Error('two')));
    await clock.jumpTo(3);
    expect(faults.map(String)).toEqual(['Error: one', 'Error: two']);
    expect(clock.now()).toBe(3);
  });

  it('never goes back, whatever is asked of it', async () => {
    const command = fc.oneof(
      fc.nat(2_000).map((speed) => ({ flow: speed })),
      fc.nat(500).map((pass) => ({ pass })),
      fc.integer({ min: -1_000, max: 1_000 }).map((jump) => ({ jump })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
        const { clock, timers } = clockAt(0);
        let last = clock.now();
        for (const one of commands) {
          if ('flow' in one) clock.flow(one.flow);
          else if ('pass' in one) await timers.pass(one.pass);
          else await clock.jumpTo(clock.now() + one.jump);
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
      { numRuns: 60 },
    );
  });
});
