// What the rule of `npm run soak` calls growth: more memory than what has come to be kept explains.
import { describe, expect, it } from 'vitest';
import { judgeMemory } from '../../../scripts/soak/memory-rule.ts';
import type { Sample } from '../../../scripts/soak/sample.ts';

const MEGABYTE = 1024 * 1024;

/** Thirty samples of a cloud in which so many bytes come to be held with each new item of a kilobyte. */
function samples(heapPerItem: number, onTop: (index: number) => number = () => 0): readonly Sample[] {
  return Array.from({ length: 30 }, (_, index) => {
    const items = 1000 * index;
    const heap = 100 * MEGABYTE + items * heapPerItem + onTop(index);
    return {
      seconds: index * 10,
      now: '2026-03-02T09:00:00Z',
      events: items,
      customers: 1000,
      items,
      itemBytes: items * 1024,
      messages: 0,
      executions: 0,
      queued: 0,
      deadLetters: 0,
      journalBytes: 0,
      heap,
      resident: heap + 300 * MEGABYTE,
      cpuSeconds: index,
    };
  });
}

describe('memory', () => {
  it('may grow with what is kept', () => {
    expect(judgeMemory(samples(3 * 1024)).isKept).toBe(true);
  });

  it('may not grow beyond it', () => {
    expect(judgeMemory(samples(6 * 1024)).isKept).toBe(false);
  });

  it('may not grow outside of the heap either', () => {
    const leaking = samples(1024).map((one, index) => ({
      ...one,
      resident: one.resident + index * 30 * MEGABYTE,
    }));
    expect(judgeMemory(leaking).isKept).toBe(false);
  });

  it('is not told to leak by what is under way in one moment', () => {
    const peak = samples(1024, (index) => (index === 29 ? 900 * MEGABYTE : 0));
    expect(judgeMemory(peak).isKept).toBe(true);
  });
});
