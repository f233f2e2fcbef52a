// What would have been sent, as the page shows it. It holds the newest messages in full, of more that they were there, and forgets the
// rest: a fast clock sends more in an hour than anybody reads.
import type { Json } from '../../asl/json.ts';
import type { Journal } from '../../journal/journal.ts';
import * as z from 'zod';
import {
  aboutSchema,
  outboxMessageSchema,
  type About,
  type Channel,
  type MessageState,
  type OutboxMessage,
} from './outbox-message.ts';

/** A sample e-mail has about 40 KB: 20 MB in all. */
const MOST_IN_FULL = 500;
/** Without content a message has about 2 KB, most of it what its provider's reports repeat: 10 MB in all. */
const MOST = 5000;
/** Of a broadcast, openings are told for days, whatever was sent since: 40 MB at the most. */
const MOST_LINGERING = 20_000;

const recordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('taken'), message: outboxMessageSchema }),
  z.strictObject({
    kind: z.literal('state'),
    id: z.string(),
    state: z.strictObject({ at: z.number(), state: z.string(), detail: z.string().optional() }),
    /** Which of its upcoming happenings this was; those before it are over as well. */
    done: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('about'), id: z.string(), about: aboutSchema }),
]);

/** How the outbox has changed; `message` is as it is now. */
export interface OutboxChange {
  readonly kind: 'taken' | 'state' | 'about';
  readonly message: OutboxMessage;
}

export interface OutboxPage {
  /** The newest first. */
  readonly messages: readonly OutboxMessage[];
  /** Id after which the next page begins. */
  readonly next?: string;
}

export class Outbox {
  readonly #journal: Journal;
  readonly #messages = new Map<string, OutboxMessage>();
  readonly #byProvider = new Map<string, string>();
  /** Ids, oldest first, of the newest; and of those whose content is kept. */
  readonly #order: string[] = [];
  readonly #inFull: string[] = [];
  /** Ids of older ones that something is still to be told of. */
  readonly #lingering = new Set<string>();
  readonly #listeners = new Set<(change: OutboxChange) => void>();
  #taken = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
    journal.register({
      name: 'outbox',
      restore: (record) => void this.#apply(recordSchema.parse(record)),
      snapshot: () => this.#snapshot(),
    });
  }

  /** How many messages this start has seen, those that it found in its data and those that are forgotten included. */
  get taken(): number {
    return this.#taken;
  }

  find(id: string): OutboxMessage | undefined {
    return this.#messages.get(id);
  }

  findByProvider(channel: Channel, providerId: string): OutboxMessage | undefined {
    return this.find(this.#byProvider.get(`${channel} ${providerId}`) ?? '');
  }

  /** Messages newest first: those of one channel or customer where asked for, at most `limit`, older than `before`. */
  page(
    limit: number,
    {
      before,
      channel,
      customer,
    }: {
      readonly before?: string | undefined;
      readonly channel?: Channel | undefined;
      readonly customer?: string | undefined;
    } = {},
  ): OutboxPage {
    const all = [...this.#messages.values()].toReversed();
    const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
    const fitting = all
      .slice(from)
      .filter(
        (message) =>
          (channel === undefined || message.channel === channel) &&
          (customer === undefined || message.about.customer === customer),
      );
    const messages = fitting.slice(0, limit);
    const last = messages.at(-1);
    return fitting.length > limit && last !== undefined ? { messages, next: last.id } : { messages };
  }

  /** How many messages of a channel were taken from an instant on, as far as they are remembered. */
  countSince(channel: Channel, instant: number): number {
    let count = 0;
    for (const message of this.#messages.values())
      if (message.channel === channel && message.at >= instant) count += 1;
    return count;
  }

  /** All that still have something before them; asked once, when the cloud begins. */
  *withUpcoming(): Iterable<OutboxMessage> {
    for (const message of this.#messages.values()) if (message.upcoming.length > 0) yield message;
  }

  /** @returns what ends the listening. */
  onChange(listener: (change: OutboxChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  take(message: OutboxMessage): void {
    this.#write({ kind: 'taken', message });
  }

  /** `done`: the instant of the upcoming happening that this state was. */
  note(id: string, state: MessageState, done?: number): void {
    if (this.#messages.has(id))
      this.#write({ kind: 'state', id, state, ...(done === undefined ? {} : { done }) });
  }

  /** What has become known of whose message it is; what was known before stays. */
  describe(id: string, about: About): void {
    const known = this.#messages.get(id)?.about;
    if (known === undefined) return;
    const isNew = Object.keys(about).some((name) => known[name as keyof About] === undefined);
    if (isNew) this.#write({ kind: 'about', id, about });
  }

  #write(record: z.infer<typeof recordSchema>): void {
    this.#journal.append('outbox', record as Json);
    const message = this.#apply(record);
    if (message === undefined) return;
    for (const listener of this.#listeners) listener({ kind: record.kind, message });
  }

  #apply(record: z.infer<typeof recordSchema>): OutboxMessage | undefined {
    if (record.kind === 'taken') return this.#add(record.message);
    const before = this.#messages.get(record.id);
    if (before === undefined) return undefined;
    const message =
      record.kind === 'about'
        ? { ...before, about: { ...record.about, ...before.about } }
        : withState(before, record.state, record.done);
    this.#messages.set(record.id, message);
    if (message.upcoming.length === 0 && this.#lingering.has(record.id)) this.#forget(record.id);
    return message;
  }

  /** One that is known is known with what has become of it since. */
  #add(message: OutboxMessage): OutboxMessage {
    const known = this.#messages.get(message.id);
    if (known !== undefined) return known;
    this.#taken += 1;
    this.#messages.set(message.id, message);
    this.#byProvider.set(`${message.channel} ${message.providerId}`, message.id);
    this.#order.push(message.id);
    if (message.content !== undefined) this.#inFull.push(message.id);
    this.#makeRoom();
    return message;
  }

  #makeRoom(): void {
    while (this.#inFull.length > MOST_IN_FULL) {
      const id = this.#inFull.shift() ?? '';
      const message = this.#messages.get(id);
      if (message !== undefined) this.#messages.set(id, { ...message, content: undefined });
    }
    while (this.#order.length > MOST) {
      const id = this.#order.shift() ?? '';
      if ((this.#messages.get(id)?.upcoming.length ?? 0) > 0) this.#lingering.add(id);
      else this.#forget(id);
    }
    for (const id of this.#lingering) {
      if (this.#lingering.size <= MOST_LINGERING) return;
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    const message = this.#messages.get(id);
    this.#lingering.delete(id);
    this.#messages.delete(id);
    if (message !== undefined) this.#byProvider.delete(`${message.channel} ${message.providerId}`);
  }

  *#snapshot(): Iterable<Json> {
    for (const message of this.#messages.values()) yield { kind: 'taken', message } as unknown as Json;
  }
}

/** Twice the same state at the same instant is one: a record may be told again that is known already. */
function withState(message: OutboxMessage, state: MessageState, done: number | undefined): OutboxMessage {
  const isKnown = message.states.some((one) => one.at === state.at && one.state === state.state);
  return {
    ...message,
    states: isKnown ? message.states : [...message.states, state],
    upcoming: done === undefined ? message.upcoming : message.upcoming.filter(({ at }) => at > done),
  };
}
