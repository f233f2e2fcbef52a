/**
 * A batch of the table's stream: the records of one customer in order and together, different customers side by side. Every effect may
 * be repeated, because Lambda repeats the batch from the first record that is reported on.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { readDocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { ATTRIBUTES } from '#lib/contracts/profiles-table.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { BatchSurroundings } from '../batches.ts';
import { eachAtMost } from '../each-at-most.ts';
import { nameOf, whatFailed } from '../what-failed.ts';

/** What the batch is relayed with. */
export interface Relaying extends BatchSurroundings {
  /** Committed images of one customer, in order. */
  readonly relay: (...images: readonly CustomerDocument[]) => Promise<void>;
}

/**
 * Customers side by side: each has a few calls to the table and to Step Functions, some ten milliseconds each, so that sixteen are three
 * to four hundred records a second, and who is to be woken waits for few others.
 */
const SIDE_BY_SIDE = 16;

/**
 * Faults that asking again soon does not mend, told by name, while the sweep looks at the customer in ten minutes: to report them would
 * hold up everybody else in the shard.
 * - `DocumentNotUnderstood`: the item itself keeps what cannot be read, because nobody who cannot read it overwrites it.
 * - `UnknownVersion`: a deployment is under way; the effect has been performed, only its confirmation is missing.
 */
const LEFT_TO_THE_SWEEP: ReadonlySet<string> = new Set(['DocumentNotUnderstood', 'UnknownVersion']);

/** Reports the first record of each customer for whom something failed; Lambda goes on from the first of all. Never rejects. */
export async function relayBatch(
  relaying: Relaying,
  { Records: records }: DynamoDBStreamEvent,
  context: Context,
): Promise<DynamoDBBatchResponse> {
  relaying.logger.addContext(context);
  const customers = Map.groupBy(records, (record) => record.dynamodb?.Keys?.[ATTRIBUTES.partition]?.S ?? '');
  const failed: string[] = [];
  await eachAtMost(SIDE_BY_SIDE, [...customers.values()], async (ofOne) => {
    const sequence = await relayRecords(relaying, ofOne);
    if (sequence !== undefined) failed.push(sequence);
  });
  relaying.counts.flush();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** The sequence number from which on the customer's records are to come again; undefined: none. */
async function relayRecords(
  relaying: Relaying,
  records: readonly DynamoDBRecord[],
): Promise<string | undefined> {
  const [first] = records;
  try {
    await relaying.relay(...records.flatMap((record) => readImage(relaying, record)));
    return undefined;
  } catch (error) {
    if (isLeft(relaying, first, error)) return undefined;
    relaying.logger.warn(LOG_EVENTS.recordFailed, { ...aboutRecord(first), ...whatFailed(error) });
    relaying.counts.count('RecordsFailed');
    return first?.dynamodb?.SequenceNumber;
  }
}

function readImage(relaying: Relaying, record: DynamoDBRecord): readonly CustomerDocument[] {
  try {
    return [readDocumentImage(record.dynamodb?.NewImage ?? {})];
  } catch (error) {
    if (isLeft(relaying, record, error)) return [];
    throw error;
  }
}

function isLeft({ logger, counts }: Relaying, record: DynamoDBRecord | undefined, error: unknown): boolean {
  if (!LEFT_TO_THE_SWEEP.has(nameOf(error))) return false;
  logger.warn(LOG_EVENTS.recordLeft, { ...aboutRecord(record), ...whatFailed(error) });
  counts.count('RecordsFailed');
  return true;
}

/** Its id, and whose document it is. */
function aboutRecord(record: DynamoDBRecord | undefined): {
  readonly record?: string;
  readonly customer?: string;
} {
  const partition = record?.dynamodb?.Keys?.[ATTRIBUTES.partition]?.S;
  return {
    ...(record?.eventID !== undefined && { record: record.eventID }),
    ...(partition !== undefined && { customer: partition.slice(partition.indexOf('#') + 1) }),
  };
}
