// What all providers do alike when they are asked to send: be busy, refuse, take the message, or take it and not answer.
import type { Cancel } from '../clock.ts';
import type { Chaos } from '../chaos.ts';
import type { ServiceError } from '../gateway/service-error.ts';
import type { Timers } from '../time/timers.ts';
import type { Behaviour } from './behaviours/behaviour.ts';
import type { Behaviours } from './behaviours/behaviours.ts';
import { planOf, type Readable } from './behaviours/plan.ts';
import type { Happenings, Planned } from './happenings/happenings.ts';
import type { About, OutboxMessage } from './outbox/outbox-message.ts';

/** Longer than clients wait for an answer: 3 to 10 seconds in this system, 60 in AWS CLI. Of the infrastructure's time. */
const UNANSWERED_MILLIS = 65_000;

export interface CarrierOptions {
  readonly timers: Timers;
  readonly chaos: Chaos;
  readonly behaviours: Behaviours;
  readonly happenings: Happenings;
  readonly uniqueId: () => string;
  /** Whose run it is, where that is known: the key of a send does not say. */
  readonly whoRuns: (run: string) => Pick<About, 'customer' | 'journey'> | undefined;
  /** How those behave who have no behaviour of their own. */
  readonly usually: (message: Readable, recipient: string) => readonly Planned[];
}

/** The errors of a provider for what can be set. */
export interface Refusals {
  readonly throttled: () => ServiceError;
  /** By name, one of those that `Behaviours` takes for the channel; without one that of a message that it does not want. */
  readonly named: (error: string | undefined) => ServiceError;
}

/** A message as a provider's call describes it; how reports name it is given when it is taken. */
export type Parcel = Omit<OutboxMessage, 'id' | 'at' | 'states' | 'upcoming' | 'content'> &
  Pick<Required<OutboxMessage>, 'content'> &
  Readable;

export class Carrier {
  readonly #options: CarrierOptions;

  /** Of calls that are not answered yet. */
  readonly #waiting = new Set<Cancel>();

  constructor(options: CarrierOptions) {
    this.#options = options;
  }

  /** Calls that wait for their answer get none. */
  close(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
  }

  /**
   * How the recipient behaves, if that was set.
   * @throws ServiceError where the call is throttled or refused.
   */
  ask(channel: OutboxMessage['channel'], recipient: string, refusals: Refusals): Behaviour | undefined {
    const behaviour = this.#options.behaviours.of(channel, recipient);
    if (behaviour?.does === 'throttle' || this.#options.chaos.happens('provider is throttled'))
      throw refusals.throttled();
    if (behaviour?.does === 'refuse') throw refusals.named(behaviour.error);
    return behaviour;
  }

  /**
   * Takes a message; done when the provider's answer would leave it.
   * @param fate what becomes of it, where the provider itself knows (a suppression list, a simulated mailbox); else its recipient does.
   */
  async take(
    { isTracked, ...parcel }: Parcel,
    behaviour: Behaviour | undefined,
    fate?: readonly Planned[],
  ): Promise<void> {
    const { happenings, chaos, timers, uniqueId, usually, whoRuns } = this.#options;
    const readable = { channel: parcel.channel, links: parcel.links, isTracked };
    const plan =
      fate ?? (behaviour === undefined ? usually(readable, parcel.to[0] ?? '') : planOf(behaviour, readable));
    const { run } = parcel.about;
    const about = { ...(run === undefined ? {} : whoRuns(run)), ...parcel.about };
    happenings.take({ ...parcel, about, id: uniqueId() }, plan);
    if (behaviour?.does !== 'time out' && !chaos.happens('provider does not answer')) return;
    await new Promise<void>((resolve) => {
      const cancel = timers.after(UNANSWERED_MILLIS, () => {
        this.#waiting.delete(cancel);
        resolve();
      });
      this.#waiting.add(cancel);
    });
  }
}
