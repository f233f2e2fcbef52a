// Schedules behind a gateway, with one function as a target, whose calls may last.
import { sleepUntil, VirtualClock } from '#lib/local/clock.ts';
import type { DeadLetter } from '#lib/local/events/dead-letter.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { createSchedules } from '#lib/local/scheduler/schedules.ts';
import { PLACE } from '../events/buses-fixture.ts';
import { createMemoryJournal, type JournalRecord } from '../events/memory-journal.ts';
import { createTestTimers } from '../events/test-timers.ts';

export const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:look';

export interface StartedSchedules {
  readonly endpoint: string;
  readonly clock: VirtualClock;
  /** Calls that the function has taken: when by the business's clock, and with what. */
  readonly calls: readonly { readonly at: number; readonly payload: string }[];
  readonly mostAtOnce: number;
  /** Calls take so much business time from now on. */
  last(millis: number): void;
  /** The function refuses so many calls from now on. */
  refuse(times: number): void;
  skip(rule: (name: string, instant: number) => boolean): void;
  /** Lets real time pass. */
  pass(millis: number): Promise<void>;
  readonly letters: readonly DeadLetter[];
  readonly records: readonly JournalRecord[];
  close(): Promise<void>;
}

export async function startSchedules({
  restore = [],
  at = '2026-11-22T08:00:00Z',
}: { readonly restore?: readonly JournalRecord[]; readonly at?: string } = {}): Promise<StartedSchedules> {
  const clock = new VirtualClock(Date.parse(at));
  const timers = createTestTimers();
  const journal = createMemoryJournal();
  const calls: { readonly at: number; readonly payload: string }[] = [];
  const letters: DeadLetter[] = [];
  let lasting = 0;
  let refusals = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  let skip: ((name: string, instant: number) => boolean) | undefined;
  const schedules = createSchedules({
    time: { business: clock, infrastructure: timers, hold: () => () => undefined },
    place: PLACE,
    journal,
    targets: {
      knows: (arn) => arn === FUNCTION,
      deliver: async (_, payload) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('refused');
        calls.push({ at: clock.now(), payload });
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        if (lasting > 0) await sleepUntil(clock, clock.now() + lasting);
        atOnce -= 1;
      },
    },
    deadLetters: async (_, letter) => void letters.push(letter),
    onLost: () => undefined,
    skip: (name, instant) => skip?.(name, instant) ?? false,
  });
  await journal.restore(restore);
  schedules.begin();
  const gateway = await openGateway({
    port: 0,
    now: () => clock.now(),
    onFault: (error) => {
      throw error;
    },
  });
  gateway.serve([schedules.service]);
  return {
    endpoint: gateway.endpoint,
    clock,
    calls,
    get mostAtOnce() {
      return mostAtOnce;
    },
    last: (millis) => void (lasting = millis),
    refuse: (times) => void (refusals = times),
    skip: (rule) => void (skip = rule),
    pass: (millis) => timers.pass(millis),
    letters,
    records: journal.records,
    close: async () => {
      schedules.close();
      await gateway.close();
    },
  };
}
