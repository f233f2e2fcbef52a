// A provider that does as a scenario says: it accepts everything, until an entry of the timeline tells it to fail.
import type { OutgoingMessage } from '#lib/adapters/memory/outbox.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { ProviderAnswer } from '#lib/engine/ports.ts';

/** How a provider can fail, in the words of scenarios. */
export const FAILURES = ['refuses', 'try later', 'no answer'] as const;
export type Failure = (typeof FAILURES)[number];

interface Planned {
  readonly customer: string;
  readonly channel: Channel | undefined;
  readonly failure: Failure;
  left: number;
}

/** Answers for all customers of one scenario; a customer here is the id that the scenario uses. */
export class ScriptedProvider {
  readonly #planned: Planned[] = [];
  readonly #externalOf: (customer: string) => string;

  constructor(externalOf: (customer: string) => string) {
    this.#externalOf = externalOf;
  }

  /** The next so many messages to the customer, on the channel or on any, fail so. */
  plan(customer: string, failure: Failure, times: number, channel: Channel | undefined): void {
    this.#planned.push({ customer, failure, left: times, channel });
  }

  answer({ key, customer, rendered }: OutgoingMessage): ProviderAnswer {
    const external = this.#externalOf(customer);
    const planned = this.#planned.find(
      (one) =>
        one.left > 0 &&
        one.customer === external &&
        (one.channel === undefined || one.channel === rendered.channel),
    );
    if (planned === undefined) return { kind: 'accepted', id: `${key}/${rendered.channel}` };
    planned.left -= 1;
    switch (planned.failure) {
      case 'refuses':
        return { kind: 'refused', reason: 'refused by the provider' };
      case 'try later':
        return { kind: 'try later', reason: 'the provider is busy' };
      case 'no answer':
        return { kind: 'unknown', reason: 'the provider has not answered' };
    }
  }
}
