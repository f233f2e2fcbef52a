/**
 * What was decided about a customer and why: carried by the write of the decision, appended to the timeline by the relay,
 * and the trace of the simulator. The kinds are the verbs of `expect` in journey tests, and for what has no verb there:
 * `joins` and `leaves` (a segment), `waits` (a wait begins), `calls` (a function or endpoint), `converts` (the goal counted), `fails`
 * (a run failed), `holds` (a step is due, but its journey is paused),
 * `lifts` (a channel is suppressed no longer, because the customer has come back), `exports` (a copy of everything was handed out to the
 * customer), `ignores` (an input, or a part of it, changed nothing).
 */
import type { Channel } from './step-calls.ts';
import type { Instant } from './time.ts';

export type LogKind =
  | 'enters'
  | 'refuses'
  | 'takes'
  | 'waits'
  | 'sends'
  | 'sets'
  | 'emits'
  | 'calls'
  | 'skips'
  | 'defers'
  | 'converts'
  | 'exits'
  | 'completes'
  | 'fails'
  | 'joins'
  | 'leaves'
  | 'holds'
  | 'lifts'
  | 'exports'
  | 'ignores';

export interface LogEntry {
  /** When it happened to the customer; for a deferral folded into the wait before, the instant that was moved. */
  readonly at: Instant;
  readonly kind: LogKind;
  readonly journey?: string;
  readonly version?: string;
  readonly run?: string;
  readonly step?: string;
  /** Case, arm or event name that `takes` took; `otherwise` and `time is up` included. */
  readonly branch?: string;
  /** The segment that was joined or left; with the reason `definition` where not the customer changed, but the segment. */
  readonly segment?: string;
  readonly message?: string;
  readonly channel?: Channel;
  /** `sends`: the topic that the customer's consent was asked for; absent: the message needs none. */
  readonly topic?: string;
  readonly reason?: string;
  /** Of the condition that decided: which part was true or false, and on which value; at most 240 characters. */
  readonly because?: string;
  /**
   * `sends` on the best of several channels: how likely it was that this one would be taken, over all draws and given all that stood
   * against the others, from 0 to 1. To judge channels by what came of them, weigh each send by its inverse.
   */
  readonly probability?: number;
  readonly until?: Instant;
  /** `sends` of a text message: how many messages carriers cut it into, each of which is charged. */
  readonly segments?: number;
  /** `skips` and `defers` for a lower priority: the journey whose send takes the place under the cap. */
  readonly yieldsTo?: string;
  /** `waits`: the wait had begun before; its date has changed. */
  readonly moved?: true;
  /**
   * `sends`: how the provider answered (`unknown`: the doubt is visible, nothing is sent again). `calls`: whether there was a
   * usable answer.
   */
  readonly outcome?: 'accepted' | 'unknown' | 'answered' | 'failed';
  /** `enters`: the event that let in; `sets`: the trait; `emits`: the event; `calls`: the function or endpoint. */
  readonly name?: string;
  /** `sets`: the new value, null where there is none any more; `emits`: the properties. */
  readonly value?: unknown;
  /** `enters` and `refuses` by a step `enter`: the run that it belongs to. */
  readonly by?: string;
  /** The event was decided after decisions that it would have come before. */
  readonly late?: true;
  /** Id of the event that caused the decision. */
  readonly event?: string;
}
