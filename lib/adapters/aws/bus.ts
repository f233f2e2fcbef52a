/** The port `Bus` over EventBridge: what journeys emit goes where applications put theirs, in the same form. */
import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { JOURNEYS_SOURCE } from '#lib/contracts/deployment-names.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { Bus } from '#lib/engine/ports.ts';
import { errorName } from './client-errors.ts';

/** Of a `DetailType` (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html). */
const LONGEST_DETAIL_TYPE = 128;

/** Throws the fault `BusUnavailable` from `put`: a put that is repeated is told apart by the event's id. */
export function createBus(client: EventBridgeClient, busName: string): Bus {
  return {
    async put(_customer, external, { id, at, event, properties }) {
      const call: TrackCall = {
        type: 'track',
        messageId: id,
        userId: external,
        event,
        properties,
        timestamp: at,
      };
      await answer(putCall(client, busName, JOURNEYS_SOURCE, call));
    },
  };
}

/** A `track` call of the Segment spec. */
export interface TrackCall {
  readonly type: 'track';
  readonly messageId: string;
  /** Absent: the event belongs to no customer. */
  readonly userId?: string;
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Absent: it happens when the bus takes it. */
  readonly timestamp?: string;
}

/** Throws the fault `BusUnavailable` where the bus refuses the event, and whatever the client throws. */
export async function putCall(
  client: EventBridgeClient,
  busName: string,
  source: string,
  call: TrackCall,
): Promise<void> {
  const entry = {
    EventBusName: busName,
    Source: source,
    // Rules look at the event in the detail; this is for people.
    DetailType: call.event.slice(0, LONGEST_DETAIL_TYPE),
    Detail: JSON.stringify(call),
  };
  const { FailedEntryCount: failed = 0, Entries: [taken] = [] } = await client.send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  if (failed > 0)
    throw new Fault('BusUnavailable', `the bus refused an event: ${taken?.ErrorCode ?? 'unknown'}`);
}

async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('BusUnavailable', `the bus did not take an event: ${errorName(error) ?? 'unknown'}`);
  }
}
