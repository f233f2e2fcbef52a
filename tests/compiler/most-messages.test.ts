import { describe, expect, it } from 'vitest';
import type { Cap, SendSettings } from '#lib/contracts/step-calls.ts';
import { journeyFigures } from '#lib/compiler/journey-figures.ts';
import { mostMessages, type MostMessages } from '#lib/compiler/most-messages.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { branch, flowOf, goto, manifestOf, send, wait, waitFor } from './flows.ts';

type Reentry = UnnamedManifest['entry']['reentry'];

function most(flow: Flow, reentry: Reentry = { mode: 'never' }, key?: string): MostMessages {
  const manifest = manifestOf(flow);
  const entry = { ...manifest.entry, reentry, ...(key === undefined ? {} : { key }) };
  return mostMessages({ ...manifest, entry }, 'marketing');
}

function sendWith(id: string, next: string | null, settings: Partial<SendSettings>): NodeOf<'send'> {
  const node = send(id, next);
  return { ...node, settings: { ...node.settings, ...settings } };
}

const ONE = flowOf({ hi: send('hi', null) });
const LATER = flowOf({ rest: wait('6 hours', 'hi'), hi: send('hi', null) });

describe('the most messages', () => {
  it('of a run: those of its longest way, loops with their bounds', () => {
    const arms = flowOf({
      ask: branch(['a', 'c'], null),
      a: send('a', 'b'),
      b: send('b', null),
      c: send('c', null),
    });
    expect(most(arms).perRun).toBe(2);
    expect(most(flowOf({ a: wait('1 day', 'b'), b: send('b', 'g'), g: goto('a', null, 3) })).perRun).toBe(4);
  });

  it('of a day: those that the shortest waits leave in 24 hours', () => {
    const apart = (length: string): unknown =>
      most(flowOf({ a: send('a', 'rest'), rest: wait(length, 'b'), b: send('b', null) })).perDay;
    // A day of the calendar may have 23 hours, and so may the two be inside one of 24.
    expect([apart('23 hours'), apart('24 hours'), apart('1 day'), apart('2 days')]).toEqual([2, 1, 2, 1]);
    const events = flowOf({
      a: send('a', 'w'),
      w: waitFor('9 days', ['b'], 'c'),
      b: send('b', null),
      c: send('c', null),
    });
    expect(most(events).perDay).toBe(2);
    const timeOut = flowOf({ a: send('a', 'w'), w: waitFor('9 days', [null], 'c'), c: send('c', null) });
    expect(most(timeOut)).toMatchObject({ perRun: 2, perDay: 1 });
  });

  it.each<[string, Reentry, Flow, number | 'unbounded', string]>([
    ['always', { mode: 'always' }, ONE, 'unbounded', 're-entry "always" bounds nothing'],
    ['always, so often', { mode: 'always', atMost: 3 }, ONE, 3, 'at most 3 entries for life'],
    [
      'after exit, at once',
      { mode: 'after exit' },
      ONE,
      'unbounded',
      're-entry "after exit" bounds nothing where the first message goes out at once',
    ],
    ['after exit, later', { mode: 'after exit' }, LATER, 5, 'the wait before the first message'],
    ['after six hours', { mode: 'after', after: '6 hours' }, ONE, 5, 're-entry after 6 hours'],
    ['after a week', { mode: 'after', after: '7 days' }, ONE, 1, 're-entry after 7 days'],
  ])('with re-entry %s', (_, reentry, flow, perDay, because) => {
    expect(most(flow, reentry)).toMatchObject({ perDay, because });
  });

  it('with a key are those of any number of runs', () => {
    expect(most(ONE, { mode: 'never' }, 'event.cart_id')).toMatchObject({ perDay: 'unbounded' });
  });

  it.each<[Cap, number]>([
    [{ most: 2, per: '1 day', of: 'all' }, 2],
    [{ most: 2, per: '1 week', of: 'journey' }, 2],
    [{ most: 1, per: '6 hours', of: 'all' }, 4],
    [{ most: 3, of: 'all' }, 3],
    [{ most: 1, per: '1 day', of: 'topic' }, 2],
    [{ most: 1, per: '1 day', of: 'channel' }, 3],
  ])('under the cap %j are %i', (cap, perDay) => {
    const flow = flowOf({
      a: sendWith('a', 'b', { caps: [cap], channels: ['email', 'sms'] }),
      b: sendWith('b', null, { caps: [cap], channels: ['push'], topic: 'offers' }),
    });
    expect(most(flow, { mode: 'always' }).perDay).toBe(perDay);
  });

  it('of one class are not those of the other, and caps leave transactional ones alone', () => {
    const caps = [{ most: 1, per: '1 day', of: 'all' }] satisfies Cap[];
    const flow = flowOf({
      a: sendWith('a', 'b', { caps }),
      b: sendWith('b', null, { class: 'transactional' }),
    });
    const manifest = {
      ...manifestOf(flow),
      entry: { ...manifestOf(flow).entry, reentry: { mode: 'always' as const } },
    };
    expect(journeyFigures(manifest)).toMatchObject({
      marketing: { perRun: 1, perDay: 1, because: 'the cap of 1 per 1 day of all' },
      transactional: { perRun: 1, perDay: 'unbounded' },
    });
  });
});

it('a thousand runs cost what their transitions cost', () => {
  const flow = flowOf({ a: send('a', 'w'), w: waitFor('1 day', ['b'], null), b: send('b', null) });
  expect(journeyFigures(manifestOf(flow))?.paths).toEqual([
    { ways: ['w: Event 0'], transitions: 3, dollarsPerThousandRuns: 0.075 },
    { ways: ['w: time is up'], transitions: 3, dollarsPerThousandRuns: 0.075 },
  ]);
});
