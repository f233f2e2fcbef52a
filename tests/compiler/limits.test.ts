import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { HISTORY_BUDGET, LONGEST_EXECUTION, machineLimits, runLimits } from '#lib/compiler/limits.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { branch, flowOf, goto, manifestOf, send, wait, waitFor } from './flows.ts';

const DAY = 86_400_000;

function longestDays(flow: Flow): number | undefined {
  const found = runLimits(flow).find(({ kind }) => kind === 'longest run');
  return found === undefined ? undefined : found.actual / DAY;
}

function daysInLoop(atMost: number): Flow {
  return flowOf({
    before: wait('60 days', 'turn'),
    turn: wait('30 days', 'ask'),
    ask: send('ask', 'again'),
    again: goto('turn', 'after', atMost),
    after: wait('10 days', null),
  });
}

/** A wait, a send and the Choice of the goto are 2 + 5 + 2 events. */
function sendsInLoop(atMost: number): Flow {
  return flowOf({ a: wait('1 hour', 'b'), b: send('b', 'g'), g: goto('a', null, atMost) });
}

function sends(count: number): Flow {
  return flowOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const next = index + 1 < count ? `s${index + 1}` : null;
        return [`s${index}`, send(`s${index}`, next)];
      }),
    ),
  );
}

describe('runLimits', () => {
  it('lets a run of exactly a year pass, and names the longest step of a longer one', () => {
    expect(runLimits(flowOf({ a: wait('365 days', 'b'), b: send('b', null) }))).toEqual([]);
    expect(
      runLimits(flowOf({ a: wait('1 day', 'c'), c: wait('365 days', 'b'), b: send('b', null) })),
    ).toEqual([{ kind: 'longest run', nodeId: 'c', actual: 366 * DAY, limit: LONGEST_EXECUTION }]);
  });

  it('takes the longest arm, months and years at their longest', () => {
    const flow = flowOf({
      which: branch(['short'], 'long'),
      short: wait('1 week', 'hear'),
      long: wait('12 months', 'hear'),
      hear: waitFor('1 month', [null], null),
    });
    expect(longestDays(flow)).toBe(366 + 31);
  });

  it('counts a loop as often as its bound lets it turn, and what follows it once', () => {
    // 60 + 30 * (1 + jumps) + 10
    expect(longestDays(daysInLoop(8))).toBeUndefined();
    expect(longestDays(daysInLoop(9))).toBe(370);
  });

  it('counts loops that follow each other, and loops in loops', () => {
    const twoLoops = flowOf({
      a: wait('100 days', 'g'),
      g: goto('a', 'b', 1),
      b: wait('50 days', 'h'),
      h: goto('b', null, 3),
    });
    expect(longestDays(twoLoops)).toBe(2 * 100 + 4 * 50);
    const inner = flowOf({
      a: wait('20 days', 'b'),
      b: wait('60 days', 'h'),
      h: goto('b', 'g', 3),
      g: goto('a', null, 2),
    });
    // Jumps of a goto count for the whole run: three turns of the inner loop in all.
    expect(longestDays(inner)).toBe(3 * 20 + 6 * 60);
  });

  it('counts the events of the history, loops included', () => {
    expect(runLimits(sendsInLoop(2000))).toEqual([]);
    expect(runLimits(sendsInLoop(2500))).toEqual([
      { kind: 'history events', nodeId: 'b', actual: 2501 * 9, limit: HISTORY_BUDGET },
    ]);
  });

  it('answers in time where very many jumps can be combined, too much rather than too little', () => {
    const names = ['a', 'b', 'c', 'd'];
    const nodes = Object.fromEntries(
      names.flatMap((name, index) => [
        [name, wait('1 hour', `${name} (goto)`)],
        [`${name} (goto)`, goto('a', names[index + 1] ?? null, 40)],
      ]),
    );
    expect(longestDays(flowOf(nodes)) ?? 0).toBeLessThan(LONGEST_EXECUTION / DAY);
  });
});

describe('machineLimits', () => {
  it('measures the definition as it will be deployed', () => {
    const small = compileManifest(manifestOf(sends(20))).machine;
    expect(machineLimits(small)).toEqual([]);
    const large = compileManifest(manifestOf(sends(1000))).machine;
    const [broken] = machineLimits(large);
    expect(broken?.kind).toBe('definition size');
    expect(broken?.actual).toBeGreaterThan(Buffer.byteLength(JSON.stringify(large)));
  });
});
