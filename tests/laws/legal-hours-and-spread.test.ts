// Promise P2 for what the law, the calendar and the spread forbid, over time zones and changes of the clocks: no marketing text is claimed
// outside the legal hours of number and profile nor on a holiday, and what was held back goes out within the opening that it waited for,
// before it expires. The clocks on the walls are read from Intl and not by the engine.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { legalWithDefaults } from '#lib/journey/legal-hours.ts';
import { Bench } from '../engine/bench.ts';
import { letter, manifest, SETTINGS } from './world/journeys.ts';

const HOUR = 3_600_000;

/** Numbers of a place with one zone, and the hours that the law of the place leaves open to texts (Sundays as other days). */
const NUMBERS: readonly (readonly [phone: string, zone: string, from: string, to: string])[] = [
  ['+4915112345678', 'Europe/Berlin', '08:00', '21:00'],
  ['+447400123456', 'Europe/London', '08:00', '21:00'],
  ['+12125550123', 'America/New_York', '08:00', '21:00'],
  ['+13055550123', 'America/New_York', '08:00', '20:00'],
  ['+12065550123', 'America/Los_Angeles', '08:00', '20:00'],
  ['+919876543210', 'Asia/Kolkata', '08:00', '21:00'],
  ['+819012345678', 'Asia/Tokyo', '08:00', '21:00'],
];
const PROFILES = [
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/St_Johns',
];

/** Days around changes of the clocks in both hemispheres and countries, and any other day of four years. */
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-09-27',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
];
const instants = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -36 * HOUR, max: 36 * HOUR }))
    .map(([day, past]) => fromMillis(Date.parse(`${day}T00:00:00Z`) + past)),
  fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 11, 31) }).map((millis) => fromMillis(millis)),
);

const scenarios = fc.record({
  name: fc.string({ minLength: 1, maxLength: 8 }),
  start: instants,
  number: fc.constantFrom(...NUMBERS),
  profile: fc.option(fc.constantFrom(...PROFILES), { nil: undefined }),
  /** Days from the start on that are holidays. */
  holidays: fc.uniqueArray(fc.integer({ min: -1, max: 3 }), { maxLength: 2 }),
  spreadMinutes: fc.constantFrom(0, 1, 15, 240),
  expiresHours: fc.constantFrom(1, 6, 30, 100),
  window: fc.option(fc.constantFrom(['07:00', '07:20'], ['12:00', '12:05'], ['19:50', '22:00']), {
    nil: undefined,
  }),
});

function wallClock(timeZone: string, at: Instant): { readonly date: string; readonly time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const read = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return {
    date: `${read('year')}-${read('month')}-${read('day')}`,
    time: `${read('hour')}:${read('minute')}`,
  };
}

const inside = (time: string, from: string, to: string): boolean => time >= from && time < to;

describe('a marketing text', () => {
  it('is claimed in the legal hours of number and profile, on no holiday, in its window and before it expires', () => {
    let [claims, spread] = [0, 0];
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { name, start, number, profile, spreadMinutes, expiresHours, window } = scenario;
        const [phone, zone, from, to] = number;
        const days = scenario.holidays.map((day) => addMillis(start, day * 24 * HOUR).slice(0, 10));
        const settings: Partial<SendSettings> = {
          channels: ['sms'],
          holidays: ['XX'],
          expires: `${expiresHours} hours`,
          ...(window === undefined
            ? {}
            : {
                windows: {
                  sms: [
                    {
                      on: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
                      from: window[0] ?? '',
                      to: window[1] ?? '',
                    },
                  ],
                },
              }),
        };
        const bench = new Bench(
          [manifest('journey', 'Signed Up', { hello: letter('hello', null, settings) })],
          name,
          {
            ...SETTINGS,
            legal: legalWithDefaults(undefined),
            holidays: new Map([['XX', new Set(days)]]),
            spreadMillis: spreadMinutes * 60_000,
          },
        );
        bench.wait(start);
        bench.identify({ phone, ...(profile === undefined ? {} : { timezone: profile }) });
        bench.event('Signed Up');
        // As the state machine does: it waits until it is told, and asks again. More often than so nothing is put off.
        let deferrals = 0;
        let reached = false;
        for (; deferrals < 10; deferrals += 1) {
          const answer = bench.send('hello', { reached: start });
          reached = answer.kind === 'claim';
          if (answer.kind !== 'leave' || !('until' in answer.details)) break;
          bench.wait(String(answer.details['until']) as Instant);
        }
        expect(deferrals).toBeLessThan(10);
        if (!reached) return;
        claims += 1;
        if (deferrals > 0 && spreadMinutes > 0) spread += 1;
        const wall = wallClock(zone, bench.now);
        expect(inside(wall.time, from, to), `${wall.time} of the number`).toBe(true);
        expect(days, 'holidays of the number').not.toContain(wall.date);
        const there = profile === undefined ? undefined : wallClock(profile, bench.now).time;
        expect(there === undefined || inside(there, '08:00', '21:00'), `${there} of the profile`).toBe(true);
        const isInWindow = window === undefined || inside(wall.time, window[0] ?? '', window[1] ?? '');
        expect(isInWindow, `${wall.time} of the window`).toBe(true);
        expect(toMillis(bench.now) - toMillis(start)).toBeLessThanOrEqual(expiresHours * HOUR);
      }),
      { numRuns: 600 },
    );
    // Neither of the two is rare, or the law says nothing.
    expect(claims).toBeGreaterThan(100);
    expect(spread).toBeGreaterThan(20);
  });
});
