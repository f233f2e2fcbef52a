// Windows and closed days: when a send is put off to, and what is left of it where nothing opens in time.
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { before } from './before-send.ts';

const PHONE = { phone: '+4915112345678' };

function deferredUntil(answer: ReturnType<Bench['send']>): unknown {
  return answer.kind === 'leave' && answer.name === 'Deferred' ? answer.details['until'] : answer;
}

function deferrals(ada: Bench): unknown[] {
  return ada.log.filter(({ kind }) => kind === 'defers').map(({ reason, until }) => [reason, until]);
}

describe('windows and closed days', () => {
  const OFFICE: SendSettings['windows'] = {
    email: [{ on: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from: '09:00', to: '18:00' }],
  };

  it('put a send off to the next opening, with quiet hours to the first instant that fulfils both', () => {
    // Friday, 19:00 in Berlin.
    for (const [quietHours, opens] of [
      [undefined, '2026-03-09T08:00:00.000Z'],
      [{ from: '21:00', to: '09:30' }, '2026-03-09T08:30:00.000Z'],
    ] as const) {
      const ada = before({ windows: OFFICE, expires: '4 days', ...(quietHours && { quietHours }) });
      ada.wait(at('2026-03-06T18:00:00Z'));
      expect(deferredUntil(ada.send('hello'))).toBe(opens);
      expect(deferrals(ada)).toEqual([['outside the windows', opens]]);
      ada.wait(at(opens));
      expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
    }
  });

  it('skip it where it would expire before, or with "skip"', () => {
    const expires = before({ windows: OFFICE, expires: '2 days' });
    expires.wait(at('2026-03-06T18:00:00Z'));
    expires.send('hello');
    expect(expires.told('skips')).toEqual(['skips hello email expired']);
    const skips = before({ closed: [{ from: '2026-03-02', to: '2026-03-02' }], ifQuiet: 'skip' });
    skips.send('hello');
    expect(skips.told('skips')).toEqual(['skips hello email closed day']);
  });

  it('are those of the customer: a day is closed where it is that day', () => {
    const closed = { closed: [{ from: '2026-03-02', to: '2026-03-02' }], expires: '2 days' };
    // 10:00 in UTC is the evening of the second of March in Tokyo and still the night before in Samoa.
    expect(deferredUntil(before(closed, { ...EMAIL, timezone: 'Asia/Tokyo' }).send('hello'))).toBe(
      '2026-03-02T15:00:00.000Z',
    );
    expect(before(closed, { ...EMAIL, timezone: 'Pacific/Pago_Pago' }).send('hello')).toMatchObject({
      kind: 'claim',
    });
  });

  it('of a text message hold in the zone of the number as well', () => {
    const windows = {
      sms: [{ on: ['monday', 'tuesday'], from: '09:00', to: '18:00' }],
    } satisfies SendSettings['windows'];
    const newYork = { ...PHONE, timezone: 'America/New_York' };
    // 11:00 in Berlin is five in the morning in New York: 14:00Z is in both windows.
    expect(deferredUntil(before({ windows, channels: ['sms'] }, newYork).send('hello'))).toBe(
      '2026-03-02T14:00:00.000Z',
    );
  });

  it('a channel without windows is taken instead', () => {
    const ada = before({ windows: OFFICE, channels: ['email', 'inapp'] });
    ada.wait(at('2026-03-06T18:00:00Z'));
    expect(ada.send('hello')).toMatchObject({ channel: 'inapp' });
  });

  it('do not hold back what is transactional', () => {
    const ada = before({
      windows: OFFICE,
      closed: [{ from: '2026-03-01', to: '2026-03-31' }],
      class: 'transactional',
    });
    ada.wait(at('2026-03-06T18:00:00Z'));
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
  });

  it('after a wait: Monday 18:00 and two days is Wednesday 18:00, and the window opens on Thursday at nine (C26)', () => {
    const night = letter('night', 'rest', { windows: OFFICE, expires: '1 day' });
    const ada = new Bench([
      manifest('journey', 'Signed Up', {
        wait: pause('2 days', 'night'),
        night,
        rest: pause('2 days', null),
      }),
    ]);
    ada.wait(at('2026-03-02T17:00:00Z'));
    ada.identify(EMAIL);
    ada.event('Signed Up');
    const opens = at('2026-03-05T08:00:00Z');
    // One wait and not two: the opening is folded into the wait before.
    expect(ada.run.first.until).toBe(opens);
    ada.wait(opens);
    ada.send('night', { reached: opens });
    expect(deferrals(ada)).toEqual([['outside the windows', opens]]);
    // The next wait counts from the send.
    expect(ada.sent('night')).toMatchObject({ plan: { until: at('2026-03-07T08:00:00Z') } });
  });

  it('are folded into the wait before where they open within a week; later ones are a deferral of their own', () => {
    for (const [to, until] of [
      ['2026-03-10', '2026-03-10T23:00:00.000Z'],
      ['2026-03-11', '2026-03-04T10:00:00.000Z'],
    ]) {
      const closed = [{ from: '2026-03-04', to: to ?? '' }];
      const night = letter('night', null, { closed, expires: '30 days' });
      const ada = new Bench([manifest('journey', 'Signed Up', { wait: pause('2 days', 'night'), night })]);
      ada.identify(EMAIL);
      ada.event('Signed Up');
      expect(ada.run.first.until).toBe(until);
    }
  });
});
