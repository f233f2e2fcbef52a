// The proof over all zones is `npm run prove:time`. Here: the same over the zones with the strangest clocks, and that the
// proof notices each of the mistakes that others have made.
import { addMillis, fromMillis, toMillis } from '#lib/contracts/time.ts';
import { expect, test } from 'vitest';
import { proveDates } from '../../../scripts/prove-time/prove-dates.ts';
import { proveDurations } from '../../../scripts/prove-time/prove-durations.ts';
import { proveLocalTime } from '../../../scripts/prove-time/prove-local-time.ts';
import { proveSchedules } from '../../../scripts/prove-time/prove-schedules.ts';
import { proveSendingHours } from '../../../scripts/prove-time/prove-sending-hours.ts';
import { proveWaits } from '../../../scripts/prove-time/prove-waits.ts';
import { proveZones, type Prover } from '../../../scripts/prove-time/prove-zones.ts';
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

/** Who asks about a function. */
const PROVERS: Readonly<Record<string, readonly Prover[]>> = {
  localInstant: [proveLocalTime],
  nextTimeOfDay: [proveLocalTime],
  addDuration: [proveDurations],
  closedUntil: [proveSendingHours],
  waitUntil: [proveWaits],
  readDate: [proveDates],
  dateWaitEnd: [proveDates],
  nextDateOccurrence: [proveDates],
  nextOccurrence: [proveSchedules],
  latestOccurrence: [proveSchedules],
};

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
  // What is written without an offset is taken for UTC.
  { readDate: (value) => engine.readDate(`${String(value)}Z`, 'UTC') },
  // The day is resolved before it is moved: where its midnight is left out, others are as well.
  {
    dateWaitEnd: (wait) => {
      if (!('date' in wait.date) || wait.offset === undefined || wait.at !== undefined)
        return engine.dateWaitEnd(wait);
      const midnight = engine.localInstant(wait.date.date, '00:00', wait.zone);
      return engine.dateWaitEnd({ ...wait, date: { instant: midnight } });
    },
  },
  // Months of thirty days.
  {
    dateWaitEnd: ({ offset, ...wait }) =>
      engine.dateWaitEnd({
        ...wait,
        offset: offset && { ...offset, months: 0, days: offset.days + 30 * offset.months },
      }),
  },
  // The day of a moment is that of UTC.
  {
    dateWaitEnd: (wait) =>
      engine.dateWaitEnd(
        'instant' in wait.date ? { ...wait, date: { date: wait.date.instant.slice(0, 10) } } : wait,
      ),
  },
  // Whoever was born on 29 February waits for the next one, or for 1 March.
  {
    nextDateOccurrence: (value, rule, after, zone) =>
      engine.nextDateOccurrence(String(value).replace('02-29', '03-01'), rule, after, zone),
  },
  // A birthday comes round twice at the same instant.
  {
    nextDateOccurrence: (value, rule, after, zone) =>
      engine.nextDateOccurrence(value, rule, addMillis(after, -1), zone),
  },
  // What the clocks leave out does not take place, as RFC 5545 has it.
  {
    nextOccurrence: (schedule, after, zone) => {
      const found = engine.nextOccurrence(schedule, after, zone);
      if (found === undefined || schedule.every === undefined) return found;
      const minuteBefore = fromMillis(Date.parse(`${found.reading}:00Z`) - 60_000);
      const isLeftOut =
        engine.localInstant(minuteBefore.slice(0, 10), minuteBefore.slice(11, 16), zone) === found.at;
      return isLeftOut ? engine.nextOccurrence(schedule, found.at, zone) : found;
    },
  },
  // Every second week is every week.
  {
    nextOccurrence: ({ every, at }, after, zone) =>
      engine.nextOccurrence(
        { at, every: every && { ...every, rule: every.rule.replace('INTERVAL=2;', '') } },
        after,
        zone,
      ),
  },
  // Of several that were missed the first is made up.
  {
    latestOccurrence: (schedule, after, until, zone) => {
      const first = engine.nextOccurrence(schedule, after, zone);
      return first !== undefined && first.at <= until ? first : undefined;
    },
  },
];

test.each(mistakes.map((mistake) => [Object.keys(mistake)[0] ?? '', mistake] as const))(
  'the proof notices a wrong %s',
  (name, mistake) => {
    const zones = ['America/New_York', 'Asia/Beirut'];
    const { tally } = proveZones({ ...engine, ...mistake }, zones, undefined, PROVERS[name]);
    expect(tally.counts.get(name)?.wrong).toBeGreaterThan(0);
    expect(tally.total().wrong).toBe(tally.counts.get(name)?.wrong);
  },
);
