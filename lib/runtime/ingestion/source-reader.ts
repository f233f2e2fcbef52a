/** Sources of events: each kind knows which events of the bus are its own and what they say. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { ReadCall, Refused } from '#lib/contracts/segment-call.ts';
import type { BusEvent } from './bus-event.ts';

/** What an event of the bus says. */
export type Told =
  /** A call of an application; without any id it is an event that belongs to no customer. */
  | { readonly call: ReadCall }
  /** Of a customer whose id the source carries in the form that never leaves the deployment: what a provider reports. */
  | { readonly customer: string; readonly event: CustomerEvent }
  /** What several customers, or one of them several times, have done: a topic may tell it all at once. */
  | { readonly several: readonly { readonly customer: string; readonly event: CustomerEvent }[] }
  /** It is as it should be, and says nothing that somebody has to know. */
  | { readonly passedOver: string }
  /** It should have been otherwise: it is kept where somebody can look at it. */
  | Refused;

/** One kind of source. */
export interface SourceReader {
  /** Whether events of this source and type are read here. */
  takes(event: BusEvent): boolean;
  /** Throws where it has to be tried again, because what is needed to read it cannot be had now. */
  read(event: BusEvent): Told | Promise<Told>;
}
