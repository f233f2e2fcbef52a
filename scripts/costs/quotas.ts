// How fast AWS lets a deployment go: the quotas that decide how long it takes to reach many customers, as they are given and as
// teams that need more are commonly granted them on request.

import { startsPerSecond } from '#lib/contracts/event-sources.ts';

/** Of one AWS Region, each by second unless it says otherwise. */
export interface Quotas {
  /**
   * Starts that a deployment makes for a crowd: two thirds of what the bucket of StartExecution refills, the rest is for those who enter
   * meanwhile. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
   */
  readonly starts: number;
  /** Executions open at the same time. Same page. */
  readonly openExecutions: number;
  /** State transitions of standard workflows. Same page. */
  readonly transitions: number;
  /** SendTaskSuccess: what its bucket refills. Same page. */
  readonly wakes: number;
  /** E-mails: an account out of the sandbox is given its own rate, and its own quota of a day. https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
  readonly emails: number;
}

export const QUOTAS = {
  asOf: '2026-11-22',
  /** us-east-1, us-west-2 and eu-west-1. */
  default: {
    starts: startsPerSecond('us-east-1'),
    openExecutions: 1_000_000,
    transitions: 5000,
    wakes: 500,
    emails: 14,
  },
  /** Elsewhere. */
  elsewhere: {
    starts: startsPerSecond('eu-central-1'),
    openExecutions: 1_000_000,
    transitions: 800,
    wakes: 300,
    emails: 14,
  },
  /** What the page of quotas reckons with where a team has asked for more: ten times each. */
  raised: { starts: 2000, openExecutions: 10_000_000, transitions: 50_000, wakes: 5000, emails: 140 },
} as const satisfies { readonly asOf: string } & Readonly<Record<'default' | 'elsewhere' | 'raised', Quotas>>;
