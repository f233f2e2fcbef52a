// The step `update`: what becomes of traits, who hears of it, and that a retry changes nothing twice.
import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import type { UpdateSettings } from '#lib/contracts/action-calls.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { acting, awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

type Change = Partial<Pick<UpdateSettings, 'set' | 'add' | 'remove' | 'increment'>>;

const rest = pause('9 days', null);

function journey(change: Change, rules = {}) {
  const note = acting({ type: 'update', id: 'note', ...change }, 'rest');
  return manifest('journey', 'Signed Up', { note, rest }, rules);
}

/** Ada, inside a journey whose first step makes this change; `traits` are known of her before. */
function updated(change: Change, traits: Record<string, unknown> = {}, missing: string[] = []): Bench {
  const ada = new Bench([journey(change)]);
  ada.identify(traits);
  ada.event('Signed Up');
  ada.minutes(1);
  const { set = {}, add = {}, remove = {}, increment = {} } = change;
  ada.act('note', { set, add, remove, increment }, { missing });
  return ada;
}

function traitsOf(ada: Bench): Record<string, unknown> {
  return Object.fromEntries(Object.entries(ada.document.traits).map(([name, { value }]) => [name, value]));
}

describe('update', () => {
  it.each<readonly [string, Change, Record<string, unknown>, Record<string, unknown>]>([
    ['sets', { set: { plan: 'gold', seen: true } }, { plan: 'basic' }, { plan: 'gold', seen: true }],
    [
      'sets inside an object',
      { set: { 'home.city': 'Ulm' } },
      { home: { zip: '1' } },
      { home: { zip: '1', city: 'Ulm' } },
    ],
    ['adds to a list', { add: { tags: 'b' } }, { tags: ['a'] }, { tags: ['a', 'b'] }],
    ['adds several, each once', { add: { tags: ['b', 'a', 'b'] } }, { tags: ['a'] }, { tags: ['a', 'b'] }],
    ['adds to a list nobody knows', { add: { tags: 'a' } }, {}, { tags: ['a'] }],
    ['takes out of a list', { remove: { tags: ['a', 'x'] } }, { tags: ['a', 'b'] }, { tags: ['b'] }],
    ['removes a trait', { remove: ['plan'] }, { plan: 'gold', age: 7 }, { plan: null, age: 7 }],
    ['counts up', { increment: { points: 10 } }, { points: 5 }, { points: 15 }],
    ['counts down', { increment: { points: -10 } }, { points: 5 }, { points: -5 }],
    ['counts from nothing', { increment: { points: 10 } }, {}, { points: 10 }],
  ])('%s', (_, change, before, after) => {
    const ada = updated(change, before);
    expect(traitsOf(ada)).toEqual(after);
    expect(ada.told('ignores')).toEqual([]);
  });

  it.each<readonly [string, Change, Record<string, unknown>, string]>([
    ['a list', { add: { tags: 'b' } }, { tags: 'a' }, 'tags is no list'],
    ['a number', { increment: { points: 1 } }, { points: 'many' }, 'points is no number'],
    [
      'a number to add',
      { increment: { points: 'ten' } },
      { points: 1 },
      'points cannot be counted up by what is no number',
    ],
    ['something small', { set: { plan: 'x'.repeat(3000) } }, { plan: 'a' }, 'trait plan is too large'],
  ])('what is not %s changes nothing, with its reason, and the run goes on', (_, change, before, reason) => {
    const ada = updated(change, before);
    expect(traitsOf(ada)).toEqual(before);
    expect(ada.told('ignores')).toEqual([`ignores note ${reason}`]);
    expect(ada.run.last?.step).toBe('note');
  });

  it('a value that is missing is told, and the others are written', () => {
    const ada = updated({ set: { plan: 'gold' } }, {}, ['set.city']);
    expect(traitsOf(ada)).toEqual({ plan: 'gold' });
    expect(ada.told('ignores', 'sets')).toEqual(['ignores note no value for set.city', 'sets note']);
  });

  it('a retry after a crash counts up no second time; the next visit of a loop does', () => {
    const ada = updated({ increment: { points: 10 } });
    const again = ada.act('note', { increment: { points: 10 } }, { attempt: 1 });
    expect(again.kind).toBe('plan');
    expect(traitsOf(ada)).toEqual({ points: 10 });
    const loop = { visit: 2, round: 1, jumps: { back: 1 } };
    ada.act('note', { increment: { points: 10 } }, { loop });
    expect(traitsOf(ada)).toEqual({ points: 20 });
    // The first visit's attempt comes in very late.
    expect(ada.act('note', { increment: { points: 10 } })).toMatchObject({ name: 'RunEnded' });
    expect(traitsOf(ada)).toEqual({ points: 20 });
  });

  it('counts at the instant of the decision: an older identify that comes late does not undo it', () => {
    const ada = updated({ set: { plan: 'gold' }, remove: ['code'] }, { code: 'A' });
    ada.identify({ plan: 'basic', code: 'B' }, { at: addMillis(ada.now, -30_000) });
    expect(traitsOf(ada)).toEqual({ plan: 'gold', code: null });
    ada.minutes(1);
    ada.identify({ plan: 'basic' });
    expect(traitsOf(ada)).toEqual({ plan: 'basic', code: null });
  });
});

describe('who hears of a change', () => {
  const entry = {
    event: 'Trait Changed',
    where: { 'event.trait': 'plan', 'event.value': 'gold' },
    reentry: { mode: 'always' },
  } as const;
  const change = { set: { plan: 'gold' } };

  it('other journeys, by "Trait Changed"; a value that stays the same is none', () => {
    const other = manifest('other', entry, { rest });
    for (const [before, entered] of [
      ['basic', 1],
      ['gold', 0],
    ] as const) {
      const ada = new Bench([journey(change)]);
      ada.identify({ plan: before });
      ada.deploy([other]);
      ada.event('Signed Up');
      ada.act('note', change);
      expect(ada.log.filter(({ kind, journey: of }) => kind === 'enters' && of === 'other')).toHaveLength(
        entered,
      );
    }
  });

  it('the exits of other runs, before the step is over', () => {
    const gone = manifest(
      'gone',
      'Signed Up',
      { rest },
      { exits: [{ when: { 'profile.plan': 'gold' }, reason: 'gold' }] },
    );
    const ada = new Bench([journey(change), gone]);
    ada.event('Signed Up');
    const own = ada.log.find(({ kind, journey: of }) => kind === 'enters' && of === 'journey')?.run ?? '';
    ada.follow(own);
    ada.act('note', change);
    expect(ada.told('exits')).toEqual(['exits gold']);
    expect(ada.run.over).toBeUndefined();
  });

  it('the exit of its own run: nothing of what follows happens', () => {
    const ada = new Bench([
      journey(change, { exits: [{ when: { 'profile.plan': 'gold' }, reason: 'gold' }] }),
    ]);
    ada.event('Signed Up');
    expect(ada.act('note', change)).toMatchObject({ kind: 'leave', name: 'RunEnded' });
    expect(ada.told('sets', 'exits', 'waits')).toEqual(['sets note', 'exits gold']);
  });

  it('the branch that follows, and a later wait of the same run', () => {
    const nodes: Record<string, FlowNode> = {
      note: acting({ type: 'update', id: 'note', ...change }, 'which'),
      which: {
        kind: 'branch',
        cases: [{ name: 'gold', when: { 'profile.plan': 'gold' }, next: 'wait' }],
        otherwise: null,
      },
      wait: awaiting('1 day', [['Trait Changed', 'thanks']], null),
      thanks: letter('thanks', null),
    };
    const ada = new Bench([manifest('journey', 'Signed Up', nodes)]);
    ada.event('Signed Up');
    ada.act('note', change);
    expect(ada.told('takes')).toEqual(['takes which gold', 'takes wait Trait Changed']);
  });
});
