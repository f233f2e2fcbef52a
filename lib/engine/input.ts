/** Everything that can happen to a customer, as one union: the only way to change a customer document. */
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import type { FaultName } from '#lib/contracts/faults.ts';
import type { LearnedRate } from '#lib/contracts/learned-rate.ts';
import type {
  ActionCall,
  AwaitCall,
  Channel,
  DecideCall,
  EndRunCall,
  Plan,
  RunInput,
  SendCall,
} from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CallAnswer, Filled, ProviderAnswer, SlotCounter } from './ports.ts';

export type Input =
  | CustomerEvent
  | Identify
  /**
   * A send step was reached; `content`: the channels that its message has content for; `unsent`: the caller holds the claim and
   * knows that it has sent nothing, because the claim grew too old.
   */
  | {
      readonly kind: 'send';
      readonly call: SendCall;
      readonly content: readonly Channel[];
      readonly unsent?: boolean;
      /** The slot that the caller has taken after the answer `slot`. */
      readonly slot?: { readonly channel: Channel; readonly at: Instant; readonly place?: number };
      /** The provider has just throttled this send (answer `throttled`). */
      readonly heldBack?: { readonly channel: Channel; readonly until: Instant };
      /** Channels that providers have slowed down, as far as the caller knows. */
      readonly rates?: Readonly<Partial<Record<Channel, LearnedRate>>>;
    }
  /** What the provider said to a claimed send. */
  | {
      readonly kind: 'sent';
      readonly call: SendCall;
      readonly channel: Channel;
      readonly answer: ProviderAnswer;
      /** Into how many messages a text message was cut. */
      readonly segments?: number;
    }
  /** The claimed send could not be rendered; nothing was sent. `problem` names the variable, never a value. */
  | {
      readonly kind: 'not rendered';
      readonly call: SendCall;
      readonly channel: Channel;
      readonly problem?: string;
    }
  /** A step that acts was reached; `filled`: its values, filled in from this very document. */
  | { readonly kind: 'act'; readonly call: ActionCall; readonly filled: Filled }
  /** What came of the call of a function or endpoint; `missing`: values that it went without. */
  | {
      readonly kind: 'called';
      readonly call: ActionCall;
      readonly answer: CallAnswer;
      readonly missing: readonly string[];
    }
  /** The bus has taken these events. */
  | { readonly kind: 'emitted'; readonly ids: readonly string[] }
  /** The consent ledger has these entries. */
  | { readonly kind: 'written'; readonly ids: readonly string[] }
  | { readonly kind: 'decide'; readonly call: DecideCall }
  | { readonly kind: 'await'; readonly call: AwaitCall }
  | { readonly kind: 'end run'; readonly call: EndRunCall }
  /** AWS's answer to what the relay did for a phase. */
  | {
      readonly kind: 'confirm';
      readonly run: string;
      readonly leg: number;
      readonly answer: 'started' | 'woken' | 'wake timed out' | 'stopped';
      readonly token?: string;
    }
  | {
      readonly kind: 'execution ended';
      readonly run: RunInput;
      readonly status: 'succeeded' | 'failed' | 'timed out' | 'aborted';
    }
  /** A schedule in the zone of the workspace takes place: asked of every customer, by journey. */
  | { readonly kind: 'scheduled'; readonly journey: string; readonly occurrence: Instant }
  /** An event that belongs to no customer: asked of every customer. */
  | { readonly kind: 'audience'; readonly event: CustomerEvent }
  /** Devices that this customer is known to own from now on, by their hashes; or that belong to somebody else by now. */
  | { readonly kind: 'devices'; readonly change: 'owns' | 'gives up'; readonly devices: readonly string[] }
  /** A copy of everything is handed out to the customer, who has asked for it by a link of their own. */
  | { readonly kind: 'handed out' }
  /** The customer's data are to be gone; `by`: who has asked for it. */
  | { readonly kind: 'erase'; readonly by: 'customer' | 'operator' }
  /** What was kept of an erased customer beside the document has been removed, by a removal that began then. */
  | { readonly kind: 'removed'; readonly begun: Instant }
  /** Nothing but time has passed: what has come due by now is decided, as it is before every other input. */
  | { readonly kind: 'time' };

/** What the caller of a step must do now. */
export type Answer =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Leave the Task by this name (faults.ts); `details` is its message as JSON. */
  | { readonly kind: 'leave'; readonly name: string; readonly details: Readonly<Record<string, unknown>> }
  /** Commit, then call the provider once. */
  | {
      readonly kind: 'claim';
      readonly channel: Channel;
      readonly to: readonly string[];
      readonly locale: string;
    }
  /** The channel has a rate: take a slot of these counters, then decide again with it. */
  | { readonly kind: 'slot'; readonly channel: Channel; readonly counters: readonly SlotCounter[] }
  /** The provider has throttled: slow the channel down, then decide again; on this channel nothing goes out before `until`. */
  | { readonly kind: 'throttled'; readonly channel: Channel; readonly until: Instant }
  /** The provider refused for good: decide again, for the next channel. */
  | { readonly kind: 'again' }
  /** Call the function or endpoint once, then tell what came of it. */
  | { readonly kind: 'call'; readonly body: Readonly<Record<string, unknown>> }
  /** The wait is registered; its token is answered by the relay. */
  | { readonly kind: 'registered' }
  /** Call the Task again later; `name`: the fault, UnknownVersion where it is missing. */
  | { readonly kind: 'fault'; readonly reason: string; readonly name?: FaultName };
