// Laws of entries by time: nobody enters twice by one occurrence, whatever is repeated, late or lost, and wherever they move;
// and 09:00 on monday is 09:00 on monday in every zone.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import { nextOccurrence } from '#lib/engine/time/occurrences.ts';
import { Bench, at } from '../engine/bench.ts';
import { manifest, pause } from './world/journeys.ts';

const HOUR = 3_600_000;
const DAILY = { rule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0' };
const TRIGGERS: readonly EntryTrigger[] = [
  { kind: 'schedule', zone: 'customer', every: DAILY },
  { kind: 'date', of: 'profile.birthday', repeat: 'yearly', at: '09:00' },
];

function journey(name: string, trigger: EntryTrigger) {
  return manifest(name, { trigger, reentry: { mode: 'always' } }, { rest: pause('1 minute', null) });
}

/** What may happen to one customer: time passes, somebody looks, traits change, an occurrence is asked again. */
const happenings = fc.array(
  fc.record({
    hours: fc.nat({ max: 200 }),
    what: fc.constantFrom('look', 'look', 'event', 'move', 'born', 'ask'),
    zone: fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Tokyo',
      'Pacific/Kiritimati',
      'Pacific/Niue',
    ),
    day: fc.integer({ min: 10, max: 28 }),
  }),
  { maxLength: 40 },
);

describe('each occurrence lets in at most once', () => {
  it.each(TRIGGERS)('$kind', (trigger) => {
    fc.assert(
      fc.property(happenings, (all) => {
        const inZone: EntryTrigger = { kind: 'schedule', zone: 'Europe/Berlin', every: DAILY };
        const ada = new Bench([journey('own', trigger), journey('all', inZone)]);
        ada.identify({ timezone: 'Europe/Berlin', birthday: '1990-03-20' });
        const asked: Instant[] = [];
        for (const { hours, what, zone, day } of all) {
          const before = ada.now;
          ada.wait(hours * HOUR + 1);
          const next = nextOccurrence({ every: DAILY }, before, 'Europe/Berlin')?.at;
          if (next !== undefined && next <= ada.now) asked.push(next);
          if (what === 'event') ada.event('Anything');
          else if (what === 'move') ada.identify({ timezone: zone });
          else if (what === 'born') ada.identify({ birthday: `1990-03-${day}` });
          else ada.decide({ kind: 'time' });
          // Whoever asks may ask all that was ever missed, in any order.
          if (what === 'ask')
            for (const occurrence of asked.toReversed())
              ada.decide({ kind: 'scheduled', journey: 'all', occurrence });
        }
        const entered = ada.log.filter(({ kind }) => kind === 'enters').map(({ event }) => event);
        expect(new Set(entered).size).toBe(entered.length);
        const { created, met = {} } = ada.document;
        for (const { at: last } of Object.values(met)) expect(last >= created).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('"monday 09:00" is monday 09:00', () => {
  const MONDAY = { every: { rule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0' } };

  it('in every zone, over every change of the clocks, once a week', () => {
    const wrong: string[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const clock = new Intl.DateTimeFormat('en', {
        timeZone: zone,
        weekday: 'long',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      let last = at('2026-01-01T00:00:00Z');
      for (let week = 0; week < 56; week += 1) {
        const next = nextOccurrence(MONDAY, last, zone)?.at;
        if (next === undefined) throw new Error(`${zone} has no monday`);
        const shown = clock.format(toMillis(next));
        const days = Math.round((toMillis(next) - toMillis(last)) / (24 * HOUR));
        if (shown !== 'Monday 09:00' || (week > 0 && days !== 7))
          wrong.push(`${zone} ${next} ${shown} ${days}`);
        if (nextOccurrence(MONDAY, addMillis(next, -1), zone)?.at !== next)
          wrong.push(`${zone} ${next} is passed over`);
        last = next;
      }
    }
    expect(wrong).toEqual([]);
  });

  it('02:30 is once on every day, also where the clocks skip it or show it twice', () => {
    const every = { rule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0' };
    let last = at('2026-01-01T00:00:00Z');
    const odd: string[] = [];
    for (let day = 0; day < 365; day += 1) {
      const next = nextOccurrence({ every }, last, 'Europe/Berlin')?.at ?? last;
      const hours = (toMillis(next) - toMillis(last)) / HOUR;
      if (day > 0 && hours !== 24) odd.push(`${next} ${hours}`);
      last = next;
    }
    // 03:00 on the day without 02:30; the first 02:30 of two.
    expect(odd).toEqual([
      '2026-03-29T01:00:00.000Z 23.5',
      '2026-03-30T00:30:00.000Z 23.5',
      '2026-10-26T01:30:00.000Z 25',
    ]);
  });
});
