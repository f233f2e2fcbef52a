/** Customers with a run that Step Functions had no room for, at a pace that leaves room for what starts directly. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { startMessageSchema } from '#lib/contracts/queue-messages.ts';
import type { Pace } from '#lib/engine/use-cases/pace.ts';
import { processQueue, type QueueSurroundings } from '../batches.ts';
import { nameOf } from '../what-failed.ts';
import { readJson, readMessage } from './read-message.ts';

export interface Starting extends QueueSurroundings {
  /** `turn`: to be awaited before each start; a customer with nothing to start takes none. */
  readonly makeTrue: (customer: string, turn: () => Promise<void>) => Promise<void>;
  /** Of this process, in starts a second. */
  readonly pace: Pace;
  readonly perSecond: number;
  readonly monotonic: () => number;
}

/** How often a customer's turn comes again within one call, when Step Functions has no room even so: each time a second later. */
const TURNS = 3;
/** What is begun this long before the time is up comes to its end. */
const SPARE_MILLIS = 15_000;

/** A message whose turn does not come, or comes in vain, is reported and comes again: that is no harm, it is what the queue is for. */
export function startBatch(starting: Starting, event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const until = starting.monotonic() + context.getRemainingTimeInMillis() - SPARE_MILLIS;
  const { pace } = starting;
  let before = Promise.resolve();
  // One after the other: those who asked for the pace at once would all begin at once.
  const takeTurn = async (earlier: Promise<void>): Promise<void> => {
    await earlier;
    await pace.ready(until);
    pace.spend(1);
  };
  const turn = (): Promise<void> => {
    before = takeTurn(before);
    return before;
  };
  return processQueue(event, context, starting, async ({ body }) =>
    start(starting, readMessage(startMessageSchema, readJson(body)).customer, turn),
  );
}

async function start(
  { makeTrue, pace, perSecond }: Starting,
  customer: string,
  turn: () => Promise<void>,
): Promise<void> {
  for (let turns = 1; ; turns += 1) {
    try {
      await makeTrue(customer, turn);
      return;
    } catch (error) {
      if (nameOf(error) !== 'StartThrottled' || turns === TURNS) throw error;
      // A second without a start: the bucket refills for all.
      pace.spend(perSecond);
    }
  }
}
