/**
 * What a condition means once it has been read: the tree that the engine evaluates and the compiler checks. Every leaf
 * keeps its place in the written text (`path`, from the condition's own root), so that a check can point at it.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Instant } from '#lib/contracts/time.ts';

/** Keys and indexes from the root of a JSON value to a part of it. */
export type JsonPath = readonly (string | number)[];

/**
 * A value that a condition reads: `profile.<trait>`, `entry.<property>` (of the event that let the run in),
 * `saved.<name>.<property>` (of what a step has kept under that name), `event.<property>` (of the event being tested; only
 * inside `where`) or `run.round`.
 */
export type Field =
  | { readonly root: 'profile' | 'entry' | 'saved' | 'event'; readonly path: readonly string[] }
  | { readonly root: 'run'; readonly path: readonly ['round'] };

export type Scalar = string | number | boolean;

/** The value of another field. */
export interface SameAs {
  readonly sameAs: Field;
}

/**
 * A moment as written: exact, or a calendar day in the customer's zone (`before` it is before its start, `after` it is at
 * its end or later).
 */
export type Moment = { readonly instant: Instant } | { readonly date: string };

/** A circle on the map: latitude and longitude in degrees (WGS 84), radius in kilometres. */
export interface Near {
  readonly lat: number;
  readonly lon: number;
  readonly km: number;
}

/** Operators and what each compares with. `eq` and `in` are also what a bare value and a bare list mean. */
export type Comparison =
  | { readonly operator: 'eq' | 'ne' | 'contains'; readonly value: Scalar | SameAs }
  | { readonly operator: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: number | SameAs }
  | { readonly operator: 'startsWith' | 'endsWith'; readonly value: string | SameAs }
  | { readonly operator: 'in' | 'notIn'; readonly value: readonly Scalar[] | SameAs }
  | { readonly operator: 'exists'; readonly value: boolean }
  | { readonly operator: 'near'; readonly value: Near }
  | { readonly operator: 'before' | 'after'; readonly value: Moment | SameAs }
  | { readonly operator: 'within next' | 'within last' | 'more than ago'; readonly value: Duration };

export type Operator = Comparison['operator'];

/** What can have happened to a send: the latest of a step in this run, or any of a message. */
export const SEND_OUTCOMES = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'hardBounced',
  'softBounced',
  'complained',
  'unsubscribed',
  'rejected',
  'skipped',
  'failed',
  'shown',
  'dismissed',
] as const;
export type SendOutcome = (typeof SEND_OUTCOMES)[number];

export type Compare = Comparison & {
  readonly kind: 'compare';
  readonly field: Field;
  readonly path: JsonPath;
};

/** What became of a message in any run. */
export interface MessageCondition {
  readonly kind: 'message';
  readonly message: string;
  readonly was: SendOutcome;
  /** Only sends that are younger than this; absent: of any time. */
  readonly within?: Duration;
  readonly path: JsonPath;
}

/** What a customer has done: events of one kind, counted or summed. */
export interface DidCondition {
  readonly kind: 'did';
  /** Name of an event, or `any event`. */
  readonly event: string;
  /** What must be true of an event to count; reads `event.…` only. */
  readonly where?: Condition;
  /** Names what a document keeps for it: the same for all conditions about the same events. */
  readonly aggregate: string;
  readonly measure:
    | {
        readonly kind: 'count';
        readonly operator: 'atLeast' | 'atMost' | 'exactly';
        readonly value: number;
      }
    | {
        readonly kind: 'sum';
        readonly property: string;
        /** All of them hold. */
        readonly bounds: readonly {
          readonly operator: 'gt' | 'gte' | 'lt' | 'lte';
          readonly value: number;
        }[];
      };
  /** An event counts from its own instant until, excluded, this much later. */
  readonly within?: Duration;
  /** Only events later than the run's entry count. */
  readonly sinceEntry?: true;
  readonly path: JsonPath;
}

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | Compare
  | { readonly kind: 'send'; readonly send: string; readonly was: SendOutcome; readonly path: JsonPath }
  | MessageCondition
  | DidCondition
  | {
      readonly kind: 'segment';
      readonly segment: string;
      /** Only where the customer has been in it that long. */
      readonly for?: Duration;
      readonly path: JsonPath;
    }
  | {
      /** `inJourney`: has a run that is active. `completed`: some run has gone to its end. */
      readonly kind: 'inJourney' | 'completed';
      readonly journey: string;
      readonly path: JsonPath;
    }
  | {
      readonly kind: 'reachable';
      readonly channel: Channel;
      /** Absent only as written; the compiler fills in the journey's topic. */
      readonly topic?: string;
      readonly path: JsonPath;
    };

/** True where an operand is another field and not a value. */
export function isSameAs(value: unknown): value is SameAs {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'sameAs');
}
