// What customers have said themselves: how often they want to hear of us, and until when not at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { before } from './before-send.ts';

const CHANGED = 'Preferences Changed';

/** Signs up once more and calls the send of the new run. */
function again(ada: Bench): ReturnType<Bench['send']> {
  ada.event('Signed Up');
  ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
  const answer = ada.send('hello');
  if (answer.kind === 'claim') ada.sent('hello');
  return answer;
}

const frequent = (settings: Partial<SendSettings> = {}): Bench => before({ expires: '60 days', ...settings });

/** A journey that sends at once. */
function one(
  name: string,
  priority: number,
  event: string,
  settings: Partial<SendSettings> = {},
): UnnamedManifest {
  return manifest(
    name,
    event,
    { [name]: letter(name, 'rest', { expires: '9 days', ...settings }), rest: pause('9 days', null) },
    { priority },
  );
}

describe('a pause', () => {
  it('skips marketing until it is over, and runs go on', () => {
    const ada = before({}, EMAIL, { rest: pause('1 day', null) });
    ada.event(CHANGED, { pausedUntil: '2026-03-03T10:00:00Z' });
    expect(ada.send('hello')).toMatchObject({ kind: 'plan' });
    expect(ada.told('skips')).toEqual(['skips hello email paused by customer']);
    expect(Object.values(ada.document.runs)[0]?.over).toBeUndefined();
    ada.wait(at('2026-03-03T09:59:59.999Z'));
    expect(again(ada)).toMatchObject({ kind: 'plan' });
    ada.wait(at('2026-03-03T10:00:00Z'));
    expect(again(ada)).toMatchObject({ kind: 'claim' });
  });

  it('ends when the customer says so', () => {
    const ada = before({});
    ada.event(CHANGED, { pausedUntil: '2026-04-03T10:00:00Z' });
    ada.minutes(1);
    ada.event(CHANGED, { pausedUntil: null });
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
  });

  it('does not concern transactional messages', () => {
    const ada = before({ class: 'transactional' });
    ada.event(CHANGED, { pausedUntil: '2026-04-03T10:00:00Z' });
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
  });

  it('nobody is less reachable by it: what asks for consent and address finds them', () => {
    const reachable = manifest(
      'journey',
      'Signed Up',
      { rest: pause('9 days', null) },
      { exits: [{ when: { not: { reachable: 'email', topic: 'updates' } }, reason: 'unreachable' }] },
    );
    const ada = new Bench([reachable]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.event(CHANGED, { pausedUntil: '2026-04-03T10:00:00Z' });
    expect(ada.told('exits')).toEqual([]);
  });
});

describe('a frequency that the customer has chosen', () => {
  it.each([
    ['daily', '2026-03-03T10:00:00.000Z'],
    ['weekly', '2026-03-09T10:00:00.000Z'],
    // A month on the calendar of a customer whose clock has gone forward by then: 10:00 in Berlin would be 09:00.
    ['monthly', '2026-04-02T09:00:00.000Z'],
  ])('%s is one message in any such period, of whatever journey', (frequency, until) => {
    const ada = frequent({ ifCapped: 'wait' });
    ada.event(CHANGED, { frequency });
    expect(again(ada)).toMatchObject({ kind: 'claim' });
    ada.minutes(30);
    expect(again(ada)).toMatchObject({ name: 'Deferred', details: { until } });
    expect(ada.log.findLast(({ kind }) => kind === 'defers')?.reason).toBe(
      'frequency chosen by the customer',
    );
  });

  it('is obeyed as the step says: skipped where it does not wait', () => {
    const ada = frequent();
    ada.event(CHANGED, { frequency: 'weekly' });
    again(ada);
    again(ada);
    expect(ada.told('skips')).toEqual(['skips hello email frequency chosen by the customer']);
  });

  it('no longer holds when they want everything again', () => {
    const ada = frequent();
    ada.event(CHANGED, { frequency: 'monthly' });
    again(ada);
    ada.minutes(1);
    ada.event(CHANGED, { frequency: 'all' });
    expect(again(ada)).toMatchObject({ kind: 'claim' });
  });

  it('what counts for it is remembered for as long as it counts', () => {
    const ada = frequent();
    ada.event(CHANGED, { frequency: 'monthly' });
    again(ada);
    for (let day = 0; day < 29; day += 1) {
      ada.wait(86_400_000);
      ada.identify({ plan: `day ${day}` });
    }
    again(ada);
    expect(ada.told('skips')).toEqual(['skips hello email frequency chosen by the customer']);
    ada.wait(3 * 86_400_000);
    expect(again(ada)).toMatchObject({ kind: 'claim' });
  });

  it('of two sends for the one place the higher priority takes it', () => {
    const ada = new Bench([one('low', 20, 'Signed Up'), one('high', 80, 'Signed Up')]);
    ada.identify(EMAIL);
    ada.event(CHANGED, { frequency: 'daily' });
    ada.event('Signed Up');
    ada.follow(ada.log.find(({ kind, journey }) => kind === 'enters' && journey === 'low')?.run ?? '');
    ada.send('low');
    expect(ada.log.find(({ kind }) => kind === 'skips')).toMatchObject({
      reason: 'lower priority',
      yieldsTo: 'high',
    });
  });

  it('one that was put off before the customer chose keeps its right to the place', () => {
    const quiet = { quietHours: { from: '09:00', to: '12:00' } };
    const ada = new Bench([one('high', 80, 'Signed Up', quiet), one('low', 20, 'Looked')]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    expect(ada.send('high')).toMatchObject({ name: 'Deferred' });
    ada.event(CHANGED, { frequency: 'daily' });
    ada.event('Looked');
    ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
    ada.send('low');
    expect(ada.log.find(({ kind }) => kind === 'skips')).toMatchObject({
      reason: 'lower priority',
      yieldsTo: 'high',
    });
  });
});

describe('Preferences Changed', () => {
  const said = fc.record(
    {
      frequency: fc.constantFrom('all', 'daily', 'weekly', 'monthly'),
      pausedUntil: fc.constantFrom(null, '2026-03-05T10:00:00Z', '2026-05-05T10:00:00Z'),
    },
    { requiredKeys: [] },
  );

  it('leaves the same in whatever order it arrives: of each the latest by its own time', () => {
    const changes = fc.array(fc.record({ minute: fc.nat({ max: 3 }), said }), { maxLength: 6 });
    const told = changes.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(told, ([all, shuffled]) => {
        const left = [all, shuffled].map((events) => {
          const ada = before({});
          const start = Date.parse(ada.now);
          ada.minutes(10);
          for (const { minute, said: properties } of events)
            ada.event(CHANGED, properties, { at: at(new Date(start + minute * 60_000).toISOString()) });
          return ada.document.preferences;
        });
        expect(left[0]).toEqual(left[1]);
      }),
    );
  });

  it('changes what it names and leaves the rest', () => {
    const ada = before({});
    ada.event(CHANGED, { frequency: 'weekly' });
    ada.minutes(1);
    ada.event(CHANGED, { pausedUntil: '2026-03-05T10:00:00Z' });
    expect(ada.document.preferences).toMatchObject({
      frequency: { value: 'weekly' },
      pausedUntil: { value: '2026-03-05T10:00:00.000Z' },
    });
  });

  it.each([{}, { frequency: 'hourly' }, { frequency: 'daily', pausedUntil: 'soon' }, { pausedUntil: 12 }])(
    'is passed over as a whole where it cannot be understood: %j',
    (properties) => {
      const ada = before({});
      ada.event(CHANGED, properties);
      expect(ada.document.preferences).toBeUndefined();
      expect(ada.log.at(-1)).toMatchObject({ kind: 'ignores', reason: 'preferences not understood' });
    },
  );
});
