// A local cloud that is closed leaves no timer behind.
import { expect, it } from 'vitest';
import { closableTimers } from '#lib/local/time/closable-timers.ts';
import { FakeTimers } from './fake-timers.ts';

it('rings until it is closed, and never afterwards', async () => {
  const real = new FakeTimers();
  const timers = closableTimers(real);
  const rung: string[] = [];
  timers.after(10, () => rung.push('before'));
  timers.after(10, () => rung.push('cancelled'))();
  timers.after(30, () => rung.push('after'));
  await real.pass(20);
  timers.close();
  timers.after(5, () => rung.push('later'));
  await real.pass(1000);
  expect(rung).toEqual(['before']);
  expect(timers.now()).toBe(real.now());
});
