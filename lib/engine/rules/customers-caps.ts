/**
 * Caps that are of the customer and not of a journey: what they have chosen themselves. They hold at once for everybody, whichever version
 * a run keeps, beside the caps of the step, and in the same way: `ifCapped` says what happens, and priority who takes the place.
 */
import type { Cap } from '#lib/contracts/step-calls.ts';
import type { Deciding } from '../deciding.ts';
import { CHOSEN_BY_CUSTOMER, chosenCap } from './preferences.ts';

/** A cap with the name that the log has for it. */
export interface NamedCap extends Cap {
  readonly reason: string;
}

/** What the log says of a cap that a journey or the settings have. */
const FREQUENCY_CAP = 'frequency cap';

export function named(cap: Cap): NamedCap {
  return { ...cap, reason: FREQUENCY_CAP };
}

/** Of marketing messages. Most customers have none. */
export function capsOfCustomer({ document }: Pick<Deciding, 'document'>): readonly NamedCap[] {
  const chosen = chosenCap(document);
  return chosen === undefined ? [] : [{ ...chosen, reason: CHOSEN_BY_CUSTOMER }];
}
