import { describe, expect, it } from 'vitest';
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';
import { before } from './before-send.ts';

const capped = (
  most: number,
  of: 'journey' | 'topic' | 'channel' | 'all',
  per?: string,
): Partial<SendSettings> => ({
  caps: [{ most, of, ...(per === undefined ? {} : { per }) }],
  expires: '9 days',
});

/** Two runs side by side: the first has sent, the second asks. */
function second(settings: Partial<SendSettings>, minutes: number): ReturnType<Bench['send']> {
  const ada = before(settings);
  ada.send('hello');
  ada.sent('hello');
  ada.event('Signed Up');
  ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
  ada.minutes(minutes);
  return ada.send('hello');
}

describe('caps', () => {
  it.each([
    [59, 'Deferred'],
    [60, undefined],
  ])('a place is free one period after it was taken: after %i minutes', (minutes, name) => {
    const answer = second({ ...capped(1, 'all', '1 hour'), ifCapped: 'wait' }, minutes);
    expect(answer).toMatchObject(
      name === undefined ? { kind: 'claim' } : { name, details: { until: '2026-03-02T11:00:00.000Z' } },
    );
  });

  it('the edge of a window is sharp: a millisecond before it is still inside, at it no more', () => {
    const hour = 60 * 60_000;
    for (const [millis, kind] of [
      [hour - 1, 'leave'],
      [hour, 'claim'],
    ] as const) {
      const ada = before({ ...capped(1, 'all', '1 hour'), ifCapped: 'wait' });
      ada.send('hello');
      ada.sent('hello');
      ada.event('Signed Up');
      ada.follow(ada.log.findLast(({ kind: what }) => what === 'enters')?.run ?? '');
      ada.wait(millis);
      expect(ada.send('hello').kind).toBe(kind);
    }
  });

  it('several caps hold together: with "wait" until the last of them has room, "skip" for any of them', () => {
    const caps = [
      { most: 1, per: '1 hour', of: 'channel' as const },
      { most: 1, per: '3 hours', of: 'all' as const },
      { most: 5, per: '1 day', of: 'topic' as const },
    ];
    expect(second({ caps, ifCapped: 'wait', expires: '9 days' }, 1)).toMatchObject({
      name: 'Deferred',
      details: { until: '2026-03-02T13:00:00.000Z' },
    });
    expect(second({ caps, onFailure: 'exit', expires: '9 days' }, 60)).toMatchObject({ name: 'RunEnded' });
    expect(second({ caps, expires: '9 days' }, 180)).toMatchObject({ kind: 'claim' });
  });

  it('with "wait" a place that is free only after the message expires is not waited for', () => {
    const settings = { caps: [{ most: 1, per: '3 hours', of: 'all' as const }], ifCapped: 'wait' as const };
    expect(second({ ...settings, expires: '179 minutes', onFailure: 'exit' }, 0)).toMatchObject({
      name: 'RunEnded',
    });
    expect(second({ ...settings, expires: '180 minutes' }, 0)).toMatchObject({ name: 'Deferred' });
  });

  it.each([
    ['"skip" skips', capped(1, 'journey', '1 hour'), 1],
    ['a cap for life skips even with "wait"', { ...capped(1, 'topic'), ifCapped: 'wait' } as const, 12_000],
  ])('%s', (_, settings, minutes) => {
    expect(second({ ...settings, onFailure: 'exit' }, minutes)).toMatchObject({ name: 'RunEnded' });
  });

  it('of a channel: another channel has its own', () => {
    const settings = { ...capped(1, 'channel', '1 day'), channels: ['email', 'inapp'] as Channel[] };
    expect(second(settings, 1)).toMatchObject({ kind: 'claim', channel: 'inapp' });
  });

  it('for life: the channel that took the message in the end counts, the one that refused does not', () => {
    const ada = before({ ...capped(1, 'channel'), channels: ['email', 'inapp'] });
    ada.send('hello');
    ada.sent('hello', 'refused');
    ada.send('hello');
    ada.sent('hello', 'accepted', { channel: 'inapp' });
    expect(ada.document.sentForLife).toEqual({ 'channel:email': 0, 'channel:inapp': 1 });
  });

  it.each(['journey', 'topic', 'channel', 'all'] as const)(
    'the variants of a split share their place, re-entries too: one of %s for life is one',
    (of) => {
      const variants = manifest(
        'variants',
        { event: 'Signed Up', reentry: { mode: 'always' } },
        {
          split: {
            kind: 'split',
            experiment: 'variants/split',
            arms: [
              { name: 'a', share: 50, next: 'a' },
              { name: 'b', share: 50, next: 'b' },
            ],
          },
          a: letter('a', 'b', capped(1, of)),
          b: letter('b', null, capped(1, of)),
        },
      );
      const ada = new Bench([variants]);
      ada.identify(EMAIL);
      for (let round = 0; round < 3; round += 1) {
        ada.event('Signed Up');
        ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
        for (const step of ['a', 'b']) if (ada.send(step).kind === 'claim') ada.sent(step);
      }
      expect(ada.told('sends')).toHaveLength(1);
    },
  );

  it('for life: sends of journeys without the cap count too', () => {
    const free = manifest('free', 'Signed Up', { hi: letter('hi', 'rest'), rest: pause('1 day', null) });
    const strict = manifest('strict', 'Signed Up', {
      hello: letter('hello', 'rest', capped(1, 'all')),
      rest: pause('1 day', null),
    });
    const ada = new Bench([free, strict]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.send('hi');
    ada.sent('hi');
    ada.follow(ada.log.find(({ kind, journey }) => kind === 'enters' && journey === 'strict')?.run ?? '');
    ada.send('hello');
    // Both were ready at once: the other one has the better right by its id.
    expect(ada.told('skips')).toEqual(['skips hello email lower priority']);
  });

  it('the budget of send records spares those that a cap still needs', () => {
    const ada = before(capped(1, 'topic', '30 days'));
    const old = addMillis(ada.now, -20 * 86_400_000);
    const record = {
      journey: 'other',
      step: 's',
      message: 'm@1',
      channel: 'email',
      attempt: 0,
      state: 'accepted',
    } as const;
    const marketing = { ...record, key: 'r/s/1', class: 'marketing', topic: 'updates', at: old } as const;
    const bulk = Array.from({ length: 250 }, (_, index) => ({
      ...record,
      key: `r/s/${index + 2}`,
      class: 'transactional' as const,
      at: addMillis(old, index),
    }));
    ada.document = { ...ada.document, sends: [marketing, ...bulk] };
    ada.identify({ plan: 'gold' });
    expect(ada.document.sends).toHaveLength(200);
    ada.send('hello');
    expect(ada.told('skips')).toEqual(['skips hello email frequency cap']);
  });
});
