import { describe, expect, it } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import type { Executions } from '#lib/engine/ports.ts';
import { puttingOffStarts } from '#lib/engine/use-cases/put-off-starts.ts';

const RUN = { run: '0'.repeat(24), leg: 1, customer: 'c'.repeat(32), journey: 'welcome', version: 'v1' };

/** Executions that answer starts in turn: a fault by its name, or that they have started. */
function executions(answers: readonly ('started' | 'StartThrottled' | 'UnknownVersion')[]) {
  const left = [...answers];
  const asked: string[] = [];
  const kept: string[] = [];
  const state = { now: 0 };
  const platform: Executions = {
    start: (name) => {
      asked.push(name);
      const answer = left.shift() ?? 'started';
      return answer === 'started'
        ? Promise.resolve(answer)
        : Promise.reject(new Fault(answer, 'the platform says so'));
    },
    wake: () => Promise.resolve('woken'),
    move: () => Promise.resolve('woken'),
    stop: () => Promise.resolve('stopped'),
    describe: () => Promise.resolve('running'),
  };
  const starts = {
    putOff: (customer: string): Promise<void> => {
      kept.push(customer);
      return Promise.resolve();
    },
  };
  const clock = { monotonic: () => state.now };
  return { asked, kept, state, puts: puttingOffStarts(platform, starts, clock) };
}

describe('a start that the platform has no room for', () => {
  it('is kept for later', async () => {
    const { kept, puts } = executions(['StartThrottled']);
    expect(await puts.start('run-1', RUN)).toBe('put off');
    expect(kept).toEqual([RUN.customer]);
  });

  it('keeps the others of the same second from asking, and wakes nobody later', async () => {
    const { asked, kept, state, puts } = executions(['StartThrottled']);
    await puts.start('a-1', RUN);
    state.now = 999;
    expect(await puts.start('b-1', RUN)).toBe('put off');
    expect(await puts.wake('token', { arm: 0, plan: { route: {}, until: null, from: '' as never } })).toBe(
      'woken',
    );
    state.now = 1000;
    expect(await puts.start('c-1', RUN)).toBe('started');
    expect(asked).toEqual(['a-1', 'c-1']);
    expect(kept).toHaveLength(2);
  });

  it('is not what any other fault is taken for', async () => {
    const { kept, puts } = executions(['UnknownVersion']);
    await expect(puts.start('run-1', RUN)).rejects.toThrow('the platform says so');
    expect(kept).toEqual([]);
  });
});
