import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

describe('exits', () => {
  it('the first that holds, as written, gives the reason', () => {
    const exits = [
      { event: 'Left', where: { 'event.why': 'angry' }, reason: 'angry' },
      { event: 'Left', reason: 'left' },
      { when: { 'profile.plan': 'gone' }, reason: 'gone' },
    ];
    for (const [why, reason] of [
      ['angry', 'angry'],
      ['moved', 'left'],
    ]) {
      const ada = new Bench([manifest('journey', 'Signed Up', { rest: pause('9 days', null) }, { exits })]);
      ada.event('Signed Up');
      ada.event('Left', { why });
      expect(ada.told('exits')).toEqual([`exits ${reason}`]);
    }
  });

  it('the goal comes before the exits, the exits before the wait', () => {
    const wait = { wait: awaiting('1 day', [['Clicked', 'more']], null), more: letter('more', null) };
    const exits = [{ event: 'Clicked', reason: 'exit' }];
    const both = new Bench([
      manifest('journey', 'Signed Up', wait, { exits, goal: { event: 'Clicked', ends: true } }),
    ]);
    both.event('Signed Up');
    both.event('Clicked');
    expect(both.told('exits', 'takes')).toEqual(['exits goal']);
    const one = new Bench([manifest('journey', 'Signed Up', wait, { exits })]);
    one.event('Signed Up');
    one.event('Clicked');
    expect(one.told('exits', 'takes')).toEqual(['exits exit']);
  });

  it('an event from before the entry is none, one of the same instant is', () => {
    const exits = [{ event: 'Left', reason: 'left' }];
    const ada = new Bench([manifest('journey', 'Signed Up', { rest: pause('9 days', null) }, { exits })]);
    ada.event('Signed Up');
    ada.event('Left', {}, { at: addMillis(ada.now, -1) });
    expect(ada.run.over).toBeUndefined();
    ada.event('Left');
    expect(ada.run.over).toMatchObject({ as: 'exited', reason: 'left' });
  });

  it('a condition ends the run with the trait that makes it true', () => {
    const exits = [{ when: { 'profile.plan': 'gone' }, reason: 'gone' }];
    const ada = new Bench([manifest('journey', 'Signed Up', { rest: pause('9 days', null) }, { exits })]);
    ada.event('Signed Up');
    ada.identify({ plan: 'gone' });
    expect(ada.told('exits')).toEqual(['exits gone']);
  });

  it.each(['the next step', 'whatever is heard of the customer'])(
    'a condition that time alone has made true is seen by %s',
    (how) => {
      const exits = [{ when: { 'profile.renewed': { 'more than ago': '1 day' } }, reason: 'expired' }];
      const flow = { rest: pause('2 days', 'bye'), bye: letter('bye', null) };
      const ada = new Bench([manifest('journey', 'Signed Up', flow, { exits })]);
      ada.identify({ ...EMAIL, renewed: ada.now });
      ada.event('Signed Up');
      ada.minutes(24 * 60);
      ada.identify({ city: 'Ghent' });
      expect(ada.told('exits')).toEqual([]);
      ada.minutes(1);
      // The bus does not pass it, so that it must make no difference.
      ada.event('Nobody Listens');
      expect(ada.told('exits')).toEqual([]);
      const isStep = how === 'the next step';
      const answer = isStep ? { answer: ada.send('bye') } : ada.identify({ city: 'Bruges' });
      expect(answer.answer?.kind).toBe(isStep ? 'leave' : undefined);
      expect(ada.told('exits')).toEqual(['exits expired']);
      expect(ada.document.sends).toEqual([]);
    },
  );
});
