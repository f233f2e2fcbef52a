/** Outcomes of messages in memory: counts by journey, channel, class and day of sending, as the table keeps them. */
import type { Instant } from '#lib/contracts/time.ts';
import type { OutcomeCount, OutcomeGroup, SendOutcomes } from '#lib/engine/ports.ts';
import type { OutcomeCounts } from '#lib/journey/breaker.ts';

interface KeptCount extends Record<keyof OutcomeCounts, number> {
  readonly id: string;
  closed: Instant | undefined;
}

export class MemorySendOutcomes implements SendOutcomes {
  /** Journey, channel, class and day → its counts; the last one is open, unless nothing has been counted since it was closed. */
  readonly #counts = new Map<string, KeptCount[]>();
  readonly pause: SendOutcomes['pause'];

  /** `pause` throws the switch of a journey. */
  constructor(pause: SendOutcomes['pause']) {
    this.pause = pause;
  }

  add(
    { journey, channel, class: messageClass, day, sent }: OutcomeGroup,
    { delivered, bounced, complained }: OutcomeCounts,
  ): Promise<OutcomeCount> {
    const group = `${journey} ${channel} ${messageClass} ${day}`;
    const counts = this.#counts.get(group) ?? [];
    this.#counts.set(group, counts);
    let count = counts.find(({ closed }) => closed === undefined || closed > sent);
    if (count === undefined) {
      count = { id: `${group} ${counts.length}`, closed: undefined, delivered: 0, bounced: 0, complained: 0 };
      counts.push(count);
    }
    count.delivered += delivered;
    count.bounced += bounced;
    count.complained += complained;
    return Promise.resolve({ ...count, closed: count.closed !== undefined });
  }

  close({ id }: OutcomeCount, at: Instant): Promise<boolean> {
    for (const counts of this.#counts.values())
      for (const count of counts) {
        if (count.id !== id || count.closed !== undefined) continue;
        count.closed = at;
        return Promise.resolve(true);
      }
    return Promise.resolve(false);
  }
}
