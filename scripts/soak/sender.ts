// An application that puts events on the bus at a steady rate, by the client of the AWS SDK, and gives none up: what was not acknowledged is
// put again, with the same ids.
import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { setTimeout as pause } from 'node:timers/promises';
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';

export interface SenderOptions {
  /** Asked anew for each request: a cloud that has come back may be another client's. */
  readonly client: EventBridgeClient;
  readonly bus: string;
  /** Events a second. */
  readonly rate: number;
  readonly next: () => SegmentCall;
  /** The bus has taken it. */
  readonly onAcknowledged: (call: SegmentCall) => void;
}

/** Ten requests a second at the rate of 50: as an application does that collects for a moment. */
const TICK_MILLIS = 100;
/**
 * A cloud that answers slower than this many requests wait for gets no more, and what was due meanwhile is not made up for: after a kill the
 * rate is what it was before. The report says how many there were.
 */
const MOST_UNDER_WAY = 20;
/** As often as somebody asks who waits for a process to come back. */
const AGAIN_MILLIS = 250;

export class Sender {
  readonly #options: SenderOptions;
  readonly #underWay = new Set<Promise<void>>();
  /** Real milliseconds that each request took that was answered at once. */
  readonly answerMillis: number[] = [];
  acknowledged = 0;
  /** Requests that were put again. */
  repeated = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Until the signal; resolves when everything that it has put is acknowledged. */
  async run(signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    let put = 0;
    while (!signal.aborted) {
      await pause(TICK_MILLIS);
      const due = Math.floor(((performance.now() - begun) / 1000) * this.#options.rate);
      // EventBridge takes ten entries at a time.
      while (put < due && this.#underWay.size < MOST_UNDER_WAY) {
        const calls = Array.from({ length: Math.min(10, due - put) }, () => this.#options.next());
        put += calls.length;
        const work = this.#put(calls).finally(() => this.#underWay.delete(work));
        this.#underWay.add(work);
      }
      put = due;
    }
    await Promise.all(this.#underWay);
  }

  async #put(calls: readonly SegmentCall[]): Promise<void> {
    const begun = performance.now();
    let left = await this.#attempt(calls);
    if (left.length === 0) this.answerMillis.push(performance.now() - begun);
    while (left.length > 0) {
      this.repeated += 1;
      await pause(AGAIN_MILLIS);
      left = await this.#attempt(left);
    }
  }

  /** What was not acknowledged. */
  async #attempt(calls: readonly SegmentCall[]): Promise<readonly SegmentCall[]> {
    const { client, bus, onAcknowledged } = this.#options;
    const Entries = calls.map((call) => ({
      EventBusName: bus,
      Source: 'soak',
      DetailType: String(call['event'] ?? call['type']),
      Detail: JSON.stringify(call),
    }));
    const answers = await client.send(new PutEventsCommand({ Entries })).then(
      ({ Entries: entries = [] }) => entries,
      () => [],
    );
    return calls.filter((call, index) => {
      if (answers[index]?.EventId === undefined) return true;
      this.acknowledged += 1;
      onAcknowledged(call);
      return false;
    });
  }
}
