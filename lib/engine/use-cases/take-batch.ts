/** What sources have told about one customer within a batch: one read and one write for all of it, and devices learn their owner. */
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import type { CustomerDocument } from '../document.ts';
import type { Input } from '../input.ts';
import type { Identities } from '../ports.ts';
import type { Outcome } from './new-outcomes.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

/** Several inputs of one customer. */
export interface CustomerBatch {
  readonly customer: string;
  /** The application's own id; undefined where nobody has said it: then the customer must be known. */
  readonly external: string | undefined;
  /** In the order in which they are decided. */
  readonly inputs: readonly (CustomerEvent | Identify)[];
  /** Hashes of the devices that the inputs have said to be the customer's. */
  readonly devices: readonly string[];
}

/**
 * A device that the document does not remember is told to all: an extra read and write for each new device, and none for the events
 * after it. It is told before the document says so: whoever dies between the two tells it again.
 * @returns `isKnown` is false where the customer is not known and nobody has said the id: nothing was decided.
 * Throws the fault `DocumentConflict` where the batch should be tried again later.
 */
export async function takeBatch(
  engine: Engine<DecidingPorts>,
  identities: Identities,
  { customer, external, inputs, devices }: CustomerBatch,
): Promise<{ readonly isKnown: boolean; readonly outcomes: readonly Outcome[] }> {
  const told = new Set<string>();
  const withDevices = async (document: CustomerDocument): Promise<readonly Input[]> => {
    // Of somebody who was erased no device is learned.
    if (document.erased !== undefined) return inputs;
    const fresh = devices.filter((device) => document.devices?.includes(device) !== true);
    for (const device of fresh)
      if (!told.has(device) && (await tell(engine, identities, customer, device))) told.add(device);
    // Behind the events: it is they who make a customer known.
    const owns = fresh.filter((device) => told.has(device));
    return owns.length === 0 ? inputs : [...inputs, { kind: 'devices', change: 'owns', devices: owns }];
  };
  const { document, outcomes } = await decideAndCommit(
    engine,
    customer,
    devices.length === 0 ? inputs : withDevices,
    external,
  );
  return { isKnown: document !== undefined, outcomes };
}

/**
 * Who owned the device before forgets it first: when it is theirs again, they have to tell so again. Where that cannot be done now, the
 * device stays theirs (false): the next call that names it tries again, and nothing of this customer has to wait for another.
 */
async function tell(
  engine: Engine<DecidingPorts>,
  identities: Identities,
  customer: string,
  device: string,
): Promise<boolean> {
  const owner = await identities.ownerOf('device', device);
  if (owner === customer) return true;
  if (owner !== undefined) {
    try {
      await decideAndCommit(engine, owner, [{ kind: 'devices', change: 'gives up', devices: [device] }]);
    } catch {
      return false;
    }
  }
  await identities.learn('device', device, customer);
  return true;
}
