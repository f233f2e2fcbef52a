// What an application knows that the bus has taken, by customer: the other side of the books.
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';

/** Of these the profile keeps how many there were, because a journey of the sample asks for it. */
export const COUNTED_EVENT = 'Order Completed';

export class Ledger {
  readonly #orders = new Map<string, Set<string>>();

  note({ type, event, userId, messageId }: SegmentCall): void {
    if (typeof userId !== 'string') return;
    const orders = this.#orders.get(userId) ?? new Set();
    this.#orders.set(userId, orders);
    if (type === 'track' && event === COUNTED_EVENT) orders.add(String(messageId));
  }

  /** Everybody who was told of, with how many different orders. */
  *customers(): Generator<readonly [customer: string, orders: number]> {
    for (const [customer, orders] of this.#orders) yield [customer, orders.size];
  }
}
