// Buses behind a gateway, with targets that can be told to refuse, a journal in memory, and time that passes when it is told to.
import { VirtualClock } from '#lib/local/clock.ts';
import { createBuses, type Buses } from '#lib/local/events/buses.ts';
import type { DeadLetter } from '#lib/local/events/dead-letter.ts';
import type { LostDelivery } from '#lib/local/events/deliveries.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { createMemoryJournal, type JournalRecord } from './memory-journal.ts';
import { createTestTimers } from './test-timers.ts';
import type { Place } from '#lib/local/place.ts';

export const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:orders';

export const PLACE: Place = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  endpoint: 'http://127.0.0.1:4401',
};

export interface StartedBuses {
  readonly endpoint: string;
  readonly buses: Buses;
  readonly clock: VirtualClock;
  /** Payloads that a target has taken. */
  delivered(arn: string): readonly string[];
  /** The target refuses so many times from now on. */
  refuse(arn: string, times: number): void;
  /** Targets and dead-letter queues keep nothing until the function that it returns is called. */
  shut(): () => void;
  /** Lets real time pass. */
  pass(millis: number): Promise<void>;
  readonly letters: readonly (DeadLetter & { readonly queue: string })[];
  readonly lost: readonly LostDelivery[];
  readonly records: readonly JournalRecord[];
  close(): Promise<void>;
}

export async function startBuses({
  restore = [],
  at = '2026-11-22T08:00:00.250Z',
}: { readonly restore?: readonly JournalRecord[]; readonly at?: string } = {}): Promise<StartedBuses> {
  const clock = new VirtualClock(Date.parse(at));
  const timers = createTestTimers();
  const journal = createMemoryJournal();
  const taken: { readonly arn: string; readonly payload: string }[] = [];
  const refusals = new Map<string, number>();
  const letters: (DeadLetter & { readonly queue: string })[] = [];
  const lost: LostDelivery[] = [];
  let gate = Promise.resolve();
  const buses = createBuses({
    time: { business: clock, infrastructure: timers, hold: () => () => undefined },
    place: PLACE,
    journal,
    targets: {
      knows: (arn) => arn === QUEUE,
      deliver: async (arn, payload) => {
        const left = refusals.get(arn) ?? 0;
        refusals.set(arn, left - 1);
        if (left > 0) throw new Error('refused');
        await gate;
        taken.push({ arn, payload });
      },
    },
    deadLetters: async (queue, letter) => {
      await gate;
      letters.push({ queue, ...letter });
    },
    onLost: (one) => void lost.push(one),
  });
  await journal.restore(restore);
  buses.begin();
  const gateway = await openGateway({
    port: 0,
    now: () => clock.now(),
    onFault: (error) => {
      throw error;
    },
  });
  gateway.serve([buses.service]);
  return {
    endpoint: gateway.endpoint,
    buses,
    clock,
    delivered: (arn) => taken.filter((one) => one.arn === arn).map(({ payload }) => payload),
    refuse: (arn, times) => void refusals.set(arn, times),
    shut: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    pass: (millis) => timers.pass(millis),
    letters,
    lost,
    records: journal.records,
    close: async () => {
      buses.close();
      await gateway.close();
    },
  };
}
