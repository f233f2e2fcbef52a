// Lets happen to messages what is before them: the outbox notes it, and the provider tells it on the bus, at the instant of the
// business's clock.
import type { Cancel, Clock } from '../../clock.ts';
import type { Timers } from '../../time/timers.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import {
  applicationReport,
  type ApplicationReport,
  type TwoWayChannels,
} from '../reactions/application-report.ts';
import type { ReportedEvent } from '../reported-event.ts';
import { detailOf, type Happening } from './happening.ts';

/** How a provider words what has happened to a message; undefined where it tells nobody. */
export type Report = (message: OutboxMessage, happening: Happening, at: number) => ReportedEvent | undefined;

export interface HappeningsOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly outbox: Outbox;
  readonly reports: Readonly<Record<OutboxMessage['channel'], Report>>;
  /** Puts it on the default bus. */
  readonly report: (event: ReportedEvent) => Promise<unknown> | void;
  /** Puts on the bus of applications what an application tells in production, because no provider does. */
  readonly tellAsApplication: (report: ApplicationReport) => Promise<unknown> | void;
  readonly twoWay: TwoWayChannels;
  /** Publishes what a customer writes back on one of these. */
  readonly publishReply: (message: OutboxMessage, text: string, at: number) => Promise<unknown> | void;
  /** What else follows at the provider: an address goes on its suppression list. */
  readonly onHappened: (message: OutboxMessage, happening: Happening, at: number) => void;
}

/** What will happen, and how long after the message was taken. */
export interface Planned {
  readonly afterMillis: number;
  readonly happening: Happening;
}

/** Their reports name nothing but the provider's id, which the deployment writes down when the call was answered. */
const REPORTED_BY_ID: ReadonlySet<string> = new Set(['sms', 'whatsapp']);
/**
 * No report of theirs comes before that: on a clock that is fast enough, seconds of the business are over before the function that sends
 * has gone on. Messages that somebody else sends are never written down; they wait this long, in real milliseconds.
 */
const WRITTEN_DOWN_WITHIN_MILLIS = 1000;

export class Happenings {
  readonly #options: HappeningsOptions;
  /** Messages that are not written down yet. */
  readonly #unwritten = new Map<string, Cancel>();

  constructor(options: HappeningsOptions) {
    this.#options = options;
    options.outbox.onChange(({ kind, message }) => {
      if (kind === 'about') this.#noteWritten(message.id);
    });
  }

  /** A message that a provider takes now, with what will become of it. */
  take(message: Omit<OutboxMessage, 'at' | 'states' | 'upcoming'>, plan: readonly Planned[]): void {
    const { clock, outbox } = this.#options;
    const at = clock.now();
    // Each has an instant of its own: by it the journal knows which are over.
    const upcoming = plan.map(({ afterMillis, happening }, order) => ({
      at: at + Math.max(1, Math.round(afterMillis)) + order,
      happening,
    }));
    outbox.take({ ...message, at, states: [{ at, state: 'accepted' }], upcoming });
    if (upcoming.length === 0) return;
    if (REPORTED_BY_ID.has(message.channel) && message.about.message === undefined)
      this.#unwritten.set(
        message.id,
        this.#options.timers.after(WRITTEN_DOWN_WITHIN_MILLIS, () => this.#noteWritten(message.id)),
      );
    else this.#arrange(message.id, upcoming);
  }

  /** What is arranged with the business's clock ends with it. */
  close(): void {
    for (const cancel of this.#unwritten.values()) cancel();
    this.#unwritten.clear();
  }

  #noteWritten(id: string): void {
    const cancel = this.#unwritten.get(id);
    if (cancel === undefined) return;
    cancel();
    this.#unwritten.delete(id);
    this.#arrange(id, this.#options.outbox.find(id)?.upcoming ?? []);
  }

  /** Something that happens now, out of a customer's own doing. */
  async now(message: OutboxMessage, happening: Happening): Promise<void> {
    await this.#happen(message.id, happening, this.#options.clock.now());
  }

  /** After a restart: arranges again what was before the messages that the outbox still has. What is past happens at once. */
  resume(): void {
    for (const { id, upcoming } of this.#options.outbox.withUpcoming()) this.#arrange(id, upcoming);
  }

  #arrange(id: string, upcoming: OutboxMessage['upcoming']): void {
    for (const { at, happening } of upcoming)
      this.#options.clock.at(at, () => this.#happen(id, happening, at, at));
  }

  /** Told before it is noted: after a kill in between it is told again, as buses do anyway, and its reader knows it by its id. */
  async #happen(id: string, happening: Happening, at: number, planned?: number): Promise<void> {
    const { outbox, reports, report, tellAsApplication, twoWay, publishReply, onHappened } = this.#options;
    const message = outbox.find(id);
    if (message === undefined) return;
    const event = reports[message.channel](message, happening, at);
    if (event !== undefined) await report(event);
    if (happening.what === 'replied' && twoWay.has(message.channel))
      await publishReply(message, happening.text, at);
    const told = applicationReport(message, happening, at, twoWay);
    if (told !== undefined) await tellAsApplication(told);
    const detail = detailOf(happening);
    outbox.note(id, { at, state: happening.what, ...(detail === undefined ? {} : { detail }) }, planned);
    onHappened(message, happening, at);
  }
}
