// How long it takes from PutEvents to the decision: somebody new is told of, and looked for in the table until there is a document of them.
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clients } from './clients.ts';

/** Some hundred over ten minutes, which is less than one event in a hundred. */
const EVERY_MILLIS = 2000;
/** A request in twenty milliseconds: what comes out is so much too long at the most. */
const LOOK_MILLIS = 20;
/** Whoever has not been decided about by then counts with this. */
const MOST_MILLIS = 60_000;

/** Real milliseconds of each, until the signal. A cloud that does not answer is an error. */
export async function measureLatency(clients: Clients, signal: AbortSignal): Promise<readonly number[]> {
  const measured: number[] = [];
  for (let count = 1; !signal.aborted; count += 1) {
    const customer = `measured-${count}`;
    const begun = performance.now();
    const call = { type: 'identify', userId: customer, traits: { firstName: 'Ada' } };
    const entry = { EventBusName: clients.bus.name, Source: 'soak', DetailType: 'identify' };
    await clients.bus.client.send(
      new PutEventsCommand({ Entries: [{ ...entry, Detail: JSON.stringify(call) }] }),
    );
    while (!(await clients.isKnown(customer)) && performance.now() - begun < MOST_MILLIS)
      await pause(LOOK_MILLIS);
    measured.push(performance.now() - begun);
    await pause(EVERY_MILLIS);
  }
  return measured;
}

/** The value below which so many in a hundred are; 0 of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
