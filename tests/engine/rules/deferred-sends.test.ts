// What happens to a customer while a message of theirs is put off: it keeps its instant, and is decided there by what is true by then.
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { SETTINGS, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

// Berlin is at UTC+1: half past nine in the evening, and eight in the morning.
const EVENING = at('2026-03-02T20:30:00Z');
const MORNING = at('2026-03-03T07:00:00Z');
const NIGHT = { from: '21:00', to: '08:00' };
const PHONE = { phone: '+4915112345678' };

/** A message that the night has put off until the morning. */
function atNight(settings: Partial<SendSettings> = {}, traits: Record<string, unknown> = EMAIL): Bench {
  const hello = letter('hello', 'rest', { quietHours: NIGHT, expires: '5 days', ...settings });
  const ada = new Bench([manifest('journey', 'Signed Up', { hello, rest: pause('9 days', null) })]);
  ada.identify(traits);
  ada.wait(EVENING);
  ada.event('Signed Up');
  expect(ada.send('hello')).toMatchObject({ name: 'Deferred', details: { until: MORNING } });
  return ada;
}

/** Nothing has moved the instant; what the send answers there. */
function inTheMorning(ada: Bench) {
  expect(ada.run.deferred?.until).toBe(MORNING);
  ada.wait(MORNING);
  return ada.send('hello');
}

describe('a message that quiet hours have put off', () => {
  it.each([
    ['Consent Changed', { topic: 'updates', granted: false }, 'no consent'],
    ['Message Unsubscribed', { topic: '*' }, 'unsubscribed from everything'],
    ['Preferences Changed', { pausedUntil: '2026-04-01T00:00:00Z' }, 'paused by customer'],
    ['Suppression Added', { channel: 'email', reason: 'complaint' }, 'suppressed'],
  ])('is not sent after %s', (event, properties, reason) => {
    const ada = atNight();
    ada.minutes(60);
    ada.event(event, properties);
    expect(inTheMorning(ada)).toMatchObject({ kind: 'plan' });
    expect(ada.told('skips')).toEqual([`skips hello email ${reason}`]);
  });

  it('goes by the channel that is open by then', () => {
    const ada = atNight({ channels: ['email', 'sms'] }, { ...EMAIL, ...PHONE });
    ada.event('Suppression Added', { channel: 'email', reason: 'bounce' });
    expect(inTheMorning(ada)).toMatchObject({ kind: 'claim', channel: 'sms' });
  });

  it('goes to the address of then', () => {
    const ada = atNight();
    ada.identify({ email: 'ada@new.example' });
    expect(inTheMorning(ada)).toMatchObject({ kind: 'claim', to: ['ada@new.example'] });
  });

  it('is put off once more where it is night in the zone of then', () => {
    const ada = atNight();
    ada.identify({ timezone: 'America/New_York' });
    expect(inTheMorning(ada)).toMatchObject({
      name: 'Deferred',
      details: { until: '2026-03-03T13:00:00.000Z' },
    });
  });

  it('is gone at once where the run ends', () => {
    const hello = letter('hello', 'rest', { quietHours: NIGHT, expires: '5 days' });
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { hello, rest: pause('9 days', null) },
        { exits: [{ event: 'Order Completed', reason: 'ordered' }] },
      ),
    ]);
    ada.identify(EMAIL);
    ada.wait(EVENING);
    ada.event('Signed Up');
    ada.send('hello');
    ada.event('Order Completed');
    expect(ada.told('exits')).toEqual(['exits ordered']);
    ada.wait(MORNING);
    expect(ada.send('hello')).toMatchObject({ name: 'RunEnded' });
  });
});

/** The place of this week is taken; the second message waits for the next. */
function waiting(): Bench {
  const hello = letter('hello', 'again', { expires: '60 days' });
  const again = letter('again', 'rest', { expires: '60 days', ifCapped: 'wait' });
  const ada = new Bench([manifest('journey', 'Signed Up', { hello, again, rest: pause('9 days', null) })]);
  ada.identify(EMAIL);
  ada.event('Signed Up');
  ada.event('Preferences Changed', { frequency: 'weekly' });
  ada.send('hello');
  ada.sent('hello');
  ada.minutes(60);
  expect(ada.send('again')).toMatchObject({
    name: 'Deferred',
    details: { until: '2026-03-09T10:00:00.000Z' },
  });
  return ada;
}

describe('a message that a cap has put off', () => {
  it('keeps its instant where the customer wants more meanwhile: nobody is written to because they changed a setting', () => {
    const ada = waiting();
    ada.event('Preferences Changed', { frequency: 'all' });
    expect(ada.run.deferred?.until).toBe('2026-03-09T10:00:00.000Z');
    ada.wait(at('2026-03-09T10:00:00Z'));
    expect(ada.send('again')).toMatchObject({ kind: 'claim' });
  });

  it('waits on where they want less', () => {
    const ada = waiting();
    ada.event('Preferences Changed', { frequency: 'monthly' });
    ada.wait(at('2026-03-09T10:00:00Z'));
    // A month on the customer's calendar, whose clock has gone forward by then.
    expect(ada.send('again')).toMatchObject({
      name: 'Deferred',
      details: { until: '2026-04-02T09:00:00.000Z' },
    });
  });

  it('keeps its instant where the customer reacts and fatigue is over', () => {
    const hello = letter('hello', 'again', { expires: '60 days' });
    const again = letter('again', 'rest', { expires: '60 days', ifCapped: 'wait' });
    const ada = new Bench(
      [manifest('journey', 'Signed Up', { hello, again, rest: pause('9 days', null) })],
      'ada',
      { ...SETTINGS, fatigue: [{ channel: 'email', after: 1, most: 1, per: '1 week' }] },
    );
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.send('hello');
    ada.sent('hello');
    ada.minutes(60);
    const until = '2026-03-09T10:00:00.000Z';
    expect(ada.send('again')).toMatchObject({ name: 'Deferred', details: { until } });
    ada.event('Message Opened', { message: 'hello' });
    expect(ada.run.deferred?.until).toBe(until);
    ada.wait(at(until));
    expect(ada.send('again')).toMatchObject({ kind: 'claim' });
  });
});
