// What a timeline promises: what was decided about a customer can be read, in the order in which it was decided.
import { expect, it } from 'vitest';
import { hashHex } from '#lib/contracts/hash.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Timeline } from '#lib/engine/ports.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;

/** `read`: everything that was told of a customer, the oldest first. */
export function timelineLaws(
  create: () => { timeline: Timeline; read: (customer: string) => Promise<readonly LogEntry[]> },
): void {
  it('tells the decisions of each customer in their order, those of one instant too', async () => {
    const { timeline, read } = create();
    const [ada, bob] = ['ada', 'bob'].map((name) => hashHex(`timeline of ${name}`, 32)) as [string, string];
    const entry = (minutes: number, reason: string): LogEntry => ({
      at: addMillis(NOW, minutes * 60_000),
      kind: 'ignores',
      reason,
    });
    const told = [9, 10, 11].map((revision) => {
      const decided = addMillis(NOW, revision > 9 ? 60_000 : 0);
      const log = [entry(1, `first of ${revision}`), entry(0, `second of ${revision}`)];
      return { customer: ada, revision, decided, log };
    });
    for (const revision of told) await timeline.append(revision);
    await timeline.append({ customer: bob, revision: 1, decided: NOW, log: [] });
    expect(await read(ada)).toEqual(told.flatMap(({ log }) => log));
    expect(await read(bob)).toEqual([]);
  });
}
