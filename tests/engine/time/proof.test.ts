// The proof over all zones is `npm run prove:time`. Here: the same over the zones with the strangest clocks, and that the
// proof notices each of the mistakes that others have made.
import { addMillis, fromMillis, toMillis } from '#lib/contracts/time.ts';
import { expect, test } from 'vitest';
import { proveZones } from '../../../scripts/prove-time/prove-zones.ts';
import type { Subject } from '../../../scripts/prove-time/subject.ts';
import { engine } from '../../../scripts/prove-time/subject.ts';

test('the engine agrees with the oracle where clocks are strangest', () => {
  const proof = proveZones(engine, [
    'Australia/Lord_Howe',
    'Antarctica/Troll',
    'America/Nuuk',
    'Asia/Kathmandu',
  ]);
  expect(proof.tally.wrongAnswers).toEqual([]);
  expect(proof.changes).toBe(3 * 34);
  expect(proof.zonesWithoutChange).toBe(1);
  for (const name of Object.keys(engine)) expect(proof.tally.counts.get(name)?.cases).toBeGreaterThan(100);
});

const mistakes: Partial<Subject>[] = [
  // A time in the gap is moved on by the length of the gap.
  {
    localInstant: (date, time, zone) => {
      const answer = engine.localInstant(date, time, zone);
      return date === '2026-03-08' && time === '02:30' ? addMillis(answer, 30 * 60_000) : answer;
    },
  },
  // Days of 24 hours.
  { addDuration: (from, { days, milliseconds }) => addMillis(from, days * 86_400_000 + milliseconds) },
  // Today's offset from UTC is used for tomorrow.
  {
    nextTimeOfDay: (after, time, zone) => {
      const tomorrow = engine.nextTimeOfDay(fromMillis(toMillis(after) - 86_400_000), time, zone);
      return addMillis(tomorrow, 86_400_000);
    },
  },
  // The end of a window is part of it.
  { closedUntil: (instant, hours, zones) => engine.closedUntil(addMillis(instant, -1), hours, zones) },
  // Closed days are forgotten where there are windows.
  {
    closedUntil: (instant, { closed, ...hours }, zones) =>
      engine.closedUntil(instant, hours.windows === undefined ? { closed, ...hours } : hours, zones),
  },
  // The list of weekdays is forgotten.
  { waitUntil: (wait) => engine.waitUntil({ ...wait, on: undefined }) },
];

test.each(mistakes.map((mistake) => [Object.keys(mistake)[0] ?? '', mistake] as const))(
  'the proof notices a wrong %s',
  (name, mistake) => {
    const { tally } = proveZones({ ...engine, ...mistake }, ['America/New_York']);
    expect(tally.counts.get(name)?.wrong).toBeGreaterThan(0);
    expect(tally.total().wrong).toBe(tally.counts.get(name)?.wrong);
  },
);
