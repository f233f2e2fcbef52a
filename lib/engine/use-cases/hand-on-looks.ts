/** Customers whose look has come are handed on to whoever looks at them: every one once, though the index still names them. */
import { LOOK_SHARDS } from '#lib/contracts/profiles-table.ts';
import type { DeploymentClock, DueLook } from '#lib/contracts/deployment-clock.ts';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { Clock, LookIndex, LookQueue } from '../ports.ts';

/**
 * A look moves its instant on only when it has taken place; until then the index names the customer every minute. So each round goes
 * on behind the last one handed on. What was written behind that place (late, or with an instant that was past) and what the queue has
 * lost is found by the next round, which begins at the beginning.
 */
const ROUND_MILLIS = 10 * 60 * 1000;
/** One page of keys (some 150 bytes each, 1 MB a page) has seven thousand; a thousand are handed on in ten requests to the queue. */
const AT_ONCE = 1000;

type Round = Pick<DeploymentClock, 'looked' | 'round'>;

export interface LookPorts {
  readonly index: LookIndex;
  readonly queue: LookQueue;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/**
 * Hands on all whose instant is at or before `now`, part after part side by side, until all are or `until` (of the monotonic clock) has
 * come: the next call goes on there. Returns the round as it is then, and how many were handed on. A part that cannot be read or
 * handed on leaves the others alone; then `failed` has the error of the first, and the round stays where it is for that part.
 */
export async function handOnLooks(
  { index, queue, clock }: LookPorts,
  before: Round,
  now: Instant,
  until: number,
): Promise<{ readonly round: Round; readonly handedOn: number; readonly failed: unknown }> {
  const isNew = Math.abs(toMillis(now) - toMillis(before.round)) >= ROUND_MILLIS;
  const looked: Record<string, DueLook> = isNew ? {} : { ...before.looked };
  let handedOn = 0;
  const ended = await Promise.allSettled(
    LOOK_SHARDS.map(async (shard) => {
      for (;;) {
        if (clock.monotonic() >= until) return;
        const due = await index.due(shard, now, looked[shard], AT_ONCE);
        const last = due.at(-1);
        if (last === undefined) return;
        await queue.put(due.map(({ customer }) => customer));
        handedOn += due.length;
        looked[shard] = last;
        if (due.length < AT_ONCE) return;
      }
    }),
  );
  const failed: unknown = ended.find((one) => one.status === 'rejected')?.reason;
  return { round: { looked, round: isNew ? now : before.round }, handedOn, failed };
}
