/**
 * What the engine needs from the outside world. The memory adapters and the AWS adapters fulfil the same ports and the same
 * laws (tests/laws). All ids are opaque texts; nothing here throws for an expected answer, faults are thrown by name.
 */
import type { LearnedRate } from '#lib/contracts/learned-rate.ts';
import type { AudienceInput } from '#lib/contracts/audience.ts';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { DeploymentClock, DueLook } from '#lib/contracts/deployment-clock.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { ArmAnswer, Channel, MessageClass, MovedAnswer, RunInput } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { OutcomeCounts } from '#lib/journey/breaker.ts';
import type { CustomerDocument } from './document.ts';
import type { EarlierDocument } from './upgrade.ts';

/** Profiles: one document a customer, written only if nobody else was first. */
export interface DocumentStore {
  /** Consistent read; undefined where the customer is new. The caller must not change what it gets. */
  load(customer: string): Promise<CustomerDocument | EarlierDocument | undefined>;
  /**
   * Writes `document` (whose revision is one more than what was loaded) unless another revision is stored by now. `too large`: the
   * store has no room for it, nothing was written; one of at most LARGEST_DOCUMENT bytes always fits (fit-document.ts).
   */
  commit(document: CustomerDocument): Promise<'committed' | 'conflict' | 'too large'>;
}

/** Which leg of which version an execution runs: where the platform has it. */
export type ExecutionOf = Pick<RunInput, 'journey' | 'version' | 'leg'>;

/** Executions of compiled journeys. Every call may be repeated. */
export interface Executions {
  /**
   * `put off`: the platform has no room now; whoever keeps what was put off asks again later, and nothing is confirmed until then.
   * The platform itself throws the fault `StartThrottled` for that, at once and without tries of its own; what becomes of it is
   * the caller's choice (use-cases/put-off-starts.ts).
   */
  start(name: string, input: RunInput): Promise<'started' | 'already there' | 'put off'>;
  /** Ends a callback wait; `timed out` when the platform no longer knows the token. */
  wake(token: string, answer: ArmAnswer): Promise<'woken' | 'timed out'>;
  /** Ends a callback wait by the name `Moved`: the wait begins anew with what is given. */
  move(token: string, answer: MovedAnswer): Promise<'woken' | 'timed out'>;
  stop(name: string, of: ExecutionOf): Promise<'stopped' | 'gone'>;
  describe(
    name: string,
    of: ExecutionOf,
  ): Promise<'running' | 'succeeded' | 'failed' | 'timed out' | 'aborted' | 'unknown'>;
}

/** Customers with a run that the platform had no room for: a queue that is emptied at its own pace. */
export interface PutOffStarts {
  /** Resolves once the customer is kept; throws where not. The same customer may be put there again. */
  putOff(customer: string): Promise<void>;
}

/** A message ready for its channel; what the outbox keeps. Bodies hold personal data: never logged. */
export interface RenderedMessage {
  readonly channel: Channel;
  readonly to: readonly string[];
  readonly locale: string;
  /** Name of the sender in settings; absent: `default`. */
  readonly sender?: string;
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
  /** How many messages carriers cut a text message into; each is charged. */
  readonly segments?: number;
  /** Push, WhatsApp, in-app and webhook content. */
  readonly content?: unknown;
  /** Where the customer ends messages like this one; e-mails that are marketing name it in their headers. */
  readonly unsubscribe?: UnsubscribeLink;
}

/** An address that mail programs offer beside the sender's name. */
export interface UnsubscribeLink {
  readonly url: string;
  /** A POST to it unsubscribes at once, without a login or a further page (RFC 8058); else it is a page for people. */
  readonly oneClick: boolean;
}

/** What a rendered message is about, and when: its links are signed for this customer and message, and end some time after it. */
export interface MessageOccasion {
  readonly sent: SentMessage;
  readonly at: Instant;
}

/** Variables of a message. */
export interface MessageVariables {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly entry: Readonly<Record<string, unknown>>;
  /** What steps of the run have kept by `saveAs`, by name. */
  readonly saved: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly journey: { readonly id: string; readonly step: string };
}

export interface Renderer {
  /** The channels that a message (`message@hash`) has content for. */
  channels(message: string): readonly Channel[];
  /**
   * Throws the fault `MessageNotRendered` for an unknown message or a variable that is missing.
   * @param occasion absent: nothing is sent, and links lead nowhere.
   */
  render(
    message: string,
    channel: Channel,
    to: readonly string[],
    locale: string,
    variables: MessageVariables,
    occasion?: MessageOccasion,
  ): RenderedMessage;
}

/** How a provider answered one call, made once (a client that retries by itself could send twice). */
export type ProviderAnswer = (
  | { readonly kind: 'accepted'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `throttled`: because of too many calls, and for nothing else: fewer of them would be taken. */
  | { readonly kind: 'try later'; readonly reason: string; readonly throttled?: true }
  | { readonly kind: 'unknown'; readonly reason: string }
) & {
  /** What the provider knows of the addresses, whatever has become of the message. */
  readonly learned?: LearnedAddresses;
};

/** Addresses as a provider knows them to be. They are personal data: they go into the profile and nowhere else. */
export interface LearnedAddresses {
  /** Push tokens that reach nobody any more, and never will. */
  readonly dead?: readonly string[];
  /** Push tokens that others have taken the place of: the old one → the new one. */
  readonly replaced?: ReadonlyMap<string, string>;
  /** The customer has told the provider to send no more on this channel. */
  readonly optedOut?: true;
}

/** One message on its way to a provider. */
export interface OutgoingMessage {
  /** What reports about it will name. */
  readonly sent: SentMessage;
  readonly class: MessageClass;
  readonly rendered: RenderedMessage;
}

/** Providers of all channels. One call for each message; what goes wrong is an answer, and reasons hold no personal data. */
export interface Delivery {
  send(message: OutgoingMessage): Promise<ProviderAnswer>;
}

/** So many messages in any second of the clock, counted under a name. */
export interface SlotCounter {
  readonly counter: string;
  readonly perSecond: number;
  /** What the provider has slowed it down to: of both the smaller counts. */
  readonly learned?: LearnedRate;
}

/** Slots of channels with a rate, and the rates that providers have taught. */
export interface Slots {
  /**
   * Takes a place in the first second, at or after that of `from`, in which each of the counters has one left. Returns `from`
   * where that is its own second, else the start of the second. Who asks first is served first; what is taken is not given
   * back, so that a sender that dies costs a place and never adds one. `place`: which one of its second it is, of the first counter.
   * @param from now, or later.
   */
  take(
    counters: readonly SlotCounter[],
    from: Instant,
    now: Instant,
  ): Promise<{ readonly at: Instant; readonly place: number }>;
  /** Channels that are slowed down. May be ten seconds old, but knows what was said here. */
  learned(now: Instant): Promise<Readonly<Partial<Record<Channel, LearnedRate>>>>;
  /** The provider of the channel has throttled. Written down at most once in ten seconds, whoever and however many say so. */
  slowDown(channel: Channel, now: Instant): Promise<void>;
}

/** Variables of the values that steps write, emit or pass on. */
export interface ValueVariables extends MessageVariables {
  readonly run: { readonly id: string; readonly round: number };
  /** The id by which the applications know the customer. */
  readonly customer: { readonly id: string };
}

/** Values with their texts filled in. */
export interface Filled {
  /** What had no value is left out, in lists too. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where something was missing or could not be worked out, as dotted paths: `set.points`. */
  readonly missing: readonly string[];
}

/**
 * Fills in values (Liquid in their texts). Pure, and never throws: the same arguments always give the same, because the values
 * are part of a decision's input.
 */
export interface Values {
  fill(written: Readonly<Record<string, unknown>>, variables: ValueVariables): Filled;
}

/** An event that a journey emits. Its id is that of run, step and visit: the same event put twice counts once. */
export interface EmittedEvent {
  readonly id: string;
  readonly at: Instant;
  readonly event: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The bus that applications put events on, and journeys by `emit`; what is put there comes back as an input. */
export interface Bus {
  /** Resolves once the bus has taken the event; throws where it has not. Every call may be repeated. */
  put(customer: string, external: string, event: EmittedEvent): Promise<void>;
}

/** A function or endpoint, by its name in settings, and what it is told. */
export interface OutsideCall {
  readonly kind: 'function' | 'endpoint';
  readonly name: string;
  /** run/step/visit: a call that is repeated has the same, so that who is called can tell. */
  readonly key: string;
  readonly customer: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What came of a call. `refused`: tried again it would not be answered otherwise (4xx, an error of the function). */
export type CallAnswer =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly reason: string }
  /**
   * Throttled, unavailable or too late; a port that throws means the same. `untouched`: it is certain that nothing has been done, by
   * the word of who was called or because nothing has left.
   */
  | {
      readonly kind: 'try later';
      readonly reason: string;
      readonly untouched?: true;
      /** Because of too many calls, and for nothing else. */
      readonly throttled?: true;
    };

/** Calls functions and endpoints once each; who wants to try again calls again. Reasons hold no personal data. */
export interface Calls {
  call(call: OutsideCall): Promise<CallAnswer>;
}

/** Everybody: what is asked of all customers, beside what reaches one of them. */
export interface Audience {
  /**
   * Begins to ask every customer and does not wait for the answers. The same input starts once: whoever repeats it is told so.
   * Throws where it was not taken; then it has to be asked for again.
   */
  start(input: AudienceInput): Promise<'started' | 'already there'>;
}

/** Events that belong to no customer, kept until everybody has been asked whether they concern them. */
export interface BusinessEvents {
  /** Resolves once the event is kept under this id; the same again is the same. */
  keep(id: string, event: CustomerEvent): Promise<void>;
  /** Undefined where nothing is kept under it, or no longer. */
  find(id: string): Promise<CustomerEvent | undefined>;
}

/** What cannot be read or decided, kept for people to look at and to put back. */
export interface DeadLetters {
  /** `reason`: a short text or the name of a fault, never anything of the letter. Throws where it could not be kept. */
  put(body: string, reason: string): Promise<void>;
}

/** Whose the ids are that a customer is known by beside the application's own. */
export interface Identities {
  /** The customer who was last told to own it; undefined: nobody was. `hash`: keyed, of the id. */
  ownerOf(kind: IdentityKind, hash: string): Promise<string | undefined>;
  /** From now on it is this customer's, whoever owned it before. */
  learn(kind: IdentityKind, hash: string, customer: string): Promise<void>;
}

/** `device`: the `anonymousId` of the Segment spec. `phone`: the number that a message was last sent to (contracts/phone-identity.ts). */
type IdentityKind = 'device' | 'phone';

/** Every customer there is, in parts (CUSTOMER_SHARDS). */
export interface CustomerList {
  /**
   * The first customers of a part behind `after` (undefined: from its beginning), in order of their ids; fewer than `most` where there
   * are no more. Whoever became a customer in the last second may be missing.
   */
  list(shard: string, after: string | undefined, most: number): Promise<readonly string[]>;
}

/** Customers by when somebody should look at them (`look` of the document), in parts (LOOK_SHARDS). */
export interface LookIndex {
  /**
   * The first customers of a part whose instant is at or before `upTo`, behind `after` (undefined: from the beginning), in order of
   * instant, those of one instant in an order of the index's own; fewer than `most` where there are no more. Who was written in the last second may be missing.
   */
  due(shard: string, upTo: Instant, after: DueLook | undefined, most: number): Promise<readonly DueLook[]>;
}

/** Customers to be looked at because of the time: a queue. */
export interface LookQueue {
  /** Resolves once all are kept; throws where not all are. The same customer may be put there again. */
  put(customers: readonly string[]): Promise<void>;
}

/** How far the deployment has come in time. */
export interface DeploymentClocks {
  /** Consistent read; undefined in a new deployment. */
  load(): Promise<DeploymentClock | undefined>;
  /** Writes the clock (whose revision is one more than what was loaded) unless another revision is stored by now. */
  save(clock: DeploymentClock): Promise<'saved' | 'conflict'>;
}

/** Customers who could not be asked something: kept, to be asked again. */
export interface Untold {
  /** `reason`: the name of the fault, no value. */
  keep(customer: string, reason: string): Promise<void>;
}

/** One revision of a customer document and what it tells; a document is one. */
export type ToldRevision = Pick<CustomerDocument, 'customer' | 'revision' | 'decided' | 'log'>;

/** Where decisions are told: the customer's timeline. */
export interface Timeline {
  /** The same revision again changes nothing. Throws where it should be told again later. */
  append(revision: ToldRevision): Promise<void>;
}

/** What was ever said about consent: the deployment's proof. Entries are added and never changed. */
export interface ConsentLedger {
  /** An entry that is there already stays as it is. Throws where not all could be written: then all come again. */
  append(customer: string, entries: readonly LedgerEntry[]): Promise<void>;
  /** All of a customer's, in the order in which they happened. */
  read(customer: string): Promise<readonly LedgerEntry[]>;
}

/** Everything that is kept of a customer beside the document: timeline, messages in the app, identities, links of messages, ledgers. */
export interface Belongings {
  /**
   * Removes all of it, the document excepted; resolves when nothing is found any more. May be repeated. Throws where it should be tried
   * again later; what was removed by then stays removed.
   */
  remove(customer: string): Promise<void>;
}

/** Which message a provider's id belongs to, on channels whose reports carry nothing of ours. */
export interface MessageLinks {
  remember(channel: Channel, id: string, sent: SentMessage): Promise<void>;
  /** Undefined for an id that nobody has remembered, or that is too old. */
  find(channel: Channel, id: string): Promise<SentMessage | undefined>;
}

/**
 * What an operator or the breaker has said about a journey at run time. `tripped`: its marketing is held, whatever its file says
 * (use-cases/switched-workspace.ts).
 */
export type JourneySwitch = 'paused' | 'live' | 'tripped';

/** Messages of one class that a journey sent on one day (UTC, YYYY-MM-DD) on one channel; `sent`: when the earliest of those that are told of was. */
export interface OutcomeGroup {
  readonly journey: string;
  readonly channel: Channel;
  readonly class: MessageClass;
  readonly day: string;
  readonly sent: Instant;
}

/** What a group has come to. `closed`: its journey was paused for it, or it was told, and is not again. */
export interface OutcomeCount extends OutcomeCounts {
  readonly id: string;
  readonly closed: boolean;
}

/** What becomes of the messages of journeys, in all; and the switch that the breaker throws. */
export interface SendOutcomes {
  /**
   * Adds to the count that is open for messages of this instant: where the one before was closed when they were not yet sent, the next.
   * One atomic write; a call that is repeated counts twice.
   */
  add(group: OutcomeGroup, counts: OutcomeCounts): Promise<OutcomeCount>;
  /** Closes the count at an instant; true for who does it first. What is sent from then on is counted anew. */
  close(count: OutcomeCount, at: Instant): Promise<boolean>;
  /** Pauses the journey; the reason holds no personal data. Said again it changes nothing. */
  pause(journey: string, reason: string, at: Instant): Promise<void>;
}

/** Journeys that are paused or resumed without a deployment. */
export interface JourneySwitches {
  /** By journey id; one that nobody has switched is missing. May be some seconds old, and is the same object until it changes. */
  current(): Promise<ReadonlyMap<string, JourneySwitch>>;
}

export interface Clock {
  readonly now: () => Instant;
  /** Milliseconds that only grow; measures the age of a claim. */
  readonly monotonic: () => number;
}
