// What a customer has done: counted and summed over life, over a time, and since a run's entry; and what cannot be known.
import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import { explain, explanationText } from '#lib/engine/conditions/explain.ts';
import { isTrue } from '#lib/engine/conditions/evaluate.ts';
import { readCondition } from '#lib/engine/read-condition.ts';
import { Bench, at } from '../bench.ts';
import { manifest, pause } from '../../laws/world/journeys.ts';

function asks(...conditions: readonly unknown[]): Bench {
  const ada = new Bench([]);
  ada.define(conditions.map((when, index) => ({ id: `segment ${index}`, when })));
  ada.identify({});
  return ada;
}

function answer(ada: Bench, written: unknown): boolean {
  const { document, workspace, now } = ada;
  return isTrue(readCondition(written), { document, workspace, now }, {});
}

/** A customer whom the conditions find when they are deployed. */
function deployedLater(...conditions: readonly unknown[]): Bench {
  const ada = new Bench([]);
  ada.identify({});
  ada.define(conditions.map((when, index) => ({ id: `segment ${index}`, when })));
  ada.decide({ kind: 'time' });
  return ada;
}

const bytes = (ada: Bench): number => JSON.stringify(ada.document.aggregates).length;

describe('counts', () => {
  it.each([
    [{ did: 'Ordered' }, [false, true, true, true]],
    [{ did: 'Ordered', atLeast: 2 }, [false, false, true, true]],
    [{ did: 'Ordered', atMost: 1 }, [true, true, false, false]],
    [{ did: 'Ordered', atMost: 0 }, [true, false, false, false]],
    [{ did: 'Ordered', exactly: 2 }, [false, false, true, false]],
    [{ did: 'Ordered', exactly: 0, within: '9 days' }, [true, false, false, false]],
    [{ did: 'Ordered', exactly: 2, within: '9 days' }, [false, false, true, false]],
    [{ did: 'Ordered', atLeast: 3, within: '9 days' }, [false, false, false, true]],
  ])('%o after none, one, two and three', (condition, expected) => {
    const ada = asks(condition);
    const answers = [answer(ada, condition)];
    for (let count = 1; count < expected.length; count += 1) {
      ada.minutes(1);
      ada.event('Ordered');
      answers.push(answer(ada, condition));
    }
    expect(answers).toEqual(expected);
  });

  it('an event by its own timestamp: one that comes too late for the time does not count', () => {
    const condition = { did: 'Ordered', within: '1 hour' };
    const ada = asks(condition);
    ada.event('Ordered', {}, { at: addMillis(ada.now, -60 * 60_000) });
    expect(answer(ada, condition)).toBe(false);
    ada.event('Ordered', {}, { at: addMillis(ada.now, -60 * 60_000 + 1) });
    expect(answer(ada, condition)).toBe(true);
  });

  it('the same event told twice counts once', () => {
    const condition = { did: 'Ordered', exactly: 1 };
    const ada = asks(condition);
    ada.event('Ordered', {}, { id: 'one' });
    ada.event('Ordered', {}, { id: 'one' });
    expect(answer(ada, condition)).toBe(true);
  });

  it('any event is one that applications send: nothing built in, and no identify', () => {
    const condition = { did: 'any event', exactly: 1 };
    const ada = asks(condition);
    ada.event('Message Opened');
    ada.event('Consent Changed', { topic: 'news', granted: true });
    ada.identify({ plan: 'gold' });
    expect(answer(ada, condition)).toBe(false);
    ada.event('Never Heard Of');
    expect(answer(ada, condition)).toBe(true);
  });

  it('built-in events count where they are named', () => {
    const condition = { did: 'Trait Changed', where: { 'event.trait': 'plan' }, atLeast: 2 };
    const ada = asks(condition);
    for (const plan of ['gold', 'none']) ada.identify({ plan });
    expect(answer(ada, condition)).toBe(true);
  });
});

describe('sums', () => {
  it('add up the numbers, and nothing that is none', () => {
    const condition = { did: 'Ordered', sum: 'total', gte: 0.3, lt: 0.31 };
    const ada = asks(condition);
    for (const total of [0.1, '7', 0.2, null, Number.NaN, {}]) ada.event('Ordered', { total });
    expect(answer(ada, condition)).toBe(true);
  });

  it('of nothing are 0, and returns may take away', () => {
    const [less, more] = [
      { did: 'Ordered', sum: 'total', lt: 5 },
      { did: 'Ordered', sum: 'total', gt: 5 },
    ];
    const ada = asks(less, more);
    expect([answer(ada, less), answer(ada, more)]).toEqual([true, false]);
    ada.event('Ordered', { total: 20 });
    expect([answer(ada, less), answer(ada, more)]).toEqual([false, true]);
    ada.event('Ordered', { total: -16 });
    expect([answer(ada, less), answer(ada, more)]).toEqual([true, false]);
  });

  it('over a time keep the latest two hundred, and the log says what no longer counts', () => {
    const condition = { did: 'Ordered', sum: 'total', gte: 201, within: '9 days' };
    const ada = asks(condition);
    for (let count = 0; count < 200; count += 1) ada.event('Ordered', { total: 1 });
    expect(ada.told('ignores')).toEqual([]);
    ada.event('Ordered', { total: 1 });
    expect(ada.told('ignores')).toEqual([
      'ignores too many events for a sum of Ordered: the oldest no longer count',
    ]);
    expect(answer(ada, condition)).toBe(false);
  });
});

describe('since entry', () => {
  it('counts what happened after the event that let the run in, whenever it is told', () => {
    const condition = { did: 'Ordered', since: 'entry' };
    const journey = manifest(
      'journey',
      'Ordered',
      { rest: pause('9 days', null) },
      { exits: [{ when: condition, reason: 'again' }] },
    );
    const ada = new Bench([journey]);
    ada.event('Ordered', {}, { at: addMillis(ada.now, -60_000) });
    ada.minutes(1);
    ada.event('Ordered', {}, { at: addMillis(ada.now, -600_000) });
    expect(ada.told('exits')).toEqual([]);
    ada.event('Ordered', {}, { at: addMillis(ada.now, -30_000) });
    expect(ada.told('exits')).toEqual(['exits again late']);
  });
});

describe('what was before anybody counted', () => {
  const never = { did: 'Ordered', atMost: 0, within: '9 days' };
  const often = { did: 'Ordered', atLeast: 2, within: '9 days' };

  it('is not taken for nothing: that somebody did not is known when the time has passed', () => {
    const ada = deployedLater(never, { not: often });
    expect([answer(ada, never), answer(ada, { not: often })]).toEqual([false, false]);
    expect(ada.document.due).toBe(at('2026-03-11T10:00:00Z'));
    ada.passTime(at('2026-03-11T10:00:00Z'));
    expect(Object.keys(ada.document.segments)).toEqual(['segment 0', 'segment 1']);
  });

  it('matters no more as soon as what is known decides', () => {
    const ada = deployedLater(often, { not: never });
    for (const _ of [1, 2]) ada.event('Ordered');
    expect([answer(ada, often), answer(ada, { not: never })]).toEqual([true, true]);
  });

  it('is said in the explanation', () => {
    const ada = deployedLater(never);
    const { document, workspace, now } = ada;
    const deciding = { document, workspace, now } as Parameters<typeof explain>[1];
    expect(explanationText(explain(readCondition(never), deciding, {}))).toBe(
      'did Ordered at most 0 times within 9 days: no, it was 0 times, known since 2026-03-02T10:00:00.000Z, too short to say',
    );
  });

  it('a higher number than before is known as far as the instants go that were kept', () => {
    const ada = asks({ did: 'Ordered', atLeast: 1, within: '9 days' });
    for (let count = 0; count < 5; count += 1) {
      ada.event('Ordered');
      ada.minutes(1);
    }
    ada.define([{ id: 'three', when: { did: 'Ordered', atLeast: 3, within: '9 days' } }]);
    for (const _ of [1, 2]) ada.event('Ordered');
    expect(ada.document.segments).toHaveProperty('three');
  });
});

describe('what a document keeps', () => {
  it('is one aggregate for all that ask about the same events', () => {
    const ada = asks(
      { did: 'Ordered', where: { 'event.total': { gte: 5, lt: 9 } } },
      { did: 'Ordered', where: { 'event.total': { lt: 9, gte: 5 } }, within: '9 days', atMost: 2 },
    );
    ada.event('Ordered', { total: 6 });
    expect(Object.keys(ada.document.aggregates)).toHaveLength(1);
  });

  it('is a number for life, and the latest instants as many as the question needs for a time', () => {
    const life = asks({ did: 'Ordered', atLeast: 1000 });
    for (let count = 0; count < 150; count += 1) life.event('Ordered');
    expect(bytes(life)).toBeLessThan(30);
    const timed = asks({ did: 'Ordered', atLeast: 2, within: '9 days' });
    for (let count = 0; count < 150; count += 1) timed.event('Ordered');
    expect(bytes(timed)).toBeLessThan(150);
  });

  it('is forgotten when no window reaches it any more, and when nobody asks', () => {
    const ada = asks({ did: 'Ordered', atMost: 2, within: '9 days' });
    ada.event('Ordered');
    ada.wait(at('2026-04-02T10:00:00Z'));
    ada.identify({ plan: 'gold' });
    expect(Object.values(ada.document.aggregates)).toMatchObject([{ count: 1, latest: [] }]);
    ada.define([]);
    ada.decide({ kind: 'time' });
    expect(ada.document.aggregates).toEqual({});
  });
});
