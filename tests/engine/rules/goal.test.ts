import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const HOUR = 60 * 60 * 1000;

function withGoal(goal: object = {}, more: object = {}): Bench {
  const rules = { goal: { event: 'Order', within: '2 hours', ends: true, ...goal }, ...more };
  return new Bench([
    manifest('journey', 'Signed Up', { rest: pause('9 days', 'bye'), bye: letter('bye', null) }, rules),
  ]);
}

function tally(bench: Bench) {
  return bench.document.tallies['journey'];
}

describe('the goal', () => {
  it('ends the run with the reason goal and converts', () => {
    const ada = withGoal();
    ada.event('Signed Up');
    ada.minutes(10);
    ada.event('Order');
    expect(ada.told('converts', 'exits')).toEqual(['converts', 'exits goal']);
    expect(ada.run).toMatchObject({ phase: 'stopping', over: { as: 'exited', reason: 'goal' } });
  });

  it('with "ends": false counts once, and the run goes on', () => {
    const ada = withGoal({ ends: false });
    ada.event('Signed Up');
    ada.minutes(10);
    ada.event('Order');
    ada.event('Order');
    expect(tally(ada)).toMatchObject({ converted: 1, exited: {} });
    expect(ada.run.over).toBeUndefined();
  });

  it.each([
    ['at the entry', 0, 1],
    ['a millisecond before the entry', -1, 0],
    ['in the last millisecond of the window', 2 * HOUR - 1, 1],
    ['at the end of the window', 2 * HOUR, 0],
  ])('counts by the timestamp of its event: %s', (_, offset, converted) => {
    const ada = withGoal({ ends: false });
    ada.event('Signed Up');
    const happened = addMillis(ada.now, offset);
    ada.wait(2 * HOUR + 5000);
    ada.event('Order', {}, { at: happened });
    expect(tally(ada)?.converted).toBe(converted);
  });

  it('after its window ends the run all the same, without converting', () => {
    const ada = withGoal();
    ada.event('Signed Up');
    ada.wait(3 * HOUR);
    ada.event('Order');
    expect(ada.told('converts', 'exits')).toEqual(['exits goal']);
  });

  it('without a window counts only while the run is active', () => {
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { rest: pause('9 days', null) },
        {
          goal: { event: 'Order', ends: true },
          exits: [{ event: 'Left', reason: 'left' }],
        },
      ),
    ]);
    ada.event('Signed Up');
    ada.event('Left');
    ada.event('Order');
    expect(tally(ada)).toMatchObject({ converted: 0, exited: { left: 1 } });
  });

  it.each(['before the execution is known to be gone', 'after it'])(
    'converts after the run has ended, %s',
    (when) => {
      const ada = withGoal({}, { exits: [{ event: 'Left', reason: 'left' }] });
      ada.event('Signed Up');
      ada.event('Left');
      if (when === 'after it') ada.decide({ kind: 'confirm', run: ada.runId, leg: 1, answer: 'stopped' });
      ada.minutes(5);
      ada.event('Order');
      ada.decide({ kind: 'confirm', run: ada.runId, leg: 1, answer: 'stopped' });
      ada.event('Order');
      expect(tally(ada)).toMatchObject({ converted: 1, exited: { left: 1 } });
      expect(ada.document.watched).toEqual({});
    },
  );

  it('converts after the run has ended with the arm of a wait whose Task registers again', () => {
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { wait: awaiting('1 day', [['Clicked', null]], null) },
        {
          goal: { event: 'Order', within: '2 hours', ends: true },
        },
      ),
    ]);
    ada.event('Signed Up');
    ada.register('wait');
    ada.event('Clicked');
    expect(ada.register('wait', { attempt: 1, token: 'second' })).toMatchObject({
      kind: 'leave',
      name: 'RunEnded',
    });
    ada.event('Order');
    expect(tally(ada)).toMatchObject({ completed: 1, converted: 1 });
  });

  it('counts for customers held out, once', () => {
    const held = new Bench([
      manifest(
        'journey',
        { event: 'Signed Up', reentry: { mode: 'always' }, holdout: 100 },
        { rest: pause('9 days', null) },
        {
          goal: { event: 'Order', within: '2 hours', ends: true },
        },
      ),
    ]);
    held.event('Signed Up');
    held.minutes(1);
    held.event('Order');
    held.event('Order');
    expect(tally(held)).toMatchObject({ entered: 0, heldOut: 1, converted: 1 });
  });

  it('is compared with what let the run in', () => {
    const ada = new Bench([
      manifest(
        'journey',
        { event: 'Filled', key: 'event.cart', reentry: { mode: 'after exit' } },
        { rest: pause('9 days', null) },
        {
          goal: { event: 'Order', where: { 'event.cart': { 'same as': 'entry.cart' } }, ends: true },
        },
      ),
    ]);
    ada.event('Filled', { cart: 'k1' });
    ada.event('Filled', { cart: 'k2' });
    ada.event('Order', { cart: 'k2' });
    ada.event('Order', {});
    expect(Object.values(ada.document.runs).map((run) => [run.event['cart'], run.over?.reason])).toEqual([
      ['k1', undefined],
      ['k2', 'goal'],
    ]);
  });

  it('is not reached by the event that let the run in, even as the first thing heard of the customer', () => {
    const rules = { goal: { event: 'Signed Up', ends: true } };
    const entered = new Bench([manifest('journey', 'Signed Up', { rest: pause('1 day', null) }, rules)]);
    entered.event('Signed Up');
    expect(entered.told('enters', 'exits')).toEqual(['enters']);
    const created = new Bench([
      manifest('journey', 'Customer Created', { rest: pause('1 day', null) }, rules),
    ]);
    created.event('Signed Up');
    expect(created.told('enters', 'exits')).toEqual(['enters']);
  });
});
