// Who is in a segment and since when, what becomes of it at the very instant, and what follows: exits, built-in events, entries.
import { describe, expect, it } from 'vitest';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';

const GOLD = { id: 'gold', when: { 'profile.plan': 'gold' } };
/** Ordered in the last three days. */
const FRESH = { id: 'fresh', when: { did: 'Ordered', within: '3 days' } };

function inside(exits: UnnamedManifest['exits'], rules: object = {}): Bench {
  const journey = manifest('inside', 'Signed Up', { rest: pause('90 days', null) }, { exits, ...rules });
  const ada = new Bench([journey]);
  ada.define([GOLD, FRESH]);
  return ada;
}

describe('membership', () => {
  it('begins and ends with the input that changes the condition', () => {
    const ada = new Bench([]);
    ada.define([GOLD]);
    ada.identify({ plan: 'gold' });
    expect(ada.document.segments).toEqual({ gold: ada.now });
    ada.minutes(5);
    ada.identify({ plan: 'none' });
    expect(ada.document.segments).toEqual({});
    expect(ada.told('joins', 'leaves')).toEqual(['joins gold', 'leaves gold']);
  });

  it('ends by time alone at the very instant, and not a millisecond before', () => {
    const ada = new Bench([]);
    ada.define([FRESH]);
    ada.event('Ordered');
    const leaves = at('2026-03-05T10:00:00Z');
    expect(ada.document.due).toBe(leaves);
    ada.wait(addMillis(leaves, -1));
    ada.decide({ kind: 'time' });
    expect(ada.document.segments).toHaveProperty('fresh');
    ada.wait(leaves);
    ada.decide({ kind: 'time' });
    expect(ada.document.segments).toEqual({});
    expect(ada.document.due).toBeUndefined();
  });

  it('a day is one of the customer: over the change of the clocks it has 23 hours', () => {
    const ada = new Bench([]);
    ada.now = at('2026-03-28T10:00:00Z');
    ada.define([{ id: 'today', when: { did: 'Ordered', within: '1 day' } }]);
    ada.event('Ordered');
    expect(ada.document.due).toBe(at('2026-03-29T09:00:00Z'));
    ada.identify({ timezone: 'UTC' });
    expect(ada.document.due).toBe(at('2026-03-29T10:00:00Z'));
  });

  it('is by time alone decided before whatever comes later, as of its own instant', () => {
    const ada = inside([{ leaves: 'fresh', reason: 'no longer fresh' }]);
    ada.event('Ordered');
    ada.event('Signed Up');
    ada.wait(at('2026-03-09T10:00:00Z'));
    ada.event('Ordered');
    expect(ada.told('joins', 'leaves', 'exits')).toEqual([
      'joins fresh',
      'leaves fresh',
      'exits no longer fresh',
      'joins fresh',
    ]);
    expect(ada.log.find(({ kind }) => kind === 'exits')?.at).toBe(at('2026-03-05T10:00:00Z'));
  });

  it('is passed on to segments that refer to it, with the same input', () => {
    const ada = new Bench([]);
    ada.define([
      { id: 'a-second', when: { all: [{ segment: 'gold' }, { not: { segment: 'fresh' } }] } },
      FRESH,
      GOLD,
    ]);
    ada.identify({ plan: 'gold' });
    expect(Object.keys(ada.document.segments).toSorted()).toEqual(['a-second', 'gold']);
    ada.event('Ordered');
    expect(Object.keys(ada.document.segments).toSorted()).toEqual(['fresh', 'gold']);
  });

  it('{ "segment", "for" } is true from the instant at which it has lasted that long', () => {
    const ada = new Bench([]);
    ada.define([GOLD, { id: 'steady', when: { segment: 'gold', for: '7 days' } }]);
    ada.identify({ plan: 'gold' });
    expect(ada.document.due).toBe(at('2026-03-09T10:00:00Z'));
    ada.passTime(at('2026-03-09T09:59:59.999Z'));
    expect(ada.document.segments).not.toHaveProperty('steady');
    ada.passTime(at('2026-03-09T10:00:00Z'));
    expect(ada.document.segments['steady']).toBe(at('2026-03-09T10:00:00Z'));
    ada.identify({ plan: 'none' });
    ada.identify({ plan: 'gold' });
    expect(ada.document.segments).not.toHaveProperty('steady');
  });

  it('left and entered again within a second: both are told, and the time counts anew', () => {
    const ada = new Bench([]);
    ada.define([GOLD]);
    ada.identify({ plan: 'gold' });
    ada.wait(400);
    ada.identify({ plan: 'none' });
    ada.wait(400);
    ada.identify({ plan: 'gold' });
    expect(ada.told('joins', 'leaves')).toEqual(['joins gold', 'leaves gold', 'joins gold']);
    expect(ada.document.segments).toEqual({ gold: ada.now });
  });

  it('by a list is by the external id or by the hash of it', () => {
    const ada = new Bench([]);
    ada.define([
      { id: 'by-name', members: ['grace', 'ada'] },
      { id: 'by-hash', members: [ada.document.customer] },
      { id: 'others', members: ['grace'] },
    ]);
    ada.identify({});
    expect(Object.keys(ada.document.segments).toSorted()).toEqual(['by-hash', 'by-name']);
  });

  it('writes nothing for an event that changes nothing', () => {
    const ada = new Bench([]);
    ada.define([GOLD, FRESH]);
    ada.identify({ plan: 'gold' });
    const { document } = ada;
    expect(ada.event('Page Read').document).toBe(document);
    ada.minutes(60);
    expect(ada.decide({ kind: 'time' }).document).toBe(document);
  });
});

describe('a deployment', () => {
  it('makes members of those whom it finds, and says that they are existing ones', () => {
    const heard = manifest('heard', 'Segment Entered', { rest: pause('1 day', null) });
    const ada = new Bench([heard]);
    ada.identify({ plan: 'gold' });
    ada.define([GOLD]);
    ada.minutes(5);
    ada.decide({ kind: 'time' });
    expect(ada.document.segments).toEqual({ gold: ada.now });
    expect(ada.told('joins')).toEqual(['joins gold definition']);
  });

  it('of another definition moves nobody by surprise, one of another segment not at all', () => {
    const ada = new Bench([]);
    ada.define([GOLD]);
    ada.identify({ plan: 'gold', tier: 'two' });
    ada.define([GOLD, FRESH]);
    ada.decide({ kind: 'time' });
    expect(ada.told('joins', 'leaves')).toEqual(['joins gold']);
    ada.define([{ id: 'gold', when: { 'profile.tier': 'one' } }, FRESH]);
    ada.decide({ kind: 'time' });
    expect(ada.told('joins', 'leaves')).toEqual(['joins gold', 'leaves gold definition']);
    ada.minutes(1);
    ada.identify({ tier: 'one' });
    expect(ada.told('joins', 'leaves').at(-1)).toBe('joins gold');
  });

  it('of a list with more lines is no other definition: who is put on it joins like anybody else', () => {
    const ada = new Bench([]);
    ada.define([{ id: 'vip', members: ['grace'] }]);
    ada.identify({});
    ada.define([{ id: 'vip', members: ['grace', 'ada'] }]);
    ada.decide({ kind: 'time' });
    expect(ada.told('joins')).toEqual(['joins vip']);
  });

  it('that removes a segment lets its members leave', () => {
    const ada = inside([{ leaves: 'gold', reason: 'not gold' }]);
    ada.identify({ plan: 'gold' });
    ada.event('Signed Up');
    ada.define([FRESH]);
    ada.decide({ kind: 'time' });
    expect(ada.document.segments).toEqual({});
    expect(ada.told('exits')).toEqual(['exits not gold']);
  });
});

describe('exits by segment', () => {
  it('leave with the input that changes it', () => {
    const ada = inside([{ enters: 'gold', reason: 'gold' }]);
    ada.event('Signed Up');
    ada.identify({ plan: 'gold' });
    expect(ada.told('exits')).toEqual(['exits gold']);
  });

  it('do not concern those who were there before they entered the journey', () => {
    const ada = inside([{ enters: 'gold', reason: 'gold' }]);
    ada.identify({ plan: 'gold' });
    ada.event('Signed Up');
    ada.event('Ordered');
    expect(ada.told('exits')).toEqual([]);
  });

  it('come after the goal that the same event reaches', () => {
    const ada = inside([{ enters: 'fresh', reason: 'fresh' }], { goal: { event: 'Ordered', ends: true } });
    ada.event('Signed Up');
    ada.event('Ordered');
    expect(ada.told('exits')).toEqual(['exits goal']);
  });

  it('come before the wait that the same event would end', () => {
    const journey = manifest(
      'waits',
      'Signed Up',
      { wait: awaiting('2 days', [['Ordered', 'thanks']], null), thanks: letter('thanks', null) },
      { exits: [{ enters: 'fresh', reason: 'fresh' }] },
    );
    const ada = new Bench([journey]);
    ada.define([FRESH]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.event('Ordered');
    expect(ada.told('exits', 'takes')).toEqual(['exits fresh']);
  });

  it('forbid a send that comes at the same instant', () => {
    const journey = manifest(
      'sends',
      'Signed Up',
      { rest: pause('3 days', 'late'), late: letter('late', null) },
      { exits: [{ leaves: 'fresh', reason: 'stale' }] },
    );
    const ada = new Bench([journey]);
    ada.define([FRESH]);
    ada.identify(EMAIL);
    ada.event('Ordered');
    ada.event('Signed Up');
    ada.wait(at('2026-03-05T10:00:00Z'));
    expect(ada.send('late')).toMatchObject({ kind: 'leave' });
    expect(ada.told('exits', 'sends')).toEqual(['exits stale']);
  });
});

it('segments that ask about journeys follow their runs, and do not turn in a circle for ever', () => {
  const journey = manifest(
    'loop',
    'Segment Entered',
    { rest: pause('1 day', null) },
    {
      exits: [{ enters: 'inside', reason: 'inside' }],
    },
  );
  const ada = new Bench([journey]);
  ada.define([{ id: 'inside', when: { inJourney: 'loop' } }, GOLD]);
  ada.identify({ plan: 'gold' });
  expect(ada.told('ignores').length).toBeLessThanOrEqual(1);
  expect(ada.told('enters').length).toBeGreaterThan(0);
});
