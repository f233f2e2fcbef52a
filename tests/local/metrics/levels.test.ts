// Figures that hold until they change: what a graph of them shows in quiet hours.
import { expect, it } from 'vitest';
import { Level } from '#lib/local/metrics/levels.ts';
import { periodsOf } from '#lib/local/metrics/metric-store.ts';

const START = Date.parse('2026-03-02T08:00:00Z');
const MINUTE = 60_000;

function level() {
  let now = START;
  const one = new Level({ namespace: 'AWS/States', name: 'OpenExecutionCount', unit: 'Count' }, () => now);
  const maxima = (from: number, until: number, period: number) =>
    [...periodsOf(one.series(from, until), from, until, period)].map(([at, { maximum }]) => [
      (at - START) / MINUTE,
      maximum,
    ]);
  return {
    set: (minute: number, value: number) => {
      now = START + minute * MINUTE;
      one.set(value);
    },
    goTo: (minute: number) => {
      now = START + minute * MINUTE;
    },
    maxima: (from: number, until: number, period = 1) =>
      maxima(START + from * MINUTE, START + until * MINUTE, period * MINUTE),
    size: () => one.series(0, START * 2).minutes.size,
  };
}

it('are what they were last, until now and no longer', () => {
  const { set, goTo, maxima } = level();
  set(1, 5);
  set(4, 2);
  goTo(6);
  expect(maxima(0, 60)).toEqual([
    [1, 5],
    [2, 5],
    [3, 5],
    // Until it became 2 it was 5 in this minute as well.
    [4, 5],
    [5, 2],
    [6, 2],
  ]);
});

it('are there for a period in which nothing has changed', () => {
  const { set, goTo, maxima } = level();
  set(0, 3);
  goTo(1000);
  expect(maxima(120, 240, 60)).toEqual([
    [120, 3],
    [180, 3],
  ]);
  expect(maxima(-120, -60, 60)).toEqual([]);
});

it('have the greatest and the least of a minute', () => {
  const { set, maxima } = level();
  for (const value of [0, 7, 1]) set(0, value);
  expect(maxima(0, 5)).toEqual([[0, 7]]);
});

it('keep the changes of a day and no more', () => {
  const { set, size } = level();
  for (let minute = 0; minute < 5000; minute += 1) set(minute, minute);
  expect(size()).toBe(1440);
});
