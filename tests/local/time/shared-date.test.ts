import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { SharedDate, sharedDateReader } from '#lib/local/time/shared-date.ts';

const CHRISTMAS = Date.UTC(2026, 11, 24, 18);

describe('business time for other threads', () => {
  it('stands where the clock stands', () => {
    const date = new SharedDate({ instant: CHRISTMAS, pace: 0 });
    expect(sharedDateReader(date.buffer)()).toBe(CHRISTMAS);
  });

  it('goes on at the pace of the clock, from where it was shown', async () => {
    const date = new SharedDate({ instant: 0, pace: 0 });
    const now = sharedDateReader(date.buffer);
    date.show({ instant: CHRISTMAS, pace: 1_000_000 });
    const first = now();
    await new Promise(setImmediate);
    expect(first).toBeGreaterThanOrEqual(CHRISTMAS);
    expect(now()).toBeGreaterThan(first);
  });

  it('is never half of one reading and half of another', async () => {
    const date = new SharedDate({ instant: 0, pace: 0 });
    const module = JSON.stringify(new URL('../../../lib/local/time/shared-date.ts', import.meta.url).href);
    // A standing clock shows its instant as it is; one that goes shows a number that no standing one was told.
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(${module}).then(({ sharedDateReader }) => {
         const now = sharedDateReader(workerData);
         parentPort.postMessage('ready');
         const seen = new Set();
         for (let last = 0; last !== -1; ) { last = now(); seen.add(last < 0 ? -1 : Math.floor(last / 1e6)); }
         parentPort.postMessage([...seen]);
       });`,
      { eval: true, workerData: date.buffer, execArgv: [] },
    );
    await new Promise((resolve) => worker.once('message', resolve));
    const seen = new Promise((resolve) => worker.once('message', resolve));
    for (let round = 0; round < 200_000; round += 1)
      date.show(round % 2 === 0 ? { instant: 0, pace: 0 } : { instant: 1e12, pace: 1 });
    date.show({ instant: -1, pace: 0 });
    for (const one of (await seen) as number[]) expect([-1, 0, 1e6]).toContain(one);
  });
});
