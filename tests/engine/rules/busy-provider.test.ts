// A provider that asks to try later: when it is asked again, and what an attempt that comes meanwhile is told.
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { toMillis } from '#lib/contracts/time.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { before } from './before-send.ts';

function deferredUntil(answer: ReturnType<Bench['send']>): unknown {
  return answer.kind === 'leave' && answer.name === 'Deferred' ? answer.details['until'] : answer;
}

/** Minutes between one try and the next, for a send that nobody takes for so long. */
function pauses(settings: Partial<SendSettings>): number[] {
  const ada = before(settings, EMAIL, { rest: pause('1 hour', null) });
  const minutes: number[] = [];
  for (;;) {
    ada.send('hello');
    const until = deferredUntil(ada.sent('hello', 'try later'));
    if (typeof until !== 'string') return minutes;
    minutes.push((toMillis(at(until)) - toMillis(ada.now)) / 60_000);
    ada.wait(at(until));
  }
}

describe('a provider that stays busy', () => {
  it('is asked ever more rarely, up to each half hour, and a day of it costs some fifty calls', () => {
    const minutes = pauses({ expires: '1 day' });
    expect(minutes[0]).toBe(1);
    for (const [index, delay] of [2, 4, 8, 16, 30, 30, 30].entries()) {
      expect(minutes[index + 1]).toBeGreaterThanOrEqual(delay);
      expect(minutes[index + 1]).toBeLessThanOrEqual(delay * 1.1 + 1 / 60);
    }
    expect(minutes.length).toBeGreaterThan(45);
    expect(minutes.length).toBeLessThan(55);
  });

  it('sends that were put off together do not come back together, and each always at the same instant', () => {
    const ada = new Bench([
      manifest(
        'journey',
        { event: 'Signed Up', reentry: { mode: 'always' } },
        { hello: letter('hello', null) },
      ),
    ]);
    ada.identify(EMAIL);
    const [one, other] = [ada.event('Signed Up'), ada.event('Signed Up')].map(
      ({ log }) => log.find(({ kind }) => kind === 'enters')?.run ?? '',
    );
    const second = (run = ''): unknown => {
      ada.follow(run);
      ada.send('hello');
      return deferredUntil(ada.sent('hello', 'try later'));
    };
    expect(second(one)).toBe(second(other));
    ada.minutes(1);
    expect(second(one)).not.toBe(second(other));
    expect(pauses({ expires: '2 hours' })).toEqual(pauses({ expires: '2 hours' }));
  });

  it('its message expires from when the step was first reached, through all deferrals; the last try is just before that', () => {
    const ada = before({ expires: '3 minutes' }, EMAIL, { rest: pause('1 hour', null) });
    const tries: unknown[] = [];
    for (let count = 0; count < 2; count += 1) {
      ada.send('hello');
      tries.push(deferredUntil(ada.sent('hello', 'try later')));
      ada.wait(at(String(tries[count])));
    }
    expect(tries).toEqual(['2026-03-02T10:01:00.000Z', '2026-03-02T10:02:59.000Z']);
    ada.send('hello');
    expect(ada.sent('hello', 'try later').kind).toBe('plan');
    expect(ada.told('skips')).toEqual(['skips hello email expired']);
  });
});

describe('attempts that were given up', () => {
  it('one that may have sent it is believed by its report, also while a later one is put off: nothing is sent again', () => {
    const ada = before({ class: 'transactional' }, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello');
    ada.sent('hello', 'unknown');
    ada.send('hello', { attempt: 1 });
    ada.sent('hello', 'try later', { attempt: 1 });
    const [send] = ada.document.sends;
    expect(send).toMatchObject({ state: 'unknown' });
    ada.event('Message Delivered', { send: send?.key });
    expect(ada.document.sends).toMatchObject([{ state: 'accepted' }]);
    ada.minutes(1);
    expect(ada.send('hello').kind).toBe('plan');
  });

  it('one claims nothing while the send is put off', () => {
    const ada = before({ class: 'transactional' }, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello', { attempt: 1 });
    const until = deferredUntil(ada.sent('hello', 'try later', { attempt: 1 }));
    ada.wait(20_000);
    // Of the attempt before, and of one after whose caller has not heard that it was put off.
    for (const attempt of [0, 2]) expect(deferredUntil(ada.send('hello', { attempt }))).toBe(until);
    expect(ada.document.sends).toEqual([]);
    ada.minutes(1);
    expect(ada.send('hello').kind).toBe('claim');
  });

  it('one that claims when the send is tried again does not end the run', () => {
    const ada = before({ class: 'transactional' }, EMAIL, { rest: pause('1 hour', null) });
    ada.send('hello', { attempt: 1 });
    ada.sent('hello', 'try later', { attempt: 1 });
    ada.minutes(1);
    expect(ada.send('hello', { attempt: 3 }).kind).toBe('claim');
    // The machine counts its attempts anew: it comes again until the other is settled.
    expect(ada.send('hello', { attempt: 0 })).toMatchObject({ kind: 'fault', name: 'ProviderUnavailable' });
    ada.sent('hello', 'accepted', { attempt: 3 });
    expect(ada.send('hello', { attempt: 1 }).kind).toBe('plan');
    expect(ada.told('sends', 'exits', 'fails')).toEqual(['sends hello email accepted']);
  });
});
