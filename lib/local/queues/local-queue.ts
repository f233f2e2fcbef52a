// One standard queue: at least once, in no promised order. A message waits, or is away (received or delayed) until a timer brings it
// back; who has been received too often becomes a dead letter when it is asked for again, as on AWS.
import { AwayMessages } from './away-messages.ts';
import type { Chaos } from '../chaos.ts';
import type { Cancel } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { asDeadLetter, type Message, type QueueRecord } from './message.ts';
import type { QueueResource } from './queue-resource.ts';
import { QueueListeners } from './queue-listeners.ts';
import type { Queue, QueueCounts, ReceivedMessage, SendOptions, WaitingMessage } from './queue.ts';
import { receivedMessage } from './received-message.ts';
import { readReceipt } from './receipts.ts';

export interface QueueParts {
  readonly time: CloudTime;
  readonly place: Place;
  readonly chaos: Chaos;
  /** A UUID. */
  readonly uniqueId: () => string;
  /** Writes down what is about to happen to a message. */
  readonly append: (record: QueueRecord) => void;
  /** The queue of dead letters; undefined: there is none. */
  readonly deadLetters: LocalQueue | undefined;
  /** What the journal has restored, by key. The queue goes on with this very map. */
  readonly waiting: Map<string, Message>;
}

/** Milliseconds by which a message is late, or its copy comes after it, at most: later ones pass it by, and no test waits for long. */
const LATENESS_MILLIS = 1000;
/** No receipt lasts longer than twelve hours on AWS. */
const LONGEST_RECEIPT_MILLIS = 43_200_000;

export class LocalQueue implements Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly resource: QueueResource;
  /** Instant of the business's clock. */
  readonly createdAt: number;
  readonly deadLetters: LocalQueue | undefined;
  readonly #parts: QueueParts;
  readonly #waiting: Map<string, Message>;
  readonly #inFlight: AwayMessages;
  readonly #delayed: AwayMessages;
  /** Those on the way here longer than they should be: time waits for them as for those that have come. */
  readonly #late = new Set<string>();
  readonly #listeners: QueueListeners;
  /** Nothing that waits expires before this instant of the business. What the journal has restored was not looked at yet. */
  #nextExpiry = Number.NEGATIVE_INFINITY;

  constructor(resource: QueueResource, parts: QueueParts) {
    const { partition, region, account, endpoint } = parts.place;
    this.name = resource.QueueName;
    this.arn = `arn:${partition}:sqs:${region}:${account}:${this.name}`;
    this.url = `${endpoint}/${account}/${this.name}`;
    this.resource = resource;
    this.createdAt = parts.time.business.now();
    this.deadLetters = parts.deadLetters;
    this.#waiting = parts.waiting;
    this.#parts = parts;
    this.#listeners = new QueueListeners(
      () => parts.time.hold(),
      () => this.#waiting.size + this.#late.size > 0,
    );
    const comeBack = (key: string, message: Message): void => this.#arrive(key, message);
    this.#inFlight = new AwayMessages(parts.time.infrastructure, comeBack);
    this.#delayed = new AwayMessages(parts.time.infrastructure, comeBack);
  }

  get visibilitySeconds(): number {
    return this.resource.VisibilityTimeout;
  }

  send(body: string, { attributes = {}, delayMillis, traceHeader }: SendOptions = {}): string {
    const { chaos, uniqueId, time } = this.#parts;
    const id = uniqueId();
    const message: Message = {
      id,
      body,
      attributes,
      ...(traceHeader !== undefined && { traceHeader }),
      sentAt: time.business.now(),
      receives: 0,
      receivesHere: 0,
    };
    const delay = delayMillis ?? this.resource.DelaySeconds * 1000;
    this.#keep(id, message, delay, chaos.happens('message comes late'));
    if (chaos.happens('message comes twice')) this.#keep(`${id}/copy`, message, delay, true);
    return id;
  }

  receive(options: { readonly most: number; readonly visibilityMillis?: number }): ReceivedMessage[] {
    const { most, visibilityMillis = this.resource.VisibilityTimeout * 1000 } = options;
    this.#dropExpired();
    const received: ReceivedMessage[] = [];
    const before = this.#waiting.size;
    const attempts = this.resource.RedrivePolicy?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
    for (const [key, message] of this.#waiting) {
      if (received.length === most) break;
      if (message.receivesHere >= attempts) this.#setAside(key, message);
      else received.push(this.#take(key, message, visibilityMillis));
    }
    if (this.#waiting.size !== before) this.#listeners.tellChange();
    return received;
  }

  remove(receipt: string): void {
    const { key, count } = readReceipt(this.name, receipt);
    const message = this.#waiting.get(key) ?? this.#inFlight.get(key)?.message;
    if (message === undefined || message.receivesHere !== count) return;
    this.#forget(key);
  }

  release(receipt: string, afterMillis: number): void {
    const { key, count } = readReceipt(this.name, receipt);
    const away = this.#inFlight.get(key);
    if (away === undefined && !this.#waiting.has(key))
      throw new ServiceError(
        'InvalidParameterValue',
        `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    if (away?.message.receivesHere !== count)
      throw new ServiceError('MessageNotInflight', 'The specified message is not in flight.');
    if (this.#parts.time.infrastructure.now() - away.since + afterMillis > LONGEST_RECEIPT_MILLIS)
      throw new ServiceError(
        'InvalidParameterValue',
        `Value ${afterMillis / 1000} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]`,
      );
    this.#hide(this.#inFlight, key, away.message, afterMillis);
  }

  onArrival(listener: () => void): Cancel {
    return this.#listeners.onArrival(listener);
  }

  get isRead(): boolean {
    return this.#listeners.isRead;
  }

  counts(): QueueCounts {
    this.#dropExpired();
    return { waiting: this.#waiting.size, inFlight: this.#inFlight.size, delayed: this.#delayed.size };
  }

  peek(most: number): readonly WaitingMessage[] {
    this.#dropExpired();
    return [...this.#waiting.values()]
      .slice(0, most)
      .map(({ id, sentAt, body, attributes }) => ({ id, sentAt, body, messageAttributes: attributes }));
  }

  onChange(listener: () => void): Cancel {
    return this.#listeners.onChange(listener);
  }

  get deadLetterArn(): string | undefined {
    return this.deadLetters?.arn;
  }

  /** Everything is gone, also what somebody has received. */
  purge(): void {
    this.#parts.append({ queue: this.name, purged: true });
    this.#clear();
  }

  /**
   * Hands the messages that wait to another queue, up to `most`, as new ones there: with an id, a time and counts of their own.
   * @returns how many there were.
   */
  moveTo(destinationOf: (message: Message) => LocalQueue, most: number): number {
    let moved = 0;
    for (const [key, message] of this.#waiting) {
      if (moved === most) break;
      const { body, attributes, traceHeader } = message;
      // Kept there before it is forgotten here: a process that dies in between has it twice.
      destinationOf(message).send(body, {
        attributes,
        delayMillis: 0,
        ...(traceHeader !== undefined && { traceHeader }),
      });
      this.#forget(key);
      moved += 1;
    }
    return moved;
  }

  /** Records from which everything in it can be restored. */
  snapshot(): QueueRecord[] {
    this.#dropExpired();
    return [...this.#waiting, ...this.#inFlight.entries(), ...this.#delayed.entries()].map(([key, kept]) => ({
      queue: this.name,
      key,
      kept,
    }));
  }

  /** Timers end, and nobody is told of anything any more. */
  close(): void {
    this.#listeners.dropReaders();
    this.#clear();
  }

  #keep(key: string, message: Message, delayMillis: number, isLate: boolean): void {
    const { append, chaos } = this.#parts;
    append({ queue: this.name, key, kept: message });
    if (isLate) this.#late.add(key);
    const millis = delayMillis + (isLate ? chaos.millis(LATENESS_MILLIS) : 0);
    this.#hide(this.#delayed, key, message, millis);
  }

  #arrive(key: string, message: Message): void {
    this.#late.delete(key);
    this.#waiting.set(key, message);
    this.#nextExpiry = Math.min(this.#nextExpiry, this.#expiryOf(message));
    this.#listeners.tellChange();
    this.#listeners.tellArrival();
  }

  #hide(where: AwayMessages, key: string, message: Message, millis: number): void {
    this.#waiting.delete(key);
    if (millis > 0) {
      where.put(key, message, millis);
      this.#listeners.tellChange();
    } else {
      where.delete(key);
      this.#arrive(key, message);
    }
  }

  #take(key: string, before: Message, visibilityMillis: number): ReceivedMessage {
    const { time, append, place } = this.#parts;
    const message = {
      ...before,
      receives: before.receives + 1,
      receivesHere: before.receivesHere + 1,
      firstReceivedAt: before.firstReceivedAt ?? time.business.now(),
    };
    const { receives, receivesHere, firstReceivedAt } = message;
    append({ queue: this.name, key, receives, receivesHere, firstReceivedAt });
    if (visibilityMillis === 0) this.#waiting.set(key, message);
    else this.#hide(this.#inFlight, key, message, visibilityMillis);
    return receivedMessage(message, { queue: this.name, key, count: receivesHere }, place.account);
  }

  #setAside(key: string, message: Message): void {
    const { deadLetters } = this;
    if (deadLetters === undefined) return;
    this.#parts.append({ queue: this.name, key, setAsideIn: deadLetters.name, from: this.arn });
    this.#waiting.delete(key);
    deadLetters.#arrive(key, asDeadLetter(message, this.arn));
  }

  #forget(key: string): void {
    this.#parts.append({ queue: this.name, key, removed: true });
    this.#inFlight.delete(key);
    this.#waiting.delete(key);
    this.#listeners.tellChange();
  }

  #clear(): void {
    this.#inFlight.clear();
    this.#delayed.clear();
    this.#waiting.clear();
    this.#late.clear();
    this.#listeners.tellChange();
  }

  /** How long a message is kept is business time. Who waits for another attempt waits on real time, in which a jump is no time at all. */
  #expiryOf({ sentAt, receivesHere }: Message): number {
    if (receivesHere > 0 && this.deadLetters !== undefined) return Number.POSITIVE_INFINITY;
    return sentAt + this.resource.MessageRetentionPeriod * 1000;
  }

  #dropExpired(): void {
    const now = this.#parts.time.business.now();
    if (now < this.#nextExpiry) return;
    this.#nextExpiry = Number.POSITIVE_INFINITY;
    for (const [key, message] of this.#waiting) {
      const expiry = this.#expiryOf(message);
      // The journal needs no word of it: it is as old after a restart.
      if (expiry <= now) this.#waiting.delete(key);
      else this.#nextExpiry = Math.min(this.#nextExpiry, expiry);
    }
    this.#listeners.holdIfNeeded();
  }
}
