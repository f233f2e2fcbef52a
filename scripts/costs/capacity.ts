// How long it takes to start and to wake very many customers under given quotas. Whatever is the narrowest decides.
import type { Quotas } from './quotas.ts';

/** What of each customer has to pass which quota. */
export interface Crowd {
  readonly customers: number;
  /** State transitions until the run rests again: those between two waits. */
  readonly transitions: number;
  /** E-mails that each gets on the way. */
  readonly emails: number;
}

export interface Passage {
  readonly seconds: number;
  /** What holds the crowd up. */
  readonly narrowest: string;
  /** True where all of them at once are more than may be open; then they can only go through one after the other. */
  readonly tooManyOpen: boolean;
}

/** A new execution for each. */
export function timeToStart(crowd: Crowd, quotas: Quotas): Passage {
  return passage(crowd, quotas, [['StartExecution', crowd.customers / quotas.starts]]);
}

/** The wait of each ends by the clock, at the same moment: Step Functions wakes them by itself. */
export function timeToWakeByTime(crowd: Crowd, quotas: Quotas): Passage {
  return passage(crowd, quotas, []);
}

/** The wait of each is ended by an event: one answer to a task token for each. */
export function timeToWakeByEvent(crowd: Crowd, quotas: Quotas): Passage {
  return passage(crowd, quotas, [['SendTaskSuccess', crowd.customers / quotas.wakes]]);
}

function passage(
  { customers, transitions, emails }: Crowd,
  quotas: Quotas,
  more: readonly (readonly [string, number])[],
): Passage {
  const all: readonly (readonly [string, number])[] = [
    ...more,
    ['state transitions', (customers * transitions) / quotas.transitions],
    ['e-mails', (customers * emails) / quotas.emails],
  ];
  const [narrowest, seconds] = all.reduce((slowest, one) => (one[1] > slowest[1] ? one : slowest));
  return { seconds, narrowest, tooManyOpen: customers > quotas.openExecutions };
}
