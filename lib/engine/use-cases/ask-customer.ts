/** What concerns everybody, asked of one customer: the three things that are asked so, and what asking makes of them. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { DecidingPorts, Engine } from './engine.ts';
import { letInByTime } from './let-in-by-time.ts';
import { passTime } from './pass-time.ts';
import { tellCustomer } from './tell-customer.ts';

/** What is asked of every customer, with everything that is needed to decide it. */
export type Question =
  | { readonly kind: 'schedule'; readonly at: Instant; readonly journeys: readonly string[] }
  | { readonly kind: 'event'; readonly event: CustomerEvent }
  | { readonly kind: 'catch up' };

/**
 * The customer must be known. May be asked again and late: nobody is let in twice by the same, and whoever became a customer after
 * the occurrence or the event is not let in by it at all.
 * @returns how many executions the relay starts because of it; throws the fault `DocumentConflict` where it should be asked again later
 */
export async function askCustomer(
  engine: Engine<DecidingPorts>,
  customer: string,
  question: Question,
): Promise<number> {
  switch (question.kind) {
    case 'schedule':
      return (await letInByTime(engine, customer, question)).starts;
    case 'event':
      return (await tellCustomer(engine, customer, question.event)).starts;
    case 'catch up':
      return (await passTime(engine, customer)).starts;
  }
}
