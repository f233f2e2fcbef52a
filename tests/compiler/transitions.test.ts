import { describe, expect, it } from 'vitest';
import { pathCosts } from '#lib/compiler/transitions.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { branch, exit, flowOf, goto, send, split, wait, waitFor } from './flows.ts';

/** Transitions of every path, by machine; each is what the table allows. */
function costs(flow: Flow): number[] {
  const { paths } = pathCosts(flow, 100);
  for (const path of paths) expect(path.transitions).toBe(path.allowed);
  return paths.map(({ transitions }) => transitions);
}

/** A wait for events of which each leads to one of `bye`, `gone` and the end. */
function costsAfter(events: (string | null)[]): number[] {
  return costs(flowOf({ hear: waitFor('1 day', events, 'bye'), bye: send('bye', null), gone: exit('x') }));
}

describe('pathCosts', () => {
  it('gives the figures of the worked example: 6 transitions for 5 steps where time is up', () => {
    const { paths, complete } = pathCosts(
      flowOf({
        'give-time': wait('1 hour', 'remind'),
        remind: send('remind', 'looked-again'),
        'looked-again': waitFor('2 days', ['help'], 'worth-more'),
        'worth-more': branch(['personal'], 'offer'),
        personal: send('personal', null),
        offer: send('offer', null),
        help: send('help', null),
      }),
      100,
    );
    expect(complete).toBe(true);
    expect(paths).toEqual([
      { ways: ['looked-again: Event 0'], exit: undefined, steps: 4, transitions: 4, allowed: 4 },
      {
        ways: ['looked-again: time is up', 'worth-more: case 0'],
        exit: undefined,
        steps: 5,
        transitions: 6,
        allowed: 6,
      },
      {
        ways: ['looked-again: time is up', 'worth-more: otherwise'],
        exit: undefined,
        steps: 5,
        transitions: 6,
        allowed: 6,
      },
    ]);
  });

  it('counts nothing but the steps where a Task comes first and last', () => {
    expect(costs(flowOf({ a: send('a', 'b'), b: wait('3 days', 'c'), c: send('c', null) }))).toEqual([3]);
    expect(costs(flowOf({ a: send('a', 'b'), b: send('b', 'gone'), gone: exit('x') }))).toEqual([2]);
  });

  it('counts one more where a path ends in a wait, a Choice or at once', () => {
    expect(costs(flowOf({ a: send('a', 'b'), b: wait('3 days', null) }))).toEqual([3]);
    expect(costs(flowOf({ a: send('a', 'b'), b: branch(['gone'], null), gone: exit('x') }))).toEqual([3, 3]);
    expect(costs({ start: null, nodes: {} })).toEqual([1]);
  });

  it('counts a Choice for several events only where they lead to different places', () => {
    expect(costsAfter(['bye', 'bye'])).toEqual([2, 2, 2]);
    expect(costsAfter([null, 'gone'])).toEqual([1, 1, 2]);
    expect(costsAfter(['bye', null])).toEqual([3, 3, 2]);
  });

  it('counts splits that follow each other once, gotos without a bound not at all, with a bound one', () => {
    const splits = flowOf({ a: split(['b', 'b']), b: split(['c', 'c']), c: send('c', null) });
    expect(costs(splits)).toEqual([2, 2, 2, 2]);
    expect(costs(flowOf({ a: send('a', 'g'), g: goto('c', null), c: send('c', null) }))).toEqual([2]);
    const loop = flowOf({
      a: send('a', 'b'),
      b: wait('1 hour', 'g'),
      g: goto('a', 'c', 5),
      c: send('c', null),
    });
    // Once round: a, b, g, a, b, g, c.
    expect(costs(loop)).toEqual([7, 4]);
  });

  it('says so where a journey has more paths than were asked for', () => {
    const nodes = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => {
        const next = index === 9 ? null : `b${index + 1}`;
        return [`b${index}`, branch([next], next)];
      }),
    );
    const { paths, complete } = pathCosts(flowOf(nodes), 50);
    expect([paths.length, complete]).toEqual([50, false]);
  });
});
