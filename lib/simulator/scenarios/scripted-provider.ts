// A provider that does as a scenario says: it accepts everything, until an entry of the timeline tells it to fail.
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { OutgoingMessage, ProviderAnswer } from '#lib/engine/ports.ts';

/** How a provider can fail, in the words of scenarios. */
export const FAILURES = ['refuses', 'try later', 'no answer'] as const;
type Failure = (typeof FAILURES)[number];

interface Planned {
  readonly customer: string;
  /** Any where it is undefined. */
  readonly channel: Channel | undefined;
  readonly failure: Failure;
  /** How many messages still fail so. */
  left: number;
  /** From when on none does. */
  readonly until: Instant | undefined;
}

/** Answers for all customers of one scenario; a customer here is the id that the scenario uses. */
export class ScriptedProvider {
  readonly #planned: Planned[] = [];

  /** From now on messages fail as planned. */
  plan(planned: Planned): void {
    this.#planned.push({ ...planned });
  }

  /** What the provider says at `now` to a message to the customer. */
  answer({ sent, rendered }: OutgoingMessage, external: string, now: Instant): ProviderAnswer {
    const planned = this.#planned.find(
      ({ left, until, customer, channel }) =>
        left > 0 &&
        (until === undefined || now < until) &&
        customer === external &&
        (channel === undefined || channel === rendered.channel),
    );
    if (planned === undefined) {
      return { kind: 'accepted', id: `${sendKey(sent.run, sent.step, sent.visit)}/${rendered.channel}` };
    }
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
