// Which share of the account's e-mails bounces for good or is complained about. SES computes it over what it calls a representative
// volume, and says no number; here it is all that was sent since the local cloud was started. As there, addresses of the simulator and
// those on the account's own suppression list do not count.
// https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html
import type { Happening } from '../happenings/happening.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import { isSimulated } from './simulated-mailboxes.ts';

/** From 0 to 1. */
export interface ReputationRates {
  readonly bounces: number;
  readonly complaints: number;
}

export class Reputation {
  readonly #onRates: (rates: ReputationRates) => void;
  #sent = 0;
  #bounced = 0;
  #complained = 0;

  constructor(onRates: (rates: ReputationRates) => void) {
    this.#onRates = onRates;
  }

  note({ channel, to }: Pick<OutboxMessage, 'channel' | 'to'>, happening: Happening): void {
    if (channel !== 'email' || isSimulated(to[0] ?? '')) return;
    if (happening.what === 'sent') this.#sent += 1;
    else if (isReputationBounce(happening)) this.#bounced += 1;
    else if (isReputationComplaint(happening)) this.#complained += 1;
    else return;
    // Reports on e-mails that were sent before a restart are more than there were e-mails.
    const share = (number: number): number => (this.#sent === 0 ? 0 : Math.min(1, number / this.#sent));
    this.#onRates({ bounces: share(this.#bounced), complaints: share(this.#complained) });
  }
}

/** One that says something of the address, and that the account's suppression list has not made. */
export function isReputationBounce(happening: Happening): boolean {
  return happening.what === 'bounced' && happening.type === 'permanent' && happening.cause === undefined;
}

export function isReputationComplaint(happening: Happening): boolean {
  return happening.what === 'complained' && happening.isSuppressed !== true;
}
