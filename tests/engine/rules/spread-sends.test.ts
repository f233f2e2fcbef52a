// Sends that were held back together go out one after the other; a wait that a deferral is folded into ends with it.
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { letter, manifest, pause, SETTINGS } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

const NIGHT = { quietHours: { from: '21:00', to: '08:00' } } satisfies Partial<SendSettings>;
const QUARTER = { ...SETTINGS, spreadMillis: 15 * 60_000 };

function late(name: string, settings: Partial<SendSettings>): Bench {
  const bench = new Bench(
    [manifest('journey', 'Signed Up', { hello: letter('hello', null, settings) })],
    name,
    QUARTER,
  );
  bench.wait(at('2026-03-02T22:00:00Z'));
  bench.identify(EMAIL);
  bench.event('Signed Up');
  return bench;
}

const until = (answer: ReturnType<Bench['send']>): string =>
  answer.kind === 'leave' ? String(answer.details['until']) : answer.kind;

describe('sends that quiet hours hold back', () => {
  it('go out in the quarter of an hour behind them, each customer at an instant of their own, and only once put off', () => {
    const instants = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      const bench = late(`customer ${count}`, NIGHT);
      const opens = until(bench.send('hello'));
      expect(opens >= '2026-03-03T07:00:00.000Z' && opens < '2026-03-03T07:15:00.000Z').toBe(true);
      instants.add(opens);
      bench.wait(at(opens));
      expect(bench.send('hello')).toMatchObject({ kind: 'claim' });
    }
    expect(instants.size).toBeGreaterThan(15);
  });

  it('never go out behind a window that is shorter, nor behind their expiry', () => {
    const windows = {
      email: [{ on: ['tuesday'], from: '08:00', to: '08:03' }],
    } satisfies SendSettings['windows'];
    for (let count = 0; count < 20; count += 1) {
      const short = until(late(`customer ${count}`, { ...NIGHT, windows }).send('hello'));
      expect(short >= '2026-03-03T07:00:00.000Z' && short < '2026-03-03T07:03:00.000Z').toBe(true);
      const expires = '2026-03-03T07:01:00.000Z';
      expect(until(late(`customer ${count}`, { ...NIGHT, expires }).send('hello')) <= expires).toBe(true);
    }
  });
});

describe('a wait before such a send', () => {
  it('ends at the instant at which the send may go out, so that it is not put off once more', () => {
    for (let count = 0; count < 10; count += 1) {
      const journey = manifest('journey', 'Signed Up', {
        rest: pause('12 hours', 'hello'),
        hello: letter('hello', null, NIGHT),
      });
      const bench = new Bench([journey], `customer ${count}`, QUARTER);
      bench.wait(at('2026-03-02T10:00:00Z'));
      bench.identify(EMAIL);
      bench.event('Signed Up');
      const ends = at(String(bench.run.first.until));
      expect(ends >= '2026-03-03T07:00:00.000Z' && ends < '2026-03-03T07:15:00.000Z').toBe(true);
      bench.wait(ends);
      expect(bench.send('hello', { reached: ends })).toMatchObject({ kind: 'claim' });
      expect(bench.log.filter(({ kind }) => kind === 'defers')).toMatchObject([
        { reason: 'quiet hours', until: ends, at: '2026-03-02T22:00:00.000Z' },
      ]);
    }
  });
});

describe('public holidays', () => {
  it('are closed like days that are written, one after the other and in the zone of the customer', () => {
    const settings = {
      ...SETTINGS,
      holidays: new Map([['DE', new Set(['2026-12-25', '2026-12-26', '2027-01-01'])]]),
    };
    const journey = manifest('journey', 'Signed Up', {
      hello: letter('hello', null, { holidays: ['DE'], expires: '5 days' }),
    });
    const bench = new Bench([journey], 'ada', settings);
    bench.wait(at('2026-12-24T23:30:00Z'));
    bench.identify(EMAIL);
    bench.event('Signed Up');
    expect(until(bench.send('hello'))).toBe('2026-12-26T23:00:00.000Z');
    expect(bench.told('defers')).toEqual(['defers hello email public holiday']);
  });
});
