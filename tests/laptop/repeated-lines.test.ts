// A function that complains with each call fills nobody's terminal.
import { describe, expect, it } from 'vitest';
import { RepeatedLines } from '#lib/laptop/repeated-lines.ts';
import type { LaptopLine } from '#lib/laptop/start-laptop.ts';
import { FakeTimers } from '../local/time/fake-timers.ts';

function lines() {
  const told: string[] = [];
  const timers = new FakeTimers();
  const repeated = new RepeatedLines({
    timers,
    onLine: ({ source, text }) => told.push(`${source}: ${text}`),
  });
  const tell = (text: string, level: LaptopLine['level'] = 'ERROR', source = 'send') =>
    repeated.tell({ level, source, text });
  return { told, timers, repeated, tell };
}

describe('lines for the terminal', () => {
  it('are told at once, and their repetitions by their number', async () => {
    const { told, timers, tell } = lines();
    for (let index = 0; index < 30; index += 1) tell(`step failed: run r-${index}`);
    tell('another');
    expect(told).toEqual(['send: step failed: run r-0', 'send: another']);
    await timers.pass(10_000);
    expect(told.slice(2)).toEqual(['send: step failed: run r-0 (29 times more)']);
    tell('another');
    expect(told.at(-1)).toBe('send: another');
  });

  it('are different where their level, their function or their words are', () => {
    const { told, tell } = lines();
    tell('refused');
    tell('refused', 'WARN');
    tell('refused', 'ERROR', 'ingest');
    tell('refused: no consent');
    expect(told).toHaveLength(4);
  });

  it('are counted to the end', () => {
    const { told, repeated, tell } = lines();
    tell('refused');
    tell('refused');
    repeated.close();
    expect(told).toEqual(['send: refused', 'send: refused (once more)']);
  });
});
