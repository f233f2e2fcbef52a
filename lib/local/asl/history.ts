// The events of an execution as GetExecutionHistory gives them, and the chains that link each event to the one before it.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html; the links were checked
// against recorded histories.
import type { JsonObject } from './json.ts';

export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly type: string;
  /** The members of AWS's `…EventDetails`; inputs, outputs and variables are JSON texts, as there. */
  readonly details?: JsonObject;
}

/**
 * The links of one line of execution: the machine, a branch, an iteration. Most events point at the last one before;
 * AWS lets some stand aside, so that the next event points past them.
 */
export class Chain {
  last: number;
  tail: number;

  constructor(from: number) {
    this.last = from;
    this.tail = from;
  }

  continueFrom(id: number): void {
    this.last = id;
    this.tail = id;
  }
}

/** How an event is linked. `follow`: the ordinary way. `aside`: passed over by the next. `beside`: like its neighbours. */
export type Link = 'follow' | 'aside' | 'beside';

/** Where the event points; the chain then knows it. */
export function link(chain: Chain, id: number, how: Link): number {
  const previous = how === 'aside' ? chain.tail : chain.last;
  if (how === 'follow') chain.last = id;
  chain.tail = id;
  return previous;
}
