// Whether parts of a play that knew nothing of each other's messages can stand side by side.
import type { SlotUse } from '#lib/adapters/memory/slots.ts';

/**
 * True where no second of any channel with a rate has more messages than fit into it, all parts together. Then each message has
 * the second that it would have had in one part: every second before it was full by its own part alone, and its own has room.
 */
export function haveRoom(parts: readonly ReadonlyMap<string, SlotUse>[]): boolean {
  const together = new Map<string, number>();
  for (const part of parts)
    for (const [counter, { perSecond, taken }] of part)
      for (const [second, count] of taken) {
        const key = `${counter} ${second}`;
        const sum = (together.get(key) ?? 0) + count;
        if (sum > perSecond) return false;
        together.set(key, sum);
      }
  return true;
}
