/**
 * Somebody looks at a customer because of the time: what has come due is decided, what has stayed unconfirmed is made true, what is
 * overdue is looked up, and the instant of the next look is moved on.
 */
import type { DecidingPorts, Engine } from './engine.ts';
import type { HasTurn } from './look-up.ts';
import { moveLook } from './move-look.ts';
import { passTime } from './pass-time.ts';
import { sweep } from './relay.ts';

/**
 * For a customer found in the index of looks. May be called at any time and again. One read, and where nothing was due one write that
 * moves the look; where it had been moved already, none.
 * Throws what its ports throw, and the faults `DocumentConflict` and `UnknownVersion`: the customer should be looked at again later.
 */
export async function lookAtCustomer(
  engine: Engine<DecidingPorts | 'executions' | 'bus' | 'ledger' | 'belongings'>,
  customer: string,
  hasTurn?: HasTurn,
): Promise<void> {
  const { document } = await passTime(engine, customer);
  if (document === undefined) return;
  await moveLook(engine, await sweep(engine, document, hasTurn));
}
