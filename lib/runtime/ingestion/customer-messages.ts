/** Whose the messages of a batch are: all that is told of one customer is decided together, in the order of time. */
import type { ReadCall } from '#lib/contracts/segment-call.ts';
import type { CustomerBatch } from '#lib/engine/use-cases/take-batch.ts';
import { eachAtMost } from '../each-at-most.ts';
import type { Ingestion } from './ingestion.ts';
import type { ReadMessage } from './read-messages.ts';

/** What a batch tells of one customer, and the messages that it was told by. */
export interface CustomerMessages extends CustomerBatch {
  /** One for each of the inputs, in their order. */
  readonly messages: readonly string[];
}

export interface GroupedMessages {
  readonly customers: readonly CustomerMessages[];
  /** By message: what kept its owner from being found now. */
  readonly failed: ReadonlyMap<string, unknown>;
  /** By message: why nobody is known to be meant. */
  readonly unowned: ReadonlyMap<string, string>;
}

/** Devices asked for at once: each is a read of some milliseconds. */
const SIDE_BY_SIDE = 10;

/** One message whose customer is known. */
interface Owned {
  readonly message: string;
  readonly customer: string;
  readonly external: string | undefined;
  readonly input: CustomerBatch['inputs'][number];
}

/**
 * Never rejects. A device belongs to whoever was last told to own it, in the order of the batch; where a batch tells two owners, only
 * the last is told to all.
 */
export async function groupByCustomer(
  ingestion: Ingestion,
  calls: readonly ReadMessage[],
): Promise<GroupedMessages> {
  const failed = new Map<string, unknown>();
  const unowned = new Map<string, string>();
  const owned: Owned[] = [];
  const devices = new Devices(ingestion);
  await devices.lookUp(calls.flatMap(({ told }) => deviceAlone(told) ?? []));
  for (const { message, told } of calls) {
    try {
      const owner = 'call' in told ? await ownerOf(ingestion, devices, told.call) : told;
      const input = 'call' in told ? told.call.input : told.event;
      if (owner === undefined) unowned.set(message, 'anonymous');
      else owned.push({ message, customer: owner.customer, external: externalOf(told), input });
    } catch (error) {
      failed.set(message, error);
    }
  }
  const customers = [...Map.groupBy(owned, ({ customer }) => customer)].map(([customer, those]) => {
    // A stable sort: what happened at one instant stays in the order of arrival.
    const inOrder = those.toSorted(({ input: a }, { input: b }) => Number(a.at > b.at) - Number(a.at < b.at));
    return {
      customer,
      external: those.find(({ external }) => external !== undefined)?.external,
      inputs: inOrder.map(({ input }) => input),
      devices: devices.taughtTo(customer),
      messages: inOrder.map(({ message }) => message),
    };
  });
  return { customers, failed, unowned };
}

/** The device of a call that says nothing else of its customer. */
function deviceAlone(told: ReadMessage['told']): string | undefined {
  return 'call' in told && told.call.user === undefined ? told.call.anonymous : undefined;
}

function externalOf(told: ReadMessage['told']): string | undefined {
  return 'call' in told ? told.call.user : undefined;
}

async function ownerOf(
  { hash }: Ingestion,
  devices: Devices,
  { user, anonymous }: ReadCall,
): Promise<{ readonly customer: string } | undefined> {
  if (user === undefined) {
    const customer = anonymous === undefined ? undefined : await devices.ownerOf(anonymous);
    return customer === undefined ? undefined : { customer };
  }
  const customer = await hash(user);
  if (anonymous !== undefined) await devices.teach(anonymous, customer);
  return { customer };
}

/** Owners of devices, as far as the batch has come. */
class Devices {
  readonly #ingestion: Ingestion;
  /** Hash → owner, where it is known by now. */
  readonly #owners = new Map<string, string | undefined>();
  readonly #taught = new Map<string, string>();

  constructor(ingestion: Ingestion) {
    this.#ingestion = ingestion;
  }

  /** Side by side, which asking one after the other is not; what fails is asked again for its own message. */
  async lookUp(anonymous: readonly string[]): Promise<void> {
    await eachAtMost(SIDE_BY_SIDE, [...new Set(anonymous)], async (one) => {
      try {
        await this.ownerOf(one);
      } catch {}
    });
  }

  async ownerOf(anonymous: string): Promise<string | undefined> {
    const device = await this.#hash(anonymous);
    if (this.#owners.has(device)) return this.#owners.get(device);
    const owner = await this.#ingestion.identities.ownerOf('device', device);
    this.#owners.set(device, owner);
    return owner;
  }

  async teach(anonymous: string, customer: string): Promise<void> {
    const device = await this.#hash(anonymous);
    this.#owners.set(device, customer);
    this.#taught.set(device, customer);
  }

  /** Hashes of the devices that the batch has last said to be the customer's. */
  taughtTo(customer: string): readonly string[] {
    return [...this.#taught].flatMap(([device, owner]) => (owner === customer ? [device] : []));
  }

  /** With a word before it that no application gives as an id by itself: ids of devices and of users are never compared. */
  #hash(anonymous: string): Promise<string> {
    return this.#ingestion.hash(`device\n${anonymous}`);
  }
}
