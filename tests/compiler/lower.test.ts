import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { State } from '#lib/compiler/lower/asl.ts';
import { literal, property } from '#lib/compiler/lower/expressions.ts';
import { stepState } from '#lib/compiler/plan/state-names.ts';
import type { Flow } from '#lib/journey/flow.ts';
import { branch, flowOf, goto, manifestOf, send, split, wait, waitFor } from './flows.ts';

function statesOf(flow: Flow): Readonly<Record<string, State>> {
  return compileManifest(manifestOf(flow)).machine.States;
}

async function evaluate(text: unknown, variables: Record<string, unknown>): Promise<unknown> {
  return jsonata(String(text).slice(2, -2)).evaluate({}, variables) as Promise<unknown>;
}

/** What the execution's input is in expressions. */
function withInput(first: unknown): Record<string, unknown> {
  return { states: { context: { Execution: { Input: { first } } } } };
}

describe('a send', () => {
  const states = statesOf(flowOf({ hello: send('hello', 'days'), days: wait('2 days', null) }));

  it('is one Task that carries its settings and the node that follows', () => {
    expect(states['hello']).toMatchObject({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: '${SendMessage}',
        Payload: {
          attempt: '{% $states.context.State.RetryCount %}',
          loop: { visit: 1, round: 0, jumps: {} },
          next: 'days',
          step: { id: 'hello', message: 'hello@000000000000' },
        },
      },
      Next: 'days',
    });
  });

  it('never retries a decision, and everything else for hours', () => {
    expect(states['hello']).toMatchObject({
      Retry: [
        { ErrorEquals: ['Deferred', 'RunEnded', 'Held', 'LegEnded'], MaxAttempts: 0 },
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 2,
          BackoffRate: 2,
          MaxAttempts: 40,
          MaxDelaySeconds: 900,
          JitterStrategy: 'FULL',
        },
      ],
    });
  });

  it('rests until the instant that a deferral names', async () => {
    expect(states['hello (deferred)']).toEqual({ Type: 'Wait', Timestamp: '{% $wakeAt %}', Next: 'hello' });
    const { Catch: [deferred] = [] } = states['hello'] as Extract<State, { Type: 'Task' }>;
    const cause = JSON.stringify({
      errorType: 'Deferred',
      errorMessage: '{"until":"2026-03-27T10:00:00.000Z"}',
    });
    const wakeAt = await evaluate(deferred?.Assign?.['wakeAt'], {
      parse: JSON.parse,
      states: { errorOutput: { Cause: cause } },
    });
    expect(wakeAt).toBe('2026-03-27T10:00:00.000Z');
  });
});

describe('a wait of exact length after a wait', () => {
  it('is planned by the wait before, from its planned end', async () => {
    const states = statesOf(flowOf({ a: wait('1 hour', 'b'), b: wait('90 minutes', null) }));
    const { Assign } = states['a'] as Extract<State, { Type: 'Wait' }>;
    const plan = Assign?.['plan'] as Record<string, unknown>;
    const variables = withInput({
      route: {},
      from: '2026-03-27T09:00:00.000Z',
      until: '2026-03-27T10:00:00.000Z',
    });
    expect(await evaluate(plan['from'], variables)).toBe('2026-03-27T10:00:00.000Z');
    expect(await evaluate(plan['until'], variables)).toBe('2026-03-27T11:30:00.000Z');
  });
});

describe('a wait for events', () => {
  it('waits whole seconds, at least one', async () => {
    const states = statesOf(flowOf({ hear: waitFor('1 day', [null], null) }));
    const { TimeoutSeconds } = states['hear'] as Extract<State, { Type: 'Task' }>;
    const seconds = (now: string) =>
      evaluate(TimeoutSeconds, {
        ...withInput({ route: {}, from: '', until: '2026-03-27T10:00:10.000Z' }),
        millis: () => Date.parse(now),
      });
    expect(await seconds('2026-03-27T10:00:00.000Z')).toBe(10);
    expect(await seconds('2026-03-27T10:00:00.001Z')).toBe(10);
    expect(await seconds('2026-03-27T10:00:09.999Z')).toBe(1);
    expect(await seconds('2026-03-28T10:00:00.000Z')).toBe(1);
  });
});

describe('a branch', () => {
  it('goes the way that the plan names, and its last way where no case fits', async () => {
    const states = statesOf(
      flowOf({ which: branch(['a', 'b'], null), a: send('a', null), b: send('b', null) }),
    );
    const which = states['which'] as Extract<State, { Type: 'Choice' }>;
    const way = async (index: number): Promise<string> => {
      for (const rule of which.Choices)
        if (await evaluate(rule.Condition, withInput({ route: { which: index } }))) return rule.Next;
      return which.Default;
    };
    expect([await way(0), await way(1), await way(2)]).toEqual(['a', 'b', 'run ended']);
  });
});

describe('a split with one arm', () => {
  it('is still a Choice, which needs a rule', () => {
    const states = statesOf(flowOf({ draw: split(['a']), a: send('a', null) }));
    expect(states['draw']).toMatchObject({ Choices: [{ Next: 'a' }], Default: 'a' });
  });
});

describe('a goto with a bound', () => {
  const states = statesOf(
    flowOf({ a: send('a', 'b'), b: wait('1 day', 'b (goto)'), 'b (goto)': goto('a', null, 2) }),
  );
  const {
    Choices: [jump],
    Default,
  } = states['b (goto) (after a wait)'] as Extract<State, { Type: 'Choice' }>;

  it('counts jumps, visits and rounds by itself, until they are used up', async () => {
    let loop: unknown;
    const rounds: unknown[] = [];
    for (let times = 0; times < 5; times += 1) {
      if (!(await evaluate(jump?.Condition, loop === undefined ? {} : { loop }))) break;
      loop = await evaluate(jump?.Assign?.['loop'], loop === undefined ? {} : { loop });
      rounds.push(loop);
    }
    expect(rounds).toEqual([
      { visit: 2, round: 1, jumps: { 'b (goto)': 1 } },
      { visit: 3, round: 2, jumps: { 'b (goto)': 2 } },
    ]);
  });

  it('leads on to a Task where nobody has told the document of the end', () => {
    expect(Default).toBe('(end)');
  });

  it('leaves the round as it is where it leads forward', async () => {
    const forward = statesOf(
      flowOf({ a: send('a', 'g'), g: goto('c', 'b', 1, false), b: send('b', 'c'), c: send('c', null) }),
    )['g'] as Extract<State, { Type: 'Choice' }>;
    const loop = await evaluate(forward.Choices[0]?.Assign?.['loop'], {
      loop: { visit: 4, round: 2, jumps: { x: 2 } },
    });
    expect(loop).toEqual({ visit: 5, round: 2, jumps: { x: 2, g: 1 } });
  });
});

describe('names and values from the journey', () => {
  it('a text that looks like an expression stays a text', async () => {
    const written = literal({ topic: '{% $eval("1") %}', caps: [{ most: 3, per: undefined }] }) as {
      topic: string;
    };
    expect(await evaluate(written.topic, {})).toBe('{% $eval("1") %}');
    expect(written).toMatchObject({ caps: [{ most: 3 }] });
  });

  it('a name with a backtick is asked for in another way', async () => {
    const route = { 'a`b': 1, 'the "x" (goto)': 2 };
    expect(await evaluate(`{%${property('$route', 'a`b')}%}`, { route })).toBe(1);
    expect(await evaluate(`{%${property('$route', 'the "x" (goto)')}%}`, { route })).toBe(2);
  });

  it('a name that is too long for a state is cut, and stays different from its neighbours', () => {
    const long = 'a'.repeat(100);
    expect(stepState(`${long}1`)).toHaveLength(80);
    expect(stepState(`${long}1`)).not.toBe(stepState(`${long}2`));
  });
});

describe('how a machine ends', () => {
  it('a fault that no retry mends is told to the document and fails the execution under its name', () => {
    const states = statesOf(flowOf({ hello: send('hello', null) }));
    expect(states['run failed']).toMatchObject({
      Arguments: { FunctionName: '${EndRun}', Payload: { failed: '{% $fault %}' } },
      Next: 'failed',
    });
    expect(states['failed']).toEqual({ Type: 'Fail', Error: '{% $fault %}' });
  });

  it('states of an end stand there only where something leads to them', () => {
    expect(Object.keys(statesOf(flowOf({})))).toEqual(['run ended']);
    expect(Object.keys(statesOf(flowOf({ which: branch([null], null) })))).toEqual(['which', 'run ended']);
  });
});
