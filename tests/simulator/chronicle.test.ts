import { describe, expect, it } from 'vitest';
import type { LogEntry, LogKind } from '#lib/contracts/log-entry.ts';
import { addMillis, instantSchema, type Instant } from '#lib/contracts/time.ts';
import { Chronicle } from '#lib/simulator/chronicle.ts';

const start = instantSchema.parse('2026-03-27T10:00:00.000Z');
const minute = (count: number): Instant => addMillis(start, count * 60_000);
const entry = (at: number, kind: LogKind, step: string, run = 'r1'): LogEntry => ({
  at: minute(at),
  kind,
  run,
  step,
});

const numberOf = (customer: string): number => customer.charCodeAt(0);

function chronicle() {
  const told: string[] = [];
  const tells = new Chronicle(({ entry: { at, run, kind, step } }) => {
    told.push(`${at.slice(14, 16)} ${run} ${kind} ${step}`);
  }, numberOf);
  return { told, tells };
}

describe('the order of what happened', () => {
  it('is by instant, whether it was decided ahead or told afterwards', () => {
    const { told, tells } = chronicle();
    tells.add('c', entry(10, 'waits', 'second-wait'), minute(0));
    tells.add('c', entry(0, 'waits', 'first-wait'), minute(0));
    tells.add('d', entry(7, 'enters', '-', 'r2'), minute(7));
    tells.add('c', entry(5, 'defers', 'send'), minute(8));
    tells.finish(minute(10));
    expect(told).toEqual([
      '00 r1 waits first-wait',
      '05 r1 defers send',
      '07 r2 enters -',
      '10 r1 waits second-wait',
    ]);
  });

  it('leaves out what lay ahead of a run that ended before', () => {
    const { told, tells } = chronicle();
    tells.add('c', entry(5, 'waits', 'second-wait'), minute(0));
    tells.add('d', entry(5, 'waits', 'other', 'r2'), minute(0));
    tells.add('c', entry(3, 'exits', 'goal'), minute(3));
    tells.finish(minute(9));
    expect(told).toEqual(['03 r1 exits goal', '05 r2 waits other']);
  });

  it('leaves out what lies ahead of the end', () => {
    const { told, tells } = chronicle();
    tells.add('c', entry(5, 'waits', 'second-wait'), minute(0));
    tells.finish(minute(4));
    expect(told).toEqual([]);
  });

  it('is that of decision within one instant', () => {
    const { told, tells } = chronicle();
    for (const step of ['a', 'b', 'c']) tells.add('c', entry(5, 'waits', step), minute(0));
    tells.add('c', entry(5, 'takes', 'd'), minute(5));
    tells.finish(minute(5));
    expect(told.map((line) => line.at(-1))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is that of customers within one instant, whoever was decided about first', () => {
    const { told, tells } = chronicle();
    tells.add('d', entry(5, 'waits', 'a', 'r2'), minute(0));
    tells.add('c', entry(5, 'waits', 'b'), minute(0));
    tells.add('d', entry(5, 'takes', 'c', 'r2'), minute(5));
    tells.finish(minute(5));
    expect(told).toEqual(['05 r1 waits b', '05 r2 waits a', '05 r2 takes c']);
  });

  it('holds for thousands of entries, which are handed on while time goes by', () => {
    const instants: string[] = [];
    const tells = new Chronicle(({ entry: { at } }) => {
      instants.push(at);
    }, numberOf);
    const day = 24 * 60;
    for (let count = 0; count < 5000; count += 1) {
      tells.add('c', entry(count * 10 - (count % 7) * 60, 'takes', 's'), minute(count * 10));
    }
    expect(instants.length).toBeGreaterThan(3000);
    tells.finish(minute(40 * day));
    expect(instants).toHaveLength(5000);
    expect(instants).toEqual(instants.toSorted());
  });

  it('is that of decision for what looks further back than decisions do, however far', () => {
    const instants: string[] = [];
    const tells = new Chronicle(({ entry: { at } }) => {
      instants.push(at);
    }, numberOf);
    for (let hour = 0; hour < 3000; hour += 1) {
      tells.add('c', entry(hour * 60, 'takes', 's'), minute(hour * 60));
      // Eight days are the limit: the last that is told in its place, and others from just beyond to the very beginning.
      for (const back of [8 * 24 * 60, 8 * 24 * 60 + 1, 100 * 24 * 60])
        tells.add('d', entry(Math.max(hour * 60 - back, 0), 'defers', 's', 'r2'), minute(hour * 60));
    }
    tells.finish(minute(3000 * 60));
    expect(instants).toHaveLength(4 * 3000);
    expect(instants).toEqual(instants.toSorted());
  });
});
