// What customers do, with the mix of the sample stream: each customer lives the life of somebody in the sample, call by call, with ids and
// dates of their own; and once more, with new baskets and orders, when it is over.
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';
import { readCalls } from '#lib/laptop/sample/read-calls.ts';
import { ABOUT_MESSAGES, movedCall } from '#lib/laptop/sample/stream-day.ts';
import { parseInstant, toMillis } from '#lib/contracts/time.ts';

/** The calls of one customer of the sample, in order of time. */
export interface Life {
  readonly person: string;
  readonly calls: readonly TimedCall[];
}

interface TimedCall {
  readonly at: number;
  readonly call: SegmentCall;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** Everybody of the stream who is told of by at least one call that is not about a message. */
export async function readLives(stream: string): Promise<readonly Life[]> {
  const { calls } = await readCalls(stream, new Set());
  const lives = new Map<string, TimedCall[]>();
  for (const call of calls) {
    const at = parseInstant(call['timestamp']);
    const person = call['userId'];
    if (typeof person !== 'string' || at === undefined || ABOUT_MESSAGES.test(String(call['event'])))
      continue;
    const timed = { at: toMillis(at), call };
    const life = lives.get(person);
    if (life === undefined) lives.set(person, [timed]);
    else life.push(timed);
  }
  return [...lives].map(([person, timed]) => ({ person, calls: timed.toSorted((a, b) => a.at - b.at) }));
}

/** Things that belong to one customer; what a shop sells is the same for all. */
const OWN_IDS = /"(order_id|cart_id|plan_id)":"([^"]+)"/g;

/**
 * The call as another customer would make it. It carries no time: it happens when the bus takes it.
 * @param now of the business, to whose days its dates are moved.
 */
export function callOf(
  { person, calls }: Life,
  index: number,
  {
    customer,
    round,
    id,
    now,
  }: { readonly customer: string; readonly round: number; readonly id: string; readonly now: number },
): SegmentCall {
  const timed = calls[index];
  if (timed === undefined) throw new RangeError(`${person} makes no call ${index}.`);
  const moved = movedCall(timed.call, Math.round((now - timed.at) / DAY_MILLIS));
  const text = JSON.stringify({ ...moved, timestamp: undefined, originalTimestamp: undefined })
    .replaceAll(person, customer)
    .replaceAll(OWN_IDS, (_, name: string, own: string) => `"${name}":"${own}-${customer}-${round}"`);
  return { ...(JSON.parse(text) as SegmentCall), messageId: id, userId: customer };
}
