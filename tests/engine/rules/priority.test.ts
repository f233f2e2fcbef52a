// Rule 10: priority acts only where a cap binds.
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

const ONE_A_DAY = { caps: [{ most: 1, per: '1 day', of: 'all' }], expires: '3 days' } as const;
const NIGHT = { from: '21:00', to: '08:00' };

/** A journey that sends at once. */
function journey(
  name: string,
  priority: number,
  settings: Partial<SendSettings> = {},
  event = 'Signed Up',
): UnnamedManifest {
  const caps = [...(settings.caps ?? ONE_A_DAY.caps)];
  return manifest(
    name,
    event,
    {
      [name]: letter(name, 'rest', { ...ONE_A_DAY, ...settings, caps }),
      rest: pause('9 days', null),
    },
    { priority },
  );
}

function bench(...journeys: readonly UnnamedManifest[]): Bench {
  const ada = new Bench(journeys);
  ada.identify(EMAIL);
  ada.event('Signed Up');
  return ada;
}

/** The journey's send is called; where it may, it is sent. */
function call(ada: Bench, name: string): string {
  ada.follow(ada.log.findLast((entry) => entry.kind === 'enters' && entry.journey === name)?.run ?? '');
  const answer = ada.send(name);
  if (answer.kind === 'claim') ada.sent(name);
  return answer.kind === 'leave' ? `${answer.name} ${String(answer.details['until'])}` : answer.kind;
}

const losers = (ada: Bench): unknown[] =>
  ada.log
    .filter(({ kind }) => kind === 'skips' || kind === 'defers')
    .map(({ kind, step, reason, yieldsTo }) => [kind, step, reason, yieldsTo]);

describe('priority', () => {
  it('of two sends that are ready, the higher takes the place, whichever is called first', () => {
    for (const order of [
      ['low', 'high'],
      ['high', 'low'],
    ] as const) {
      const ada = bench(journey('low', 20), journey('high', 80));
      const answers = Object.fromEntries(order.map((name) => [name, call(ada, name)]));
      expect(answers).toEqual({ low: 'plan', high: 'claim' });
      expect(ada.told('sends')).toEqual(['sends high email accepted']);
    }
  });

  it('the log of the loser says who took the place', () => {
    const ada = bench(journey('low', 20), journey('high', 80));
    call(ada, 'low');
    expect(losers(ada)).toEqual([['skips', 'low', 'lower priority', 'high']]);
  });

  it('says the same where the winner was quicker, and the cap where nobody had a better right', () => {
    const quick = bench(journey('low', 20), journey('high', 80));
    expect([call(quick, 'high'), call(quick, 'low')]).toEqual(['claim', 'plan']);
    expect(losers(quick)).toEqual([['skips', 'low', 'lower priority', 'high']]);
    const earlier = bench(journey('high', 80), journey('low', 20, {}, 'Lesson Done'));
    call(earlier, 'high');
    earlier.minutes(1);
    earlier.event('Lesson Done');
    call(earlier, 'low');
    expect(losers(earlier)).toEqual([['skips', 'low', 'frequency cap', undefined]]);
  });

  it('a send of a journey that is held takes no place away, though it was put off for its hour', () => {
    const ada = bench(journey('high', 80, { quietHours: { from: '21:00', to: '12:30' } }));
    expect(call(ada, 'high')).toContain('Deferred');
    ada.deploy([journey('low', 20, {}, 'Looked')]);
    ada.setStatus('high', { status: 'paused', whilePaused: 'hold' });
    ada.event('Looked');
    expect(call(ada, 'low')).toBe('claim');
  });

  it('nobody waits for anybody where there is room for both', () => {
    const two = { caps: [{ most: 2, per: '1 day', of: 'all' as const }] };
    const ada = bench(journey('low', 20, two), journey('high', 80, two));
    expect([call(ada, 'low'), call(ada, 'high')]).toEqual(['claim', 'claim']);
    const three = bench(journey('low', 20, two), journey('high', 80, two), journey('middle', 50, two));
    expect([call(three, 'low'), call(three, 'middle'), call(three, 'high')]).toEqual([
      'plan',
      'claim',
      'claim',
    ]);
  });

  it('nor where the cap counts something else', () => {
    const journeyCap = { caps: [{ most: 1, per: '1 day', of: 'journey' as const }] };
    const ada = bench(journey('low', 20, journeyCap), journey('high', 80, journeyCap));
    expect([call(ada, 'low'), call(ada, 'high')]).toEqual(['claim', 'claim']);
  });

  it('what is claimed is not recalled', () => {
    const ada = bench(journey('low', 20), journey('high', 80, {}, 'Lesson Done'));
    expect(call(ada, 'low')).toBe('claim');
    ada.event('Lesson Done');
    expect(call(ada, 'high')).toBe('plan');
    expect(losers(ada)).toEqual([['skips', 'high', 'frequency cap', undefined]]);
  });

  it('ties go to the one that was ready first, then to the journey id', () => {
    const later = bench(journey('b', 50), journey('a', 50, {}, 'Lesson Done'));
    later.minutes(1);
    later.event('Lesson Done');
    expect([call(later, 'a'), call(later, 'b')]).toEqual(['plan', 'claim']);
    const together = bench(journey('b', 50), journey('a', 50));
    expect([call(together, 'b'), call(together, 'a')]).toEqual(['plan', 'claim']);
  });

  it('with "wait" the loser asks again after the winner, and takes the place if that one was skipped', () => {
    const waits = { ifCapped: 'wait' as const };
    const ada = bench(journey('low', 20, waits), journey('high', 80));
    expect(call(ada, 'low')).toBe('Deferred 2026-03-02T10:01:00.000Z');
    ada.event('Consent Changed', { topic: 'updates', channel: 'email', granted: false });
    expect(call(ada, 'high')).toBe('plan');
    ada.wait(1000);
    ada.event('Consent Changed', { topic: 'updates', channel: 'email', granted: true });
    ada.wait(at('2026-03-02T10:01:00Z'));
    expect(call(ada, 'low')).toBe('claim');
    const taken = bench(journey('low', 20, waits), journey('high', 80));
    call(taken, 'low');
    call(taken, 'high');
    taken.wait(at('2026-03-02T10:01:00Z'));
    expect(call(taken, 'low')).toBe('Deferred 2026-03-03T10:00:00.000Z');
  });

  it('one that is put off to the morning keeps its place from a lower one in the evening', () => {
    const ada = new Bench([journey('low', 20), journey('high', 80, { quietHours: NIGHT })]);
    ada.identify(EMAIL);
    // 22:30 in Berlin.
    ada.wait(at('2026-03-02T21:30:00Z'));
    ada.event('Signed Up');
    expect(call(ada, 'high')).toBe('Deferred 2026-03-03T07:00:00.000Z');
    expect(call(ada, 'low')).toBe('plan');
    ada.wait(at('2026-03-03T07:00:00Z'));
    expect(call(ada, 'high')).toBe('claim');
  });

  it('but not where the place will be free again by then', () => {
    const hourly = { caps: [{ most: 1, per: '1 hour', of: 'all' as const }] };
    const ada = new Bench([
      journey('low', 20, hourly),
      journey('high', 80, { ...hourly, quietHours: NIGHT }),
    ]);
    ada.identify(EMAIL);
    ada.wait(at('2026-03-02T21:30:00Z'));
    ada.event('Signed Up');
    call(ada, 'high');
    expect(call(ada, 'low')).toBe('claim');
  });

  it.each([
    ['has no consent', { topic: 'news' }],
    ['is skipped in quiet hours', { quietHours: { from: '09:00', to: '12:00' }, ifQuiet: 'skip' as const }],
    ['expires before it can go out', { quietHours: { from: '09:00', to: '15:00' }, expires: '1 hour' }],
    ['is transactional', { class: 'transactional' as const }],
  ])('a send that %s takes no place from anybody', (_, settings) => {
    const ada = bench(journey('low', 20), journey('high', 80, settings));
    expect(call(ada, 'low')).toBe('claim');
  });

  it('a send that should have come ten minutes ago is not waited for', () => {
    const ada = bench(journey('high', 80), journey('low', 20, {}, 'Lesson Done'));
    ada.minutes(10);
    ada.event('Lesson Done');
    expect(call(ada, 'low')).toBe('plan');
    const late = bench(journey('high', 80), journey('low', 20, {}, 'Lesson Done'));
    late.minutes(11);
    late.event('Lesson Done');
    expect(call(late, 'low')).toBe('claim');
  });

  it('a send behind a wait is ready when the wait is over, and not before', () => {
    const waits = manifest(
      'high',
      'Signed Up',
      {
        rest: pause('1 hour', 'high'),
        high: letter('high', null, { ...ONE_A_DAY, caps: [...ONE_A_DAY.caps] }),
      },
      { priority: 80 },
    );
    const before = new Bench([waits, journey('low', 20, {}, 'Lesson Done')]);
    before.identify(EMAIL);
    before.event('Signed Up');
    before.minutes(59);
    before.event('Lesson Done');
    expect(call(before, 'low')).toBe('claim');
    const after = new Bench([waits, journey('low', 20, {}, 'Lesson Done')]);
    after.identify(EMAIL);
    after.event('Signed Up');
    after.minutes(60);
    after.event('Lesson Done');
    expect(call(after, 'low')).toBe('plan');
  });
});
