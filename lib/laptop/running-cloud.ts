// What a running local cloud offers to whoever looks at it: the page, the sample, and the lines in the terminal. Everything that
// changes something goes the way that it goes on AWS (the bus, the providers' reports); this is for seeing, and for the clock.
import type { Cancel } from '#lib/local/clock.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { JourneySwitch, ToldRevision } from '#lib/engine/ports.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { Operations } from './operations.ts';

export interface RunningCloud {
  /** `test`, and what everything of it is named after: `wend-test`. */
  readonly environment: string;
  readonly deployment: string;
  /** For `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly region: string;
  /** Settings with the vocabulary, segments, the manifests of all versions (graphs are drawn of them) and which is the newest. */
  readonly workspace: DeployedWorkspace;
  readonly clock: BusinessClock;
  readonly customers: Customers;
  readonly outbox: Outbox;
  readonly providers: ProviderBehaviours;
  readonly executions: Executions;
  readonly sample: SampleProgress;
  readonly operations: Operations;
  /** Puts calls of the Segment spec on the bus of applications, as an application does. Rejects with words where the bus refuses one. */
  put(calls: readonly SegmentCall[]): Promise<void>;
}

/** A call of the Segment spec (https://segment.com/docs/connections/spec/), not checked yet: the functions do. */
export type SegmentCall = Readonly<Record<string, unknown>>;

/** The clock of the business. Instants are milliseconds since 1970. */
export interface BusinessClock {
  now(): number;
  /** Seconds of business time for each second that really passes. */
  readonly speed: number;
  readonly isPaused: boolean;
  /** Business milliseconds for each real one now: 0 while it stands, also where it waits for work. */
  readonly pace: number;
  /** Where a jump under way leads. */
  readonly jumpingTo: number | undefined;
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** Everything that is due until then happens first, in order. Resolves when the clock shows the instant. */
  jumpTo(instant: number): Promise<void>;
  /** Ends a jump, or `goOn`, where it is. */
  stopJump(): void;
  /** Goes on at once until the next thing happens that somebody could see (a message, a decision). Resolves with the instant. */
  goOn(): Promise<number>;
  /** When something is scheduled next; undefined: nothing is. */
  next(): number | undefined;
  /** Speed, pause or a jump; not the passing of time. */
  onChange(listener: () => void): Cancel;
}

/** One customer as a list shows them. */
export interface KnownCustomer {
  /** The deployment's own id: a hash. */
  readonly id: string;
  /** The id by which applications know the customer. */
  readonly external: string;
  /** Runs that are on, each with the step that it is at. */
  readonly runs: readonly {
    readonly run: string;
    readonly journey: string;
    readonly version: string;
    readonly step?: string;
  }[];
  /** When the document was last written. */
  readonly changed: Instant;
}

/** Read from the table, as operators do; kept up to date by its changes. */
export interface Customers {
  all(): Iterable<KnownCustomer>;
  get(id: string): KnownCustomer | undefined;
  /** The deployment's id for that of the applications. */
  idOf(external: string): string;
  document(id: string): Promise<CustomerDocument | undefined>;
  /** The last `most` decisions that told something, newest first. */
  timeline(id: string, most: number): Promise<readonly ToldRevision[]>;
  /** How many customers are at each step of each journey now: journey → step → number. */
  atSteps(): ReadonlyMap<string, ReadonlyMap<string, number>>;
  switches(): Promise<ReadonlyMap<string, JourneySwitch>>;
  /** Why the breaker has paused journeys, of those that it holds now. */
  breakerReasons(): Promise<ReadonlyMap<string, { readonly reason: string }>>;
  /** A customer's document or timeline has changed. */
  onChange(listener: (id: string) => void): Cancel;
}

/** Somebody's reaction to a message, which the channel's provider then reports (or, in-app and on the website, the application). */
export type Reaction =
  | { readonly kind: 'open' }
  | { readonly kind: 'click'; readonly link?: string }
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'unsubscribe' }
  | { readonly kind: 'complain' }
  | { readonly kind: 'bounce' };

/** A message that a provider has taken. */
export interface OutboxMessage {
  /** Of the provider. */
  readonly id: string;
  readonly at: number;
  readonly channel: Channel;
  readonly to: readonly string[];
  /** The deployment's id of the customer, where the message carries it. */
  readonly customer?: string;
  readonly journey?: string;
  readonly step?: string;
  /** Id of the message in the workspace. */
  readonly message?: string;
  readonly subject?: string;
  /** Of an e-mail, beside sender, recipient and subject: what mail programs act on. */
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
  readonly html?: string;
  readonly text?: string;
  /** Push, WhatsApp, in-app and webhook content. */
  readonly content?: unknown;
  /** So many newer ones were sent that only its head is left. */
  readonly isForgotten?: true;
  /** What has become of it: what its provider has reported, oldest first. */
  readonly reports: readonly { readonly at: number; readonly what: string }[];
  /** What can be done with it on its channel. */
  readonly reactions: readonly Reaction['kind'][];
}

export interface Outbox {
  /** Newest first. */
  messages(): readonly OutboxMessage[];
  get(id: string): OutboxMessage | undefined;
  /** Somebody opens, clicks, replies. Rejects with words for a message that is not there or a reaction that its channel has not. */
  react(id: string, reaction: Reaction): Promise<void>;
  /** A message has been taken, or something was reported on it. */
  onChange(listener: (id: string) => void): Cancel;
}

/** How the providers behave that are answered for here. */
export interface ProviderBehaviours {
  /** Names of what can be set, each with what it does in a sentence. */
  readonly kinds: ReadonlyMap<string, string>;
  /** Names of what can be set for a channel or an address; none where no provider stands between it and the customer. */
  possible(of: string): readonly string[];
  /** By channel or by address: the behaviour that holds for it. */
  all(): ReadonlyMap<string, string>;
  /** `of`: a channel, or an address. undefined: as usual. Throws ImpossibleBehaviour, in words, for what its channel has not. */
  set(of: string, behaviour: string | undefined): void;
}

/** Executions of state machines. */
interface RunningExecution {
  readonly arn: string;
  /** Name of its machine. */
  readonly machine: string;
  readonly name: string;
  readonly started: number;
  /** States that it is in now. */
  readonly states: readonly string[];
}

export interface Executions {
  running(): readonly RunningExecution[];
}

/** The sample's first day, while it is told. */
export interface SampleProgress {
  /** `none`: it is not wanted, or was told before this start. */
  readonly state: 'none' | 'running' | 'done';
  /** Events put, of all. */
  readonly put: number;
  readonly all: number;
  onChange(listener: () => void): Cancel;
}
