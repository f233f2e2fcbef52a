import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

function sent(): Bench {
  const flow = { hello: letter('hello', 'rest'), rest: pause('9 days', 'bye'), bye: letter('bye', null) };
  const ada = new Bench([manifest('journey', 'Signed Up', flow)]);
  ada.identify({ email: 'old@example.com' });
  ada.event('Signed Up');
  ada.send('hello');
  ada.sent('hello');
  ada.minutes(1);
  return ada;
}

function reports(ada: Bench): string[] {
  return Object.keys(ada.document.sends[0]?.reports ?? {});
}

describe('reports', () => {
  it('name their send, or their message alone: then it is the latest send of that message', () => {
    const ada = sent();
    ada.event('Message Delivered', { send: ada.document.sends[0]?.key });
    ada.event('Message Opened', { message: 'hello' });
    ada.event('Message Clicked', { message: 'hello', channel: 'sms' });
    ada.event('Message Clicked', { message: 'other' });
    expect(reports(ada)).toEqual(['delivered', 'opened']);
  });

  it('keep the first instant, whatever the order of arrival', () => {
    const ada = sent();
    const first = addMillis(ada.now, -1000);
    ada.event('Message Opened', { message: 'hello' });
    ada.event('Message Opened', { message: 'hello' }, { at: first });
    expect(ada.document.sends[0]?.reports).toEqual({ opened: first });
  });

  it('opens and clicks by machines do not count', () => {
    const ada = sent();
    ada.event('Message Opened', { message: 'hello', machine: true });
    ada.event('Message Clicked', { message: 'hello', link: 'https://shop.example', machine: true });
    expect(reports(ada)).toEqual([]);
  });

  it.each([
    ['hard', ['bounced', 'hardBounced'], true],
    ['soft', ['bounced', 'softBounced'], false],
  ])('a %s bounce', (type, kinds, suppresses) => {
    const ada = sent();
    ada.event('Message Bounced', { message: 'hello', type });
    expect(reports(ada)).toEqual(kinds);
    expect(ada.send('bye').kind === 'claim').toBe(!suppresses);
  });
});

describe('suppression', () => {
  it('a bounce belongs to its address, whether the new one was heard of before or after', () => {
    for (const bounceFirst of [true, false]) {
      const ada = sent();
      const bounced = (): unknown =>
        ada.event(
          'Message Bounced',
          { message: 'hello', type: 'hard' },
          { id: 'b', at: addMillis(ada.now, -30_000) },
        );
      if (bounceFirst) bounced();
      ada.identify({ email: 'new@example.com' });
      bounced();
      expect(ada.send('bye')).toMatchObject({ kind: 'claim', to: ['new@example.com'] });
      ada.identify({ email: 'old@example.com' }, { at: addMillis(ada.now, 1) });
      ada.send('bye', { unsent: true });
      expect(ada.told('skips')).toEqual(['skips bye email suppressed']);
    }
  });

  it('a complaint stays with the customer: no bounce and no new address ends it', () => {
    for (const [first, second] of [
      ['Message Complained', 'Message Bounced'],
      ['Message Bounced', 'Message Complained'],
    ] as const) {
      const ada = sent();
      ada.event(first, { message: 'hello', type: 'hard' });
      ada.minutes(1);
      ada.event(second, { message: 'hello', type: 'hard' }, { at: addMillis(ada.now, -120_000) });
      ada.identify({ email: 'new@example.com' });
      ada.send('bye');
      expect(ada.told('skips')).toEqual(['skips bye email suppressed']);
    }
  });

  it('of a channel that there is not is not kept', () => {
    const ada = sent();
    for (const channel of ['pigeon', '__proto__', 7]) ada.event('Message Complained', { channel });
    expect(ada.document.suppressed).toEqual({});
  });
});
