/** The messages of a batch, read: what each says, or why it says nothing. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import type { ReadCall, Refused } from '#lib/contracts/segment-call.ts';
import { readBusEvent } from './bus-event.ts';
import type { Ingestion } from './ingestion.ts';
import type { Told } from './source-reader.ts';

/** A message of the queue. */
export interface EventMessage {
  readonly id: string;
  readonly body: string;
  /** How often it has been received, this time included. */
  readonly attempt: number;
}

/** A message about one customer. */
export interface ReadMessage {
  readonly message: string;
  readonly told: { readonly call: ReadCall } | { readonly customer: string; readonly event: CustomerEvent };
}

/** An event that belongs to no customer, and every message of the batch that says it. */
export interface BusinessMessages {
  /** Under which it is kept: the source's own id may be anything, and this one is told to the platform. */
  readonly id: string;
  readonly event: CustomerEvent;
  readonly messages: readonly string[];
}

/** All messages of a batch; each is in one of these. */
export interface ReadMessages {
  /** In the order of the batch. */
  readonly calls: readonly ReadMessage[];
  readonly business: readonly BusinessMessages[];
  /** By message: why it is no event. */
  readonly refused: ReadonlyMap<string, string>;
  readonly passedOver: ReadonlyMap<string, string>;
  /** By message: what kept it from being read now. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/** Never rejects. */
export async function readMessages(
  ingestion: Ingestion,
  messages: readonly EventMessage[],
): Promise<ReadMessages> {
  const calls: ReadMessage[] = [];
  const business = new Map<string, { id: string; event: CustomerEvent; messages: string[] }>();
  const refused = new Map<string, string>();
  const passedOver = new Map<string, string>();
  const failed = new Map<string, unknown>();
  const told = await Promise.all(
    messages.map(async ({ body }) => {
      try {
        return await read(ingestion, body);
      } catch (error) {
        return { error };
      }
    }),
  );
  for (const [index, { id: message }] of messages.entries()) {
    const one = told[index];
    if (one === undefined) continue;
    if ('error' in one) failed.set(message, one.error);
    else if ('refused' in one) refused.set(message, one.refused);
    else if ('passedOver' in one) passedOver.set(message, one.passedOver);
    else if ('several' in one) calls.push(...one.several.map((each) => ({ message, told: each })));
    else if ('customer' in one || !isForAll(one.call)) calls.push({ message, told: one });
    else if (one.call.input.kind === 'event') {
      const id = hashHex(one.call.input.id, 32);
      const known = business.get(id) ?? { id, event: one.call.input, messages: [] };
      known.messages.push(message);
      business.set(id, known);
    }
  }
  return { calls, business: [...business.values()], refused, passedOver, failed };
}

async function read({ engine, readers, isHeard }: Ingestion, body: string): Promise<Told | Refused> {
  const event = readBusEvent(body, engine.ports.clock.now());
  if ('refused' in event) return event;
  const reader = readers.find((one) => one.takes(event));
  if (reader === undefined) return { passedOver: 'no reader of this source' };
  const told = await reader.read(event);
  if (!('call' in told)) return told;
  const { input } = told.call;
  // It has passed a rule of an older deployment: nothing is read and nothing is written for it.
  if (input.kind === 'event' && !isHeard(input.event)) return { passedOver: 'nothing listens to it' };
  // Whoever brings in the past lets nobody in.
  if (isForAll(told.call) && input.history === true) return { passedOver: 'imported, and of no customer' };
  return told;
}

function isForAll({ user, anonymous }: ReadCall): boolean {
  return user === undefined && anonymous === undefined;
}
