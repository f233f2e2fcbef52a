import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

function entered(nodes: Record<string, FlowNode>, traits: Record<string, unknown> = {}): Bench {
  const ada = new Bench([manifest('journey', 'Signed Up', nodes)]);
  ada.identify(traits);
  ada.event('Signed Up');
  return ada;
}

const hello = letter('hello', null);

const byPlan = (otherwise: string | null): FlowNode => ({
  kind: 'branch',
  cases: [
    { name: 'gold', when: { 'profile.plan': 'gold' }, next: 'hello' },
    { name: 'paying', when: { 'profile.plan': ['gold', 'silver'] }, next: 'rest' },
  ],
  otherwise,
});

describe('branch', () => {
  const flow = { which: byPlan('bye'), hello, rest: pause('1 hour', null), bye: letter('bye', null) };

  it.each([
    ['gold', 0, 'gold'],
    ['silver', 1, 'paying'],
    ['basic', 2, 'otherwise'],
    [undefined, 2, 'otherwise'],
  ])('plan %s: the first case that holds', (plan, index, name) => {
    const ada = entered(flow, plan === undefined ? {} : { plan });
    expect(ada.run.first.route).toEqual({ which: index });
    expect(ada.told('takes')).toEqual([`takes which ${name}`]);
  });

  it('without a case and without otherwise: on to the next step, or the end', () => {
    expect(
      entered({ which: byPlan('rest'), hello, rest: pause('1 hour', null) }).run.first.until,
    ).not.toBeNull();
    expect(entered({ which: byPlan(null), hello, rest: pause('1 hour', null) }).told('completes')).toEqual([
      'completes',
    ]);
  });

  it('reads the profile of the moment it is decided', () => {
    const ada = entered(
      { first: letter('first', 'which'), ...flow },
      { plan: 'basic', email: 'ada@example.com' },
    );
    ada.send('first');
    ada.identify({ plan: 'gold' }, { at: addMillis(ada.now, 1) });
    ada.minutes(1);
    expect(ada.sent('first')).toMatchObject({ plan: { route: { which: 0 } } });
  });

  it('asks what became of a send of this run: its latest', () => {
    const asks: FlowNode = {
      kind: 'branch',
      cases: [{ name: 'opened', when: { send: 'first', was: 'opened' }, next: 'hello' }],
      otherwise: null,
    };
    const ada = entered(
      { first: letter('first', 'rest'), rest: pause('1 hour', 'asks'), asks, hello },
      { email: 'ada@example.com' },
    );
    ada.send('first');
    ada.sent('first');
    ada.event('Message Opened', { message: 'first', machine: true });
    expect(ada.document.sends[0]?.reports).toBeUndefined();
    ada.event('Message Opened', { message: 'first' });
    expect(ada.plan('asks')).toMatchObject({ plan: { route: { asks: 0 } } });
  });
});

const again = (target: string, backward: boolean, next: string | null, atMost = 2): FlowNode => ({
  kind: 'goto',
  target,
  atMost,
  backward,
  next,
});

describe('goto', () => {
  const loop = { rest: letter('rest', 'again'), again: again('rest', true, 'bye'), bye: letter('bye', null) };

  it('jumps so many times as it may, then passes over', () => {
    const ada = entered(loop, { email: 'ada@example.com' });
    const visits = [
      { visit: 1, round: 0, jumps: {} },
      { visit: 2, round: 1, jumps: { again: 1 } },
      { visit: 3, round: 2, jumps: { again: 2 } },
    ];
    const routes = visits.map((state) => {
      ada.send('rest', { loop: state });
      const answer = ada.sent('rest', 'accepted', { loop: state });
      ada.minutes(1);
      return answer.kind === 'plan' ? answer.plan.route : undefined;
    });
    expect(routes).toEqual([{ again: 0 }, { again: 0 }, { again: 1 }]);
    expect(ada.document.sends.map(({ key }) => key.slice(-1))).toEqual(['1', '2', '3']);
  });

  it('run.round counts the backward jumps, for a branch behind the goto too', () => {
    const which: FlowNode = {
      kind: 'branch',
      cases: [{ name: 'second round', when: { 'run.round': { gte: 1 } }, next: 'bye' }],
      otherwise: 'rest',
    };
    const ada = entered(
      { which, rest: letter('rest', 'again'), again: again('which', true, 'bye'), bye: letter('bye', null) },
      { email: 'ada@example.com' },
    );
    expect(ada.run.first.route).toEqual({ which: 1 });
    ada.send('rest');
    expect(ada.sent('rest')).toMatchObject({ plan: { route: { again: 0, which: 0 } } });
  });

  it('a jump forward is no round, and a goto without a bound is only a way', () => {
    const which: FlowNode = {
      kind: 'branch',
      cases: [{ name: 'round', when: { 'run.round': { gte: 1 } }, next: null }],
      otherwise: 'bye',
    };
    const ada = entered({ ahead: again('which', false, null), which, bye: letter('bye', null) });
    expect(ada.run.first.route).toEqual({ ahead: 0, which: 1 });
    const plain = entered({
      ahead: { kind: 'goto', target: 'bye', backward: false, next: null },
      bye: letter('bye', null),
    });
    expect(plain.run.first.route).toEqual({});
  });

  it('plans the visit of a wait that a jump leads to', () => {
    const nodes = {
      wait: awaiting('1 hour', [['Clicked', 'again']], null),
      again: again('wait', true, null),
    };
    const ada = entered(nodes);
    ada.register('wait');
    ada.event('Clicked');
    expect(ada.run.waiting).toMatchObject({
      step: 'wait',
      visit: 2,
      loop: { visit: 2, round: 1, jumps: { again: 1 } },
    });
  });
});

const draw = (arms: readonly [name: string, share: number][], experiment = 'draw'): NodeOf<'split'> => ({
  kind: 'split',
  experiment,
  arms: arms.map(([name, share]) => ({ name, share, next: 'rest' })),
});

function reentering(node: NodeOf<'split'>): ReturnType<typeof manifest> {
  const entry = { event: 'Signed Up', reentry: { mode: 'always' } } as const;
  return manifest('journey', entry, { draw: node, rest: pause('9 days', null) });
}

describe('split', () => {
  const rest = pause('9 days', null);

  const half = draw([
    ['a', 50],
    ['b', 50],
  ]);

  function drawn(customer: string, node: NodeOf<'split'>): Bench {
    const ada = new Bench(
      [manifest('journey', { event: 'Signed Up', reentry: { mode: 'always' } }, { draw: node, rest })],
      customer,
    );
    ada.event('Signed Up');
    return ada;
  }

  function counts(node: NodeOf<'split'>, customers: number): number[] {
    const found = node.arms.map(() => 0);
    for (let index = 0; index < customers; index += 1) {
      const arm = drawn(`customer ${index}`, node).run.first.route['draw'] ?? 0;
      found[arm] = (found[arm] ?? 0) + 1;
    }
    return found;
  }

  it('gives each arm its share', () => {
    const customers = 3000;
    const observed = counts(
      draw([
        ['a', 50],
        ['b', 30],
        ['c', 20],
      ]),
      customers,
    );
    const expected = [0.5, 0.3, 0.2].map((share) => share * customers);
    const chiSquare = observed.reduce(
      (sum, count, index) => sum + (count - (expected[index] ?? 0)) ** 2 / (expected[index] ?? 1),
      0,
    );
    // Two degrees of freedom: chance alone goes beyond 13.8 once in a thousand.
    expect(chiSquare).toBeLessThan(13.8);
  });

  it('different experiments draw independently, one experiment alike in every journey', () => {
    const first = { ...half, experiment: 'x', arms: half.arms.map((arm) => ({ ...arm, next: 'second' })) };
    const one = manifest('one', 'Signed Up', { first, second: { ...half, experiment: 'y' }, rest });
    const two = manifest('two', 'Signed Up', { other: { ...half, experiment: 'x' }, rest });
    const pairs = new Set<string>();
    for (let index = 0; index < 40; index += 1) {
      const ada = new Bench([one, two], `customer ${index}`);
      ada.event('Signed Up');
      const [here, there] = Object.values(ada.document.runs).map((run) => run.first.route);
      expect(there?.['other']).toBe(here?.['first']);
      pairs.add(`${here?.['first']} ${here?.['second']}`);
    }
    expect(pairs.size).toBe(4);
  });

  it('keeps customers in their arms when shares change; only those of a removed arm are drawn anew', () => {
    const moved = new Set<string>();
    for (let index = 0; index < 40; index += 1) {
      const ada = drawn(`customer ${index}`, half);
      const arms = [ada.document.splits['draw']];
      for (const shares of [
        { a: 1, b: 99 },
        { a: 99, b: 1 },
        { b: 50, c: 50 },
      ]) {
        ada.deploy([reentering(draw(Object.entries(shares)))]);
        ada.event('Signed Up');
        arms.push(ada.document.splits['draw']);
      }
      moved.add(arms.join());
    }
    expect(moved).toEqual(new Set(['b,b,b,b', 'a,a,a,b', 'a,a,a,c']));
  });

  it('shares that do not quite sum to a hundred leave nobody out', () => {
    const third: [string, number][] = [
      ['a', 33.3],
      ['b', 33.3],
      ['c', 33.3],
    ];
    expect(counts(draw(third), 300).every((count) => count > 60)).toBe(true);
  });
});

const until = (timezone?: string): FlowNode => ({
  kind: 'wait',
  until: '09:00',
  next: 'hello',
  ...(timezone === undefined ? {} : { timezone }),
});

describe('waits', () => {
  it('end on a full second, and a calendar day later at the same local time', () => {
    const ada = new Bench([
      manifest('journey', 'Signed Up', { rest: pause('1 day', 'bye'), bye: letter('bye', null) }),
    ]);
    ada.wait(at('2026-03-28T11:00:00.250Z'));
    ada.event('Signed Up');
    // Europe/Berlin springs forward on 29 March.
    expect(ada.run.first.until).toBe('2026-03-29T10:00:01.000Z');
  });

  it('until a time of day in the zone of the customer, of the step, of the workspace', () => {
    expect(entered({ rest: until(), hello }).run.first.until).toBe('2026-03-03T08:00:00.000Z');
    expect(entered({ rest: until(), hello }, { timezone: 'America/New_York' }).run.first.until).toBe(
      '2026-03-02T14:00:00.000Z',
    );
    expect(
      entered({ rest: until('Asia/Tokyo'), hello }, { timezone: 'America/New_York' }).run.first.until,
    ).toBe('2026-03-03T00:00:00.000Z');
  });

  it('a waitFor until a time of day ends there', () => {
    const nodes: Record<string, FlowNode> = {
      wait: {
        kind: 'waitFor',
        until: '18:00',
        since: 'step',
        events: [{ event: 'Clicked', next: null }],
        otherwise: null,
      },
    };
    expect(entered(nodes).run.waiting?.until).toBe('2026-03-02T17:00:00.000Z');
  });
});
