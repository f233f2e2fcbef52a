import { describe, expect, it } from 'vitest';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

const MINUTE = 60_000;
const ends = {
  clicked: letter('clicked', null),
  replied: letter('replied', null),
  silent: letter('silent', null),
};
const arms = [
  ['Clicked', 'clicked'],
  ['Replied', 'replied'],
] as const;

/** Waits an hour for a click or a reply, from the entry on. */
function waits(since = 'step', more: object = {}): Bench {
  const ada = new Bench([
    manifest('journey', 'Signed Up', { wait: awaiting('1 hour', arms, 'silent', since), ...ends, ...more }),
  ]);
  ada.identify(EMAIL);
  ada.event('Signed Up');
  return ada;
}

function timeOut(ada: Bench, step: string, next = 'silent', loop?: Parameters<Bench['send']>[1]) {
  return ada.send(next, { ...loop, settle: { step, visit: 1 } });
}

describe('which event ends a wait', () => {
  it('the first that is decided, whatever its timestamp, if it lies inside', () => {
    const ada = waits();
    ada.register('wait');
    ada.minutes(30);
    ada.event('Replied');
    ada.event('Clicked', {}, { at: addMillis(ada.now, -20 * MINUTE) });
    expect(ada.told('takes')).toEqual(['takes wait Replied']);
    expect(ada.run).toMatchObject({ phase: 'waking', won: { arm: 1, token: 'token' } });
  });

  it('several arms by one event: the first written whose condition holds', () => {
    const step = awaiting(
      '1 hour',
      [
        ['Bought', 'clicked', { 'event.total': { gt: 100 } }],
        ['Bought', 'replied'],
        ['Bought', 'silent'],
      ],
      null,
    );
    const ada = new Bench([manifest('journey', 'Signed Up', { wait: step, ...ends })]);
    ada.event('Signed Up');
    ada.event('Bought', { total: 50 });
    expect(ada.run.won?.arm).toBe(1);
  });

  it('an event that fits no arm is passed over', () => {
    const step = awaiting('1 hour', [['Bought', 'clicked', { 'event.total': { gt: 100 } }]], 'silent');
    const ada = new Bench([manifest('journey', 'Signed Up', { wait: step, ...ends })]);
    ada.event('Signed Up');
    ada.register('wait');
    ada.event('Bought', { total: 100 });
    ada.event('Bought', {});
    expect(ada.told('takes')).toEqual([]);
    ada.event('Bought', { total: 101 });
    expect(ada.told('takes')).toEqual(['takes wait Bought']);
  });

  it.each([
    ['at its start', 0, true],
    ['in its last millisecond', 60 * MINUTE - 1, true],
    ['at its end', 60 * MINUTE, false],
    ['a millisecond before its start', -1, false],
  ])('an event %s, told before the time-out', (_, offset, counts) => {
    const ada = waits();
    const happened = addMillis(ada.now, offset);
    ada.register('wait');
    ada.minutes(61);
    ada.event('Clicked', {}, { at: happened });
    expect(ada.told('takes')).toEqual(counts ? ['takes wait Clicked'] : []);
    expect(timeOut(ada, 'wait')).toMatchObject(counts ? { kind: 'leave', name: 'Arm.0' } : { kind: 'claim' });
  });

  it('an event told after the time-out was decided comes too late', () => {
    const ada = waits();
    const inside = addMillis(ada.now, MINUTE);
    ada.register('wait');
    ada.minutes(61);
    timeOut(ada, 'wait');
    ada.event('Clicked', {}, { at: inside });
    expect(ada.told('takes')).toEqual(['takes wait time is up']);
  });
});

/** Rests for two hours, then waits for one; a click comes so many minutes after the entry. */
function clickedAt(minute: number, since: string): string[] {
  const ada = new Bench([
    manifest('journey', 'Signed Up', {
      rest: pause('2 hours', 'wait'),
      wait: awaiting('1 hour', arms, 'silent', since),
      ...ends,
    }),
  ]);
  ada.event('Signed Up');
  const start = ada.now;
  ada.wait(addMillis(start, minute * MINUTE));
  ada.event('Clicked');
  if (minute < 120) ada.wait(addMillis(start, 120 * MINUTE + 700));
  const from = addMillis(start, 120 * MINUTE);
  ada.register('wait', { since: from, until: addMillis(from, 60 * MINUTE) });
  return ada.told('takes');
}

describe('since', () => {
  it.each([
    ['step', 119, false],
    ['step', 120, true],
    ['step', 125, true],
    ['entry', 0, true],
    ['entry', 119, true],
    ['30 minutes', 89, false],
    ['30 minutes', 90, true],
  ])('"%s": a click after %i minutes, told before the registration', (since, minute, counts) => {
    expect(clickedAt(minute, since)).toEqual(counts ? ['takes wait Clicked'] : []);
  });

  it('"entry" does not look behind the entry, a duration may', () => {
    for (const [since, taken] of [
      ['entry', 0],
      ['2 hours', 1],
    ] as const) {
      const ada = waits(since);
      ada.event('Clicked', {}, { at: addMillis(ada.now, -MINUTE) });
      expect(ada.told('takes')).toHaveLength(taken);
    }
  });

  it('an event that ends one wait counts for a later one that looks back to the entry', () => {
    for (const order of [
      ['first', 'second'],
      ['second', 'first'],
    ]) {
      const nodes = {
        first: awaiting('1 hour', [['Clicked', 'rest']], null),
        second: awaiting('1 hour', [['Clicked', 'clicked']], 'silent', 'entry'),
      };
      // Whatever the order in which the journey's file names its steps.
      const [one = 'first', two = 'second'] = order;
      const flow = {
        [one]: nodes[one as 'first'],
        [two]: nodes[two as 'second'],
        rest: pause('1 hour', 'second'),
        ...ends,
      };
      const written = manifest('journey', 'Signed Up', flow);
      const ada = new Bench([{ ...written, flow: { ...written.flow, start: 'first' } }]);
      ada.event('Signed Up');
      ada.register('first');
      ada.event('Clicked');
      ada.minutes(60);
      ada.register('second', { since: ada.now, until: addMillis(ada.now, 60 * MINUTE) });
      expect(ada.told('takes')).toEqual(['takes first Clicked', 'takes second Clicked']);
    }
  });

  it('of several matches before the registration the earliest decides, at one instant the first arm', () => {
    const rest = {
      rest: pause('2 hours', 'wait'),
      wait: awaiting('1 hour', arms, 'silent', 'entry'),
      ...ends,
    };
    for (const [click, reply, arm] of [
      [10, 5, 1],
      [5, 10, 0],
      [5, 5, 0],
    ] as const) {
      const ada = new Bench([manifest('journey', 'Signed Up', rest)]);
      ada.event('Signed Up');
      const start = ada.now;
      ada.minutes(30);
      ada.event('Replied', {}, { at: addMillis(start, reply * MINUTE) });
      ada.event('Clicked', {}, { at: addMillis(start, click * MINUTE) });
      ada.minutes(90);
      ada.register('wait', { since: ada.now, until: addMillis(ada.now, 60 * MINUTE) });
      expect(ada.run.won?.arm).toBe(arm);
    }
  });

  it('a wait of one visit does not see what ended the visit before', () => {
    const loop = { visit: 2, round: 1, jumps: { 'again (goto)': 1 } };
    const ada = waits('step', {
      'again (goto)': { kind: 'goto', target: 'wait', atMost: 3, backward: true, next: null },
    });
    ada.register('wait');
    ada.minutes(5);
    ada.event('Clicked');
    ada.minutes(1);
    ada.register('wait', { loop, since: ada.now, until: addMillis(ada.now, 60 * MINUTE) });
    expect(ada.told('takes')).toHaveLength(1);
    expect(ada.run.waiting).toMatchObject({ visit: 2 });
  });
});

describe('event against registration and time-out', () => {
  it('an event before the registration wins at once, and the token is woken when it comes', () => {
    const ada = waits();
    ada.event('Clicked');
    expect(ada.run).toMatchObject({ phase: 'starting', won: { arm: 0, attempt: -1 } });
    ada.register('wait', { token: 'late' });
    expect(ada.run).toMatchObject({ phase: 'waking', won: { token: 'late' } });
  });

  it('a retry with a new token is woken again, an older attempt that arrives late is not', () => {
    const ada = waits();
    ada.register('wait', { token: 'one' });
    ada.event('Clicked');
    ada.decide({ kind: 'confirm', run: ada.runId, leg: 1, answer: 'wake timed out', token: 'one' });
    expect(ada.run.phase).toBe('running');
    ada.register('wait', { token: 'two', attempt: 1 });
    ada.register('wait', { token: 'one', attempt: 0 });
    expect(ada.run).toMatchObject({ phase: 'waking', won: { token: 'two', attempt: 1 } });
    // The answer to the first token says nothing about the second.
    ada.decide({ kind: 'confirm', run: ada.runId, leg: 1, answer: 'woken', token: 'one' });
    expect(ada.run.phase).toBe('waking');
  });

  it('an older attempt does not take the place of the newer token either', () => {
    const ada = waits();
    ada.register('wait', { token: 'two', attempt: 1 });
    ada.register('wait', { token: 'one', attempt: 0 });
    ada.event('Clicked');
    expect(ada.run.won?.token).toBe('two');
  });

  it('a time-out that comes second is sent to the arm, as often as it asks', () => {
    const ada = waits();
    ada.register('wait');
    ada.event('Clicked');
    const answers = [timeOut(ada, 'wait'), timeOut(ada, 'wait')];
    expect(answers).toEqual([answers[0], answers[0]]);
    expect(answers[0]).toMatchObject({ kind: 'leave', name: 'Arm.0', details: { plan: { until: null } } });
    expect(ada.send('clicked')).toMatchObject({ kind: 'claim' });
    expect(ada.run.won).toBeUndefined();
  });

  it('an arm that ends the journey ends the run with the event, and the execution after its answer', () => {
    const ada = new Bench([
      manifest('journey', 'Signed Up', { wait: awaiting('1 hour', [['Clicked', null]], 'silent'), ...ends }),
    ]);
    ada.event('Signed Up');
    ada.register('wait');
    ada.event('Clicked');
    expect(ada.run).toMatchObject({ phase: 'waking', over: { as: 'completed' } });
    expect(timeOut(ada, 'wait')).toMatchObject({ kind: 'leave', name: 'RunEnded' });
    ada.decide({ kind: 'confirm', run: ada.runId, leg: 1, answer: 'woken', token: 'token' });
    expect(ada.document.runs).toEqual({});
  });

  it('a wait that never registered is settled with what has come meanwhile', () => {
    // An exact wait directly behind another: the state machine reckons it by itself, nobody has told the document.
    const flow = { rest: pause('1 hour', 'wait'), wait: awaiting('1 hour', arms, 'silent'), ...ends };
    for (const [minute, name] of [
      [90, 'Arm.0'],
      [121, undefined],
      [59, undefined],
    ] as const) {
      const ada = new Bench([manifest('journey', 'Signed Up', flow)]);
      ada.identify(EMAIL);
      ada.event('Signed Up');
      const start = ada.now;
      ada.wait(addMillis(start, minute * MINUTE));
      ada.event('Clicked');
      ada.wait(addMillis(start, 125 * MINUTE));
      expect(timeOut(ada, 'wait')).toMatchObject(
        name === undefined ? { kind: 'claim' } : { kind: 'leave', name },
      );
    }
  });

  it('between the planned end of a wait and its settling nothing is missed for the next one', () => {
    const which: FlowNode = {
      kind: 'branch',
      cases: [{ name: 'gold', when: { 'profile.plan': 'gold' }, next: null }],
      otherwise: 'next',
    };
    const flow: Record<string, FlowNode> = {
      wait: awaiting('1 hour', [['Replied', null]], 'which'),
      which,
      next: awaiting('1 hour', arms, 'silent'),
      ...ends,
    };
    const ada = new Bench([manifest('journey', 'Signed Up', flow)]);
    ada.event('Signed Up');
    ada.register('wait');
    ada.minutes(61);
    ada.event('Clicked');
    ada.minutes(1);
    const answer = ada.plan('which', { settle: { step: 'wait', visit: 1 } });
    const until: Instant = addMillis(ada.log[0]?.at ?? ada.now, 120 * MINUTE);
    expect(answer).toMatchObject({ kind: 'plan', plan: { route: { which: 1 }, until } });
    ada.register('next');
    expect(ada.told('takes').at(-1)).toBe('takes next Clicked');
  });
});

describe('calls that come late', () => {
  const chain = {
    ...ends,
    one: letter('one', 'wait'),
    wait: awaiting('1 hour', arms, 'silent'),
    clicked: letter('clicked', 'rest'),
    rest: pause('1 hour', null),
  };

  function beyond(): Bench {
    const written = manifest('journey', 'Signed Up', chain);
    const ada = new Bench([{ ...written, flow: { ...written.flow, start: 'one' } }]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.send('one');
    ada.sent('one');
    ada.register('wait', { token: 'now' });
    return ada;
  }

  it('a send that the run has behind it is not sent again', () => {
    const ada = beyond();
    ada.event('Clicked');
    ada.send('clicked');
    ada.sent('clicked');
    expect(ada.send('one', { attempt: 0 })).toMatchObject({ kind: 'leave', name: 'RunEnded' });
    expect(ada.document.sends.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'one accepted',
      'clicked accepted',
    ]);
  });

  it('the answer of the last call is repeated, and a wait that was won meanwhile stays won', () => {
    const ada = beyond();
    ada.event('Clicked');
    const { won } = ada.run;
    expect(ada.send('one')).toMatchObject({ kind: 'plan' });
    expect(ada.run.won).toEqual(won);
  });

  it('the registration of a wait that is over does not bring it back', () => {
    const ada = beyond();
    ada.minutes(61);
    timeOut(ada, 'wait');
    expect(ada.register('wait', { token: 'zombie', since: ada.now, until: ada.now })).toMatchObject({
      name: 'RunEnded',
    });
    expect(ada.run.waiting).toBeUndefined();
  });
});
