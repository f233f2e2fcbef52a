import { describe, expect, it } from 'vitest';
import { legsOf } from '#lib/compiler/plan/legs.ts';
import type { MachinePlan, PlannedState, Settlement } from '#lib/compiler/plan/machine-plan.ts';
import { planMachine } from '#lib/compiler/plan/plan.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { branch, exit, flowOf, goto, send, split, wait, waitFor } from './flows.ts';

function namesIn(flow: Flow): string[] {
  return planMachine(flow).states.map(({ name }) => name);
}

function stateIn<K extends PlannedState['kind']>(plan: MachinePlan, kind: K, name: string) {
  const state = plan.states.find((one) => one.name === name);
  if (state?.kind !== kind)
    throw new Error(`no ${kind} "${name}" among ${plan.states.map((one) => one.name).join(', ')}`);
  return state as Extract<PlannedState, { kind: K }>;
}

/** States where the first of the nodes comes directly after a wait of an hour. */
function afterWait(nodes: Record<string, FlowNode>): string[] {
  return namesIn(flowOf({ pause: wait('1 hour', Object.keys(nodes)[0] ?? null), ...nodes }));
}

/** States where the first of the nodes begins the time-out arm of a wait for events. */
function afterTimeOut(nodes: Record<string, FlowNode>): string[] {
  return namesIn(flowOf({ hear: waitFor('1 hour', [null], Object.keys(nodes)[0] ?? null), ...nodes }));
}

function settlementOf(flow: Flow, name: string): Settlement {
  return stateIn(planMachine(flow), 'send', name).task.settlement;
}

describe('where a Task is inserted', () => {
  it('nowhere while a Task comes before whatever has to be decided', () => {
    const flow = flowOf({
      hello: send('hello', 'which'),
      which: branch(['days'], 'draw'),
      draw: split(['days', 'answer']),
      days: wait('3 days', 'bye'),
      answer: waitFor('2 days', ['bye'], 'bye'),
      bye: send('bye', null),
    });
    expect(namesIn(flow)).toEqual(['hello', 'which', 'draw', 'days', 'answer', 'bye']);
  });

  it('before a branch, a split, a wait of days and an end that come directly after a wait', () => {
    expect(afterWait({ which: branch([null], null) })).toEqual(['pause', 'which (now)', 'which']);
    expect(afterWait({ draw: split([null, null]) })).toEqual(['pause', 'draw (now)', 'draw']);
    expect(afterWait({ days: wait('1 day', null) })).toEqual(['pause', 'days (now)', 'days', '(end)']);
    expect(afterWait({ gone: exit('enough') })).toEqual(['pause', 'gone (now)']);
    expect(afterWait({})).toEqual(['pause', '(end)']);
  });

  it('not before a wait of exact length: the wait before computes its plan', () => {
    const plan = planMachine(
      flowOf({
        pause: wait('1 hour', 'more'),
        more: wait('PT0.5S', 'hear'),
        hear: waitFor('90 minutes', [null], 'bye'),
        bye: send('bye', null),
      }),
    );
    expect(plan.states.map(({ name }) => name)).toEqual(['pause', 'more', 'hear', 'bye']);
    // Step Functions waits whole seconds.
    expect(stateIn(plan, 'wait', 'pause').next).toEqual({ to: 'more', lasts: 1000 });
    expect(stateIn(plan, 'wait', 'more').next).toEqual({ to: 'hear', lasts: 5_400_000 });
  });

  it('at the start of a time-out arm only where no Task stands there', () => {
    expect(afterTimeOut({ bye: send('bye', null) })).toEqual(['hear', 'bye']);
    expect(afterTimeOut({ more: waitFor('1 hour', [null], null) })).toEqual(['hear', 'more', '(end)']);
    expect(afterTimeOut({ days: waitFor('1 day', [null], null) })).toEqual([
      'hear',
      'days (now)',
      'days',
      '(end)',
    ]);
    expect(afterTimeOut({ pause: wait('1 hour', null) })).toEqual(['hear', 'pause (now)', 'pause', '(end)']);
    expect(afterTimeOut({ which: branch([null], null) })).toEqual(['hear', 'which (now)', 'which']);
    expect(afterTimeOut({})).toEqual(['hear', '(end)']);
  });
});

describe('who tells the document of a time-out', () => {
  it('a step that is reached in no other way has it written in', () => {
    const flow = flowOf({ hear: waitFor('1 hour', [null], 'bye'), bye: send('bye', null) });
    expect(settlementOf(flow, 'bye')).toEqual({ kind: 'literal', wait: 'hear' });
  });

  it('a step that an event leads to as well is told by a variable', () => {
    const plan = planMachine(flowOf({ hear: waitFor('1 hour', ['bye'], 'bye'), bye: send('bye', null) }));
    expect(stateIn(plan, 'send', 'bye').task.settlement).toEqual({ kind: 'variable', waits: ['hear'] });
    expect(stateIn(plan, 'waitFor', 'hear').assignsSettle).toBe(true);
  });

  it('a jump between the time-out and the step makes it a variable, and the loop is kept', () => {
    const plan = planMachine(
      flowOf({
        hear: waitFor('1 hour', [null], 'again'),
        again: goto('hear', 'bye', 2),
        bye: send('bye', null),
      }),
    );
    const { task } = stateIn(plan, 'send', 'bye');
    expect(task.settlement).toEqual({ kind: 'variable', waits: ['hear'] });
    expect(task.restoresLoop).toBe(true);
    expect(stateIn(plan, 'waitFor', 'hear')).toMatchObject({ assignsSettle: true, keepsLoop: true });
  });

  it('a step after any other wait or Task settles nothing', () => {
    const flow = flowOf({ pause: wait('1 hour', 'bye'), bye: send('bye', null) });
    expect(settlementOf(flow, 'bye')).toEqual({ kind: 'none' });
  });
});

describe('what a state knows of the plan', () => {
  it('the first steps read what the entry decided; after a Task its answer; where both meet, either', () => {
    const plan = planMachine(
      flowOf({
        which: branch(['hello'], 'days'),
        hello: send('hello', 'days'),
        days: wait('3 days', 'after'),
        after: branch([null], 'bye'),
        bye: send('bye', null),
      }),
    );
    const known = Object.fromEntries(plan.states.map((state) => [state.name, state.planKnown]));
    expect(known).toEqual({
      which: 'never',
      hello: 'never',
      days: 'sometimes',
      'after (now)': 'sometimes',
      after: 'always',
      bye: 'always',
    });
  });

  it('a Task keeps its answer only where something reads it', () => {
    const plan = planMachine(
      flowOf({
        one: send('one', 'two'),
        two: send('two', 'days'),
        days: wait('3 days', 'three'),
        three: send('three', null),
      }),
    );
    const keeps = ['one', 'two', 'three'].map((name) => stateIn(plan, 'send', name).task.keepsPlan);
    expect(keeps).toEqual([false, true, false]);
  });

  it('a step after a wait says when the wait was to end, one after a Task does not', () => {
    const plan = planMachine(
      flowOf({
        one: send('one', 'pause'),
        pause: wait('1 day', 'two'),
        two: send('two', 'three'),
        three: send('three', null),
      }),
    );
    const says = ['one', 'two', 'three'].map((name) => stateIn(plan, 'send', name).task.reached);
    expect(says).toEqual([false, true, false]);
  });
});

describe('splits that follow each other', () => {
  it('are one state, with the arms that lead nowhere else left out of its rules', () => {
    const plan = planMachine(
      flowOf({
        tone: split(['size', 'bye', 'size']),
        size: split(['colour', 'colour']),
        colour: split(['bye', null]),
        bye: send('bye', null),
      }),
    );
    const { rules } = stateIn(plan, 'split', 'tone');
    expect(rules.map(({ taken, way }) => [taken, way.to])).toEqual([
      [
        [
          { split: 'tone', arms: [0, 2] },
          { split: 'colour', arms: [0] },
        ],
        'bye',
      ],
      [
        [
          { split: 'tone', arms: [0, 2] },
          { split: 'colour', arms: [1] },
        ],
        null,
      ],
      [[{ split: 'tone', arms: [1] }], 'bye'],
    ]);
    expect(plan.states.map(({ name }) => name)).toEqual(['tone', 'bye']);
  });

  it('stay apart where together they would have too many rules', () => {
    const wide = Array.from({ length: 40 }, () => 'bye');
    const plan = planMachine(
      flowOf({
        tone: split(['size', ...wide]),
        size: split(wide),
        bye: send('bye', null),
      }),
    );
    expect(plan.states.map(({ name }) => name)).toEqual(['tone', 'size', 'bye']);
  });
});

describe('legsOf', () => {
  it('tells what runs between two waits, and in which waits it comes to rest', () => {
    const legs = legsOf(
      flowOf({
        hello: send('hello', 'hear'),
        hear: waitFor('1 day', ['thanks'], 'which'),
        thanks: send('thanks', null),
        which: branch(['pause'], 'gone'),
        pause: wait('1 hour', 'hello'),
        gone: exit('enough'),
      }),
    );
    expect(legs).toEqual([
      { start: { kind: 'entry' }, nodes: ['hello'], waits: ['hear'], mayEnd: false },
      { start: { kind: 'event', wait: 'hear', arm: 0 }, nodes: ['thanks'], waits: [], mayEnd: true },
      { start: { kind: 'time', wait: 'hear' }, nodes: ['which', 'gone'], waits: ['pause'], mayEnd: true },
      { start: { kind: 'time', wait: 'pause' }, nodes: ['hello'], waits: ['hear'], mayEnd: false },
    ]);
  });
});

describe('a flow that the checks refuse', () => {
  it('is a fault, not a machine', () => {
    expect(() => planMachine(flowOf({ hello: send('hello', 'nowhere') }))).toThrow('no node "nowhere"');
    expect(() => planMachine(flowOf({ a: goto('b', null), b: goto('a', null) }))).toThrow('in a circle');
  });
});
