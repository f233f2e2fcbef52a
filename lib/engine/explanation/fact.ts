/**
 * Why a customer got a message, or did not get it, as facts in the order in which they came about. They are found in the timeline
 * (explain-messages.ts) and told in words (in-words.ts), for customers and for operators alike.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';

export type Fact =
  /** The journey began. `event`: its type, or a built-in one such as `Schedule Reached`; absent in old timelines. */
  | {
      readonly kind: 'entered';
      readonly at: Instant;
      readonly journey: string;
      readonly event?: string | undefined;
      readonly because?: string | undefined;
    }
  | {
      readonly kind: 'not let in';
      readonly at: Instant;
      readonly journey: string;
      readonly reason: string;
      readonly because?: string | undefined;
    }
  /** A branch or split took this way; the steps of the goal have no `step`. */
  | {
      readonly kind: 'took';
      readonly at: Instant;
      readonly step?: string | undefined;
      readonly branch: string;
      readonly because?: string | undefined;
    }
  /** A wait for events ended with one. */
  | { readonly kind: 'happened'; readonly at: Instant; readonly step: string; readonly event: string }
  /** A wait for events ended without any. */
  | { readonly kind: 'time was up'; readonly at: Instant; readonly step: string }
  | ({ readonly kind: 'held back'; readonly until: Instant | undefined } & Obstacle)
  /** The journey was paused when a step was due. */
  | { readonly kind: 'paused'; readonly at: Instant }
  /** The journey left the channel open. `because`: `preferred`, `learned`, `listed`. */
  | {
      readonly kind: 'chose channel';
      readonly channel: Channel;
      readonly because: string;
      /** With which probability it was drawn, from 0 to 1; absent: it was not drawn. */
      readonly probability?: number | undefined;
    }
  /** Consent was on record since then. */
  | {
      readonly kind: 'consent';
      readonly topic: string;
      readonly channel: Channel;
      readonly since: Instant;
      readonly source?: string | undefined;
    }
  /** The topic goes out to everybody who has not objected, and nobody had. */
  | { readonly kind: 'no objection'; readonly topic: string }
  /** What is on record is newer than the message. */
  | { readonly kind: 'consent changed'; readonly topic: string; readonly at: Instant }
  | { readonly kind: 'needs no consent' }
  /** Quiet hours, windows and caps were looked at, and none stood against it. */
  | { readonly kind: 'nothing against it' }
  /** `isSure: false`: the provider has not answered. */
  | {
      readonly kind: 'sent';
      readonly at: Instant;
      readonly message: string;
      readonly channel: Channel | undefined;
      readonly isSure: boolean;
    }
  | ({
      readonly kind: 'not sent';
      readonly message: string;
      readonly because?: string | undefined;
    } & Obstacle)
  /** The run was over; of a message that had not been reached, before it was. */
  | {
      readonly kind: 'ended';
      readonly at: Instant;
      readonly journey: string;
      readonly as: 'exits' | 'completes' | 'fails';
      readonly reason?: string | undefined;
      readonly because?: string | undefined;
    };

interface Obstacle {
  readonly at: Instant;
  readonly reason: string;
  readonly channel?: Channel | undefined;
  /** The journey whose message took the place. */
  readonly yieldsTo?: string | undefined;
}

/** One occasion on which a message went out, or did not. */
export interface Explanation {
  readonly outcome: 'sent' | 'perhaps sent' | 'not sent' | 'held back' | 'not reached' | 'not let in';
  /** Of the last fact. */
  readonly at: Instant;
  readonly journey: string;
  readonly run?: string | undefined;
  /** Without the hash of its content; absent where no message was reached. */
  readonly message?: string | undefined;
  readonly facts: readonly Fact[];
}
