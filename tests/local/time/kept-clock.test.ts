// How far time has come is kept: what a process that is killed has acknowledged is never in the future of the next.
import { describe, expect, it } from 'vitest';
import { keepClock } from '#lib/local/time/kept-clock.ts';
import { LiveClock } from '#lib/local/time/live-clock.ts';
import { MemoryJournal } from '../delivery/memory-journal.ts';
import { FakeTimers } from './fake-timers.ts';

const START = Date.parse('2026-12-01T08:00:00Z');
const HOUR = 3_600_000;

function open(journal = new MemoryJournal()) {
  const timers = new FakeTimers();
  const clock = new LiveClock({
    start: START,
    timers,
    onFault: (error) => {
      throw error;
    },
  });
  const kept = keepClock(journal, clock);
  kept.journal.register({ name: 'part', restore: () => undefined, snapshot: () => [] });
  return { clock, timers, journal, kept };
}

/** Another start, after a kill. */
async function again(journal: MemoryJournal) {
  const next = open();
  await journal.restoreInto(next.journal);
  return next;
}

describe('a clock that is kept', () => {
  it('stands after a kill where a jump has led, though nothing was written there', async () => {
    const { clock, kept, journal } = open();
    kept.begin();
    await clock.jumpTo(START + 12 * HOUR);
    const { clock: next, kept: nextKept } = await again(journal);
    expect(nextKept.isFresh).toBe(false);
    expect(next.now()).toBe(START + 12 * HOUR);
  });

  it('is behind nothing that was written down while it ran fast', async () => {
    const { clock, kept, journal, timers } = open();
    kept.begin();
    clock.flow(86_400);
    await timers.pass(500);
    kept.journal.append('part', { at: clock.now() });
    const at = clock.now();
    const { clock: next } = await again(journal);
    expect(at).toBe(START + 12 * HOUR);
    expect(next.now()).toBe(at);
  });

  it('goes on from where it was when nothing has happened for an hour', async () => {
    const { clock, kept, journal, timers } = open();
    kept.begin();
    clock.flow(1);
    await timers.pass(HOUR);
    const { clock: next } = await again(journal);
    expect(next.now()).toBe(START + HOUR);
  });

  it('has kept nothing while the cloud is put together for the first time', async () => {
    const { kept, journal } = open();
    kept.journal.append('part', { deployed: true });
    const { clock: next, kept: nextKept } = await again(journal);
    expect(nextKept.isFresh).toBe(true);
    expect(next.now()).toBe(START);
  });
});
