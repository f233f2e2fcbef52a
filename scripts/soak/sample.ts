// What the local cloud holds at a moment, and what it has in memory for it.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clients } from './clients.ts';
import type { CloudProcess } from './cloud-process.ts';

export interface Sample {
  /** Real seconds since events began. */
  readonly seconds: number;
  /** What the clock of the business shows. */
  readonly now: string;
  /** Events that were acknowledged. */
  readonly events: number;
  readonly customers: number;
  readonly items: number;
  readonly itemBytes: number;
  /** Messages in the outbox. */
  readonly messages: number;
  /** Executions that run. */
  readonly executions: number;
  /** Messages in queues, whoever holds them. */
  readonly queued: number;
  readonly deadLetters: number;
  /** 0 without a folder. */
  readonly journalBytes: number;
  readonly heap: number;
  readonly resident: number;
  readonly cpuSeconds: number;
}

interface OperationsAnswer {
  readonly queues: readonly {
    readonly waiting: number;
    readonly inFlight: number;
    readonly delayed: number;
    readonly isDeadLetterQueue: boolean;
  }[];
  readonly machines: readonly { readonly running: number }[];
}

export async function takeSample(
  cloud: CloudProcess,
  clients: Clients,
  data: string | undefined,
  known: Pick<Sample, 'seconds' | 'events' | 'customers'>,
): Promise<Sample> {
  const { items, bytes: itemBytes } = await clients.sizes();
  const { now } = await cloud.ask<{ readonly now: string }>('/api/clock');
  const { all: messages } = await cloud.ask<{ readonly all: number }>('/api/messages');
  const { queues, machines } = await cloud.ask<OperationsAnswer>('/api/operations');
  const count = (areDead: boolean): number =>
    sum(
      queues
        .filter(({ isDeadLetterQueue }) => isDeadLetterQueue === areDead)
        .map(({ waiting, inFlight, delayed }) => waiting + inFlight + delayed),
    );
  return {
    ...known,
    now,
    items,
    itemBytes,
    messages,
    executions: sum(machines.map(({ running }) => running)),
    queued: count(false),
    deadLetters: count(true),
    journalBytes: data === undefined ? 0 : bytesIn(data),
    ...(await cloud.memory()),
  };
}

function bytesIn(folder: string): number {
  return sum(
    readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
