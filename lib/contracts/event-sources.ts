/**
 * How Lambda feeds the functions that consume the table's stream and the queues of relay and sweep: batches, concurrency, attempts.
 * The numbers belong together with what the functions do with them, so they stand in one place that the stacks read.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html, …/services-sqs-parameters.html
 */

/** The table's stream → `relay-effects`. */
export const RELAY_SOURCE = {
  /** A hundred documents of some KB stay far below the 6 MB of a call; a broadcast fills batches, a quiet day has batches of one. */
  batchSize: 100,
  /** Nobody who waits to be woken waits for others to fill a batch. */
  maxBatchingWindowSeconds: 0,
  /**
   * Batches of one shard that are worked on at once; records of one customer stay in order. A table on demand begins with four shards:
   * sixteen calls at once, each with some hundred records a second, are more than a broadcast commits.
   */
  parallelizationFactor: 4,
  /** A bad record among good ones is found in seven halvings; halving costs no attempt. */
  bisectBatchOnError: true,
  /**
   * What fails is the table, Step Functions or the bus being out of reach, for most records of a shard alike. Eight attempts with the
   * pauses that Lambda makes between them outlast minutes of it. Then the record is kept where failures are kept and the shard goes on:
   * one record never blocks it for longer, and the sweep makes its phases true.
   */
  retryAttempts: 8,
  /**
   * Older than this a record is given up without an attempt: the sweep has looked at its customer by then (ten minutes), and after an
   * outage those who wait to be woken now come before those of an hour ago.
   */
  maxRecordAgeSeconds: 60 * 60,
  /** Time enough for a hundred records, sixteen side by side, each with several calls of up to twelve seconds in the worst case. */
  timeoutSeconds: 120,
} as const;

/** What a queue does with its reader. */
interface QueueSource {
  readonly batchSize: number;
  /** Calls at once (2 is the least that Lambda takes). */
  readonly maxConcurrency: number;
  /** Of the reader; messages are hidden for six times as long. */
  readonly timeoutSeconds: number;
}

/** Starts that Step Functions had no room for → `start-runs`. */
export const STARTS_SOURCE = {
  batchSize: 10,
  /** Each call keeps its share of STARTS_PER_SECOND: 50 a second for each of four is what one call can do with eight side by side. */
  maxConcurrency: 4,
  /** Ten starts at the slowest pace that an environment may set (4 a second for all: one a second here), with room for pauses. */
  timeoutSeconds: 60,
} as const satisfies QueueSource;

/**
 * Customers who need a look → `pass-time`: their instant has come; and, few of them, ends of executions and those who could not be asked
 * with everybody.
 */
export const LOOKS_SOURCE = {
  batchSize: 10,
  /**
   * A message has ten customers, a look is a read and mostly a write: eight side by side come to some 300 a second for each call, so
   * that a million whose date it is are through in six minutes.
   */
  maxConcurrency: 10,
  timeoutSeconds: 60,
} as const satisfies QueueSource;

/** Events of applications and providers → `ingest-events`. */
export const INGEST_SOURCE = {
  /**
   * Events that one customer causes come in the same second: those in one batch share a read and a write. A hundred reads and writes,
   * ten side by side, take less than a second.
   */
  batchSize: 100,
  /** Lambda asks for a second at least where a batch is larger than ten; nobody waits longer for others to fill a batch. */
  maxBatchingWindowSeconds: 1,
  /** Each call decides some hundred events a second: fifty are as much as a bus takes by default (10,000 a second in large regions). */
  maxConcurrency: 50,
  /** Many times what a full batch takes; and what failed comes again after six times as long, which should be minutes and no hour. */
  timeoutSeconds: 30,
} as const satisfies QueueSource & { readonly maxBatchingWindowSeconds: number };

/**
 * How often a message of a queue is tried before it is a dead letter. A fault that passes (throttling, a write by somebody else) is
 * over by the second or third; at five, with the waits between them, a short outage of DynamoDB is survived too.
 */
export const QUEUE_ATTEMPTS = 5;

/** Attribute of a dead letter that says why it is one: a short text or the name of a fault, never anything of the letter. */
export const DEAD_LETTER_REASON = 'reason';

/** A page of all customers → `tell-customers`, called by its state machine: long enough that a page costs little beside what it asks. */
export const TELL_CUSTOMERS_TIMEOUT_SECONDS = 300;

/** Every minute → `find-due`: it ends before the next one begins. */
export const FIND_DUE_TIMEOUT_SECONDS = 55;

/**
 * Starts in a second that `start-runs` makes in all, unless an environment says otherwise. StartExecution refills 300 a second in
 * us-east-1, us-west-2 and eu-west-1, and 150 elsewhere (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). A
 * third is left to what starts directly: a customer who enters while a broadcast is worked off does not wait behind it.
 */
export function startsPerSecond(region: string): number {
  return LARGE_REGIONS.has(region) ? 200 : 100;
}

const LARGE_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'us-west-2', 'eu-west-1']);

/** The share of one call of `start-runs`. */
export function startsPerSecondOfOne(startsPerSecondInAll: number): number {
  return startsPerSecondInAll / STARTS_SOURCE.maxConcurrency;
}

/**
 * Executions in a second that one call of `pass-time` looks up: DescribeExecution refills 15 a second (same page), all calls together
 * take ten of them. Whoever has no turn is looked at again in ten minutes.
 */
export const LOOK_UPS_PER_SECOND_OF_ONE = 10 / LOOKS_SOURCE.maxConcurrency;
