// The journey of win-back.ts on every path, in virtual time: nothing waits for real, and every instant is exact.
import { existsSync, readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { type TaskHandler, runHandlers } from '../run-handlers.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { bench, refusalOf, start } from '../run-machine.ts';
import { winBack } from './win-back.ts';

const minute = 60 * 1000;
const hour = 60 * minute;
const input = { run: 'r1', customer: 'c1' };
const instant = (offset: number) => new Date(start + offset).toISOString();

class Decision extends Error {
  override readonly name: string;

  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

const over: TaskHandler = () => {
  throw new Decision('RunEnded');
};

/** The journey on its way, with what its functions were called with; `replace` gives a function of its own for a run. */
function journey(replace: Partial<Record<'Send' | 'Await' | 'Decide' | 'End', TaskHandler>> = {}) {
  const calls: { at: number; payload: Record<string, Json>; token: string | undefined }[] = [];
  const answers: Record<string, TaskHandler> = {
    Send: () => ({ until: instant(48 * hour) }),
    Await: () => null,
    Decide: () => ({ case: 0 }),
    End: () => null,
    ...replace,
  };
  const handlers = Object.entries(answers).map(([name, handler]): [string, TaskHandler] => [
    name,
    (payload, call) => {
      calls.push({ at: clock.now() - start, payload: payload as Record<string, Json>, token: call.token });
      return handler(payload, call);
    },
  ]);
  const { clock, interpreter, begin } = bench(runHandlers(new Map(handlers)));
  const { id } = begin(winBack, input, 'r1-1');
  return {
    clock,
    interpreter,
    id,
    calls,
    described: () => interpreter.describe(id),
    visited: () =>
      interpreter
        .history(id)
        .filter((event) => event.type.endsWith('StateEntered'))
        .map((event) => event.details?.['name']),
  };
}

describe('a journey as a state machine', () => {
  it('is accepted here and by asl-validator', () => {
    expect(parseMachine(winBack).graph.startAt).toBe('miss you');
    expect(validate(winBack)).toMatchObject({ isValid: true });
  });

  it('goes on when time is up, to the second', async () => {
    const { clock, described, visited, calls } = journey();
    await clock.runAll();
    expect(visited()).toEqual(['miss you', 'came back', 'worth more (now)', 'worth more', 'offer']);
    expect(described()).toMatchObject({ status: 'SUCCEEDED', transitions: 5, stopDate: start + 48 * hour });
    expect(calls.map(({ at }) => at)).toEqual([0, 0, 48 * hour, 48 * hour]);
    expect(calls[0]?.payload).toEqual({ run: input, attempt: 0, message: 'miss-you' });
  });

  it('goes on when the event comes, and an event that comes later is told so', async () => {
    const { clock, interpreter, described, visited, calls } = journey();
    await clock.runUntil(start + 3 * hour);
    const token = calls[1]?.token ?? '';
    expect(calls[1]?.payload['token']).toBe(token);
    interpreter.succeedTask(token, { event: 0 });
    await clock.runAll();
    expect(visited()).toEqual(['miss you', 'came back', 'thanks']);
    expect(described()).toMatchObject({ status: 'SUCCEEDED', transitions: 3, stopDate: start + 3 * hour });
    expect(refusalOf(() => interpreter.succeedTask(token, { event: 0 }))).toBe('TaskTimedOut');
    expect(clock.pending).toBe(0);
  });

  it('takes whichever of event and time-out is first, never both', async () => {
    for (const [offset, last] of [
      [-1, 'thanks'],
      [0, 'offer'],
    ] as const) {
      const { clock, interpreter, visited, calls } = journey();
      await clock.runUntil(start);
      clock.at(
        start + 48 * hour + offset,
        () => void refusalOf(() => interpreter.succeedTask(calls[1]?.token ?? '', 0)),
      );
      await clock.runAll();
      expect(visited().at(-1)).toBe(last);
    }
  });

  it('comes back to a step that was deferred, without counting it as an attempt', async () => {
    let sends = 0;
    const { clock, described, visited, calls } = journey({
      Send: () => {
        sends += 1;
        if (sends === 1) throw new Decision('Deferred', instant(10 * hour));
        return { until: instant(48 * hour) };
      },
    });
    await clock.runAll();
    expect(visited().slice(0, 4)).toEqual(['miss you', 'miss you (deferred)', 'miss you', 'came back']);
    expect(calls.slice(0, 2).map(({ at, payload }) => [at, payload['attempt']])).toEqual([
      [0, 0],
      [10 * hour, 0],
    ]);
    expect(described()).toMatchObject({ status: 'SUCCEEDED', transitions: 7 });
  });

  it('is over at once when the run is, from any step', async () => {
    for (const [replace, length] of [
      [{ Send: over }, 2],
      [{ Await: over }, 3],
      [{ Decide: over }, 4],
    ] as const) {
      const { clock, described, visited } = journey(replace);
      await clock.runAll();
      expect(visited().at(-1)).toBe('run ended');
      expect(described()).toMatchObject({ status: 'SUCCEEDED', transitions: length });
    }
  });

  it('is patient for hours with a function that is down, and then goes on', async () => {
    const { clock, described, calls } = journey({
      Decide: () => {
        if (clock.now() < start + 51 * hour) throw new Decision('TooManyRequestsException');
        return { case: 1 };
      },
    });
    await clock.runAll();
    const attempts = calls.filter(({ payload }) => payload['settle'] === 'came back');
    const gaps = attempts.slice(1).map(({ at }, index) => (at - (attempts[index]?.at ?? 0)) / 1000);
    expect(gaps.slice(0, 11)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
    expect(gaps.every((gap) => gap <= 900)).toBe(true);
    expect(attempts.at(-1)?.at).toBeGreaterThanOrEqual(51 * hour);
    expect(attempts.map(({ payload }) => payload['attempt'])).toEqual(attempts.map((_, index) => index));
    // Each retry is a transition, and is billed as one.
    expect(described()).toMatchObject({ status: 'SUCCEEDED', transitions: 4 + attempts.length });
  });

  it('tells the run that it failed, when patience is over', async () => {
    const { clock, described, visited, calls } = journey({
      Decide: () => {
        throw new Decision('Broken');
      },
    });
    await clock.runAll();
    expect(visited().slice(-2)).toEqual(['run failed', 'failed']);
    expect(calls.at(-1)?.payload['failed']).toBe('Broken');
    expect(calls.filter(({ payload }) => payload['settle'] === 'came back')).toHaveLength(41);
    expect(described()).toMatchObject({ status: 'FAILED', error: 'Broken' });
  });

  it('stops wherever it is, and nothing happens afterwards', async () => {
    for (const offset of [0, hour, 48 * hour + 3_000]) {
      const { clock, interpreter, id, described, calls } = journey({
        Decide: () => {
          throw new Decision('TooManyRequestsException');
        },
      });
      await clock.runUntil(start + offset);
      const made = calls.length;
      interpreter.stop(id);
      await clock.runAll();
      expect(described()).toMatchObject({ status: 'ABORTED', stopDate: start + offset });
      expect([calls.length, clock.pending]).toEqual([made, 0]);
    }
  });

  it('runs the same for many at once as for one', async () => {
    const ended = new Map<string, number>();
    const handlers = new Map<string, TaskHandler>([
      ['Send', () => ({ until: instant(48 * hour) })],
      ['Await', () => null],
      ['Decide', () => ({ case: 0 })],
    ]);
    const { clock, interpreter } = bench(runHandlers(handlers), {
      history: 'count',
      forgetEnded: true,
      onEnd: ({ name, transitions }) => ended.set(name, transitions),
    });
    const machine = parseMachine(winBack);
    for (let index = 0; index < 500; index += 1) {
      interpreter.start({ machine, machineName: 'win-back', name: `r${index}`, input: { run: `r${index}` } });
    }
    await clock.runAll();
    expect(ended.size).toBe(500);
    expect(new Set(ended.values())).toEqual(new Set([5]));
  });
});

const shared = '../shared/design/example/cart-recovery.asl.json';

describe.skipIf(!existsSync(shared))(`the worked example (${shared})`, () => {
  it('is accepted, with nothing in it that is not supported', () => {
    expect(parseMachine(readFileSync(shared, 'utf8')).graph.states.size).toBe(15);
  });
});
