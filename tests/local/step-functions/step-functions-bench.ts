// Step Functions behind the gateway, for tests with the real client: business time is a virtual clock that the test runs.
import { SFNClient } from '@aws-sdk/client-sfn';
import type { RunTask } from '#lib/local/asl/task-call.ts';
import { UnsupportedResource } from '#lib/local/asl/failure.ts';
import { NO_CHAOS } from '#lib/local/chaos.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { NO_JOURNAL } from '#lib/local/journal/journal.ts';
import type { Place } from '#lib/local/place.ts';
import {
  createStateMachines,
  type StateMachines,
  type StateMachinesOptions,
} from '#lib/local/step-functions/create-state-machines.ts';
import { seeded } from '#lib/local/step-functions/seeded.ts';
import type { StatusEvent } from '#lib/local/step-functions/status-event.ts';
import { TestTimers } from './test-timers.ts';

export const start = Date.parse('2026-03-27T10:00:00.000Z');
export const roleArn = 'arn:aws:iam::000000000000:role/machines';

export interface Bench {
  readonly clock: VirtualClock;
  readonly timers: TestTimers;
  readonly client: SFNClient;
  readonly machines: StateMachines;
  readonly place: Place;
  readonly statuses: readonly StatusEvent[];
  close(): Promise<void>;
}

const noTasks: RunTask = async (call) => {
  throw new UnsupportedResource(call.resource.arn);
};

export async function openBench(options: Partial<StateMachinesOptions> = {}): Promise<Bench> {
  const clock = new VirtualClock(start);
  const timers = new TestTimers();
  const faults: unknown[] = [];
  const statuses: StatusEvent[] = [];
  const gateway = await openGateway({
    port: 0,
    now: () => clock.now(),
    onFault: (error) => faults.push(error),
  });
  const place = {
    partition: 'aws',
    region: 'eu-central-1',
    account: '000000000000',
    endpoint: gateway.endpoint,
  };
  const machines = createStateMachines({
    time: { business: clock, infrastructure: timers, hold: () => holdOf(clock) },
    place,
    journal: NO_JOURNAL,
    chaos: NO_CHAOS,
    runTask: noTasks,
    onStatus: (event) => statuses.push(event),
    random: seeded(1),
    ...options,
  });
  gateway.serve([machines.service]);
  const client = new SFNClient({
    endpoint: gateway.endpoint,
    region: place.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    clock,
    timers,
    client,
    machines,
    place,
    statuses,
    close: async () => {
      client.destroy();
      await gateway.close();
      if (faults.length > 0) throw new Error('A service has failed.', { cause: faults[0] });
    },
  };
}

/** The clock waits for what holds it. */
export function holdOf(clock: VirtualClock): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.spawn(() => promise);
  return resolve;
}

/** The name of the error of the service; `accepted` where there is none. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
