/**
 * What the destination for failures is told of a batch that was given up; a bucket gets the records as well, so that they can be worked
 * off later. https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
import type { InvocationResult } from '../functions/functions.ts';
import type { LaneRecord } from './stream-lane.ts';

export interface GivenUpBatch {
  readonly records: readonly LaneRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  /** That were made for them. */
  readonly calls: number;
  /** Of the last of them. */
  readonly result: InvocationResult | undefined;
}

/** A stream has one shard here. */
const SHARD = 'shardId-00000000000000000000-00000000';

export interface GivenUpOptions {
  readonly functionArn: string;
  readonly streamArn: string;
  /** Business time, in milliseconds. */
  readonly now: number;
  readonly requestId: string;
}

/** @returns JSON; with `payload`, the call's own text, for a bucket. */
export function givenUpRecord(
  { records, condition, calls, result }: GivenUpBatch,
  { functionArn, streamArn, now, requestId }: GivenUpOptions,
  withPayload: boolean,
): string {
  const [first] = records;
  const last = records.at(-1);
  return JSON.stringify({
    requestContext: {
      requestId: result?.requestId ?? requestId,
      functionArn,
      condition,
      approximateInvokeCount: calls,
    },
    // Nothing has answered where no call was made.
    ...(result && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: result.functionError ?? null,
      },
    }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: SHARD,
      startSequenceNumber: first?.record.dynamodb.SequenceNumber,
      endSequenceNumber: last?.record.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
    ...(withPayload && { payload: JSON.stringify({ Records: records.map(({ record }) => record) }) }),
  });
}

/** `aws/lambda/<mapping>/<shard>/2026/11/22/2026-11-22T17.18.25-<id>` */
export function givenUpKey(mappingId: string, now: number, requestId: string): string {
  const [day = '', time = ''] = new Date(now).toISOString().split('T');
  const second = time.slice(0, 8).replaceAll(':', '.');
  return `aws/lambda/${mappingId}/${SHARD}/${day.replaceAll('-', '/')}/${day}T${second}-${requestId}`;
}

function arrival(one: LaneRecord | undefined): string | undefined {
  if (one === undefined) return undefined;
  const instant = new Date(one.record.dynamodb.ApproximateCreationDateTime * 1000);
  return instant.toISOString().replace('.000Z', 'Z');
}
