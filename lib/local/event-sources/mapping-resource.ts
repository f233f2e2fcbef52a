/** Event source mappings, as a template declares them: who reads which queue or stream for which function, and how. */
import * as z from 'zod';
import { parseProperties } from '../parse-properties.ts';

const shared = {
  Enabled: z.boolean().default(true),
  EventSourceArn: z.string(),
  /** Name or ARN. */
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  Tags: z.unknown().optional(),
};

// Numbers that are not given are those of Lambda: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
const queueProperties = z.strictObject({
  ...shared,
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).default(0),
  BatchSize: z.int().min(1).max(10_000).default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().min(2).max(1000) }).optional(),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html; -1 stands for no limit. */
const streamProperties = z.strictObject({
  ...shared,
  /** Records of a stream are read as they come: nothing waits for others here. */
  MaximumBatchingWindowInSeconds: z
    .literal(0, 'a batch of a stream does not wait for more records on this machine: only 0 is run')
    .optional(),
  BatchSize: z.int().min(1).max(10_000).default(100),
  BisectBatchOnFunctionError: z.boolean().default(false),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() })
    .default({}),
  FilterCriteria: z
    .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).max(10) })
    .default({ Filters: [] }),
  MaximumRecordAgeInSeconds: z.union([z.literal(-1), z.int().min(60).max(604_800)]).default(-1),
  MaximumRetryAttempts: z.int().min(-1).max(10_000).default(-1),
  ParallelizationFactor: z.int().min(1).max(10).default(1),
  // A stream of the local cloud begins with the deployment: there is nothing that LATEST would pass over.
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
});

interface Mapping {
  readonly sourceArn: string;
  readonly functionName: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  /** The function says which records have failed. */
  readonly reportsFailures: boolean;
}

export interface QueueMapping extends Mapping {
  readonly kind: 'queue';
  /** How long a batch that is not full waits for more. */
  readonly windowMillis: number;
  readonly maximumConcurrency: number | undefined;
}

export interface StreamMapping extends Mapping {
  readonly kind: 'stream';
  readonly bisects: boolean;
  /** ARN of a bucket, a queue or a function. */
  readonly onFailure: string | undefined;
  /** Patterns as JSON text; a record passes where one of them fits, and where there is none. */
  readonly filters: readonly string[];
  /** Infinity: no limit. */
  readonly recordAgeMillis: number;
  /** Infinity: no limit. */
  readonly retryAttempts: number;
  /** Batches at once. */
  readonly lanes: number;
}

/**
 * @param properties of an `AWS::Lambda::EventSourceMapping`, with references resolved.
 * @throws Error that names the resource and each property that is wrong or cannot be run here.
 */
export function parseEventSourceMapping(
  logicalId: string,
  properties: unknown,
): QueueMapping | StreamMapping {
  const source = z.object({ EventSourceArn: z.string() }).safeParse(properties);
  const service = source.data?.EventSourceArn.split(':')[2];
  if (service === 'sqs') {
    const given = parseProperties(logicalId, queueProperties, properties);
    return {
      kind: 'queue',
      ...sharedOf(given),
      windowMillis: given.MaximumBatchingWindowInSeconds * 1000,
      maximumConcurrency: given.ScalingConfig?.MaximumConcurrency,
    };
  }
  if (service === 'dynamodb') {
    const given = parseProperties(logicalId, streamProperties, properties);
    return {
      kind: 'stream',
      ...sharedOf(given),
      bisects: given.BisectBatchOnFunctionError,
      onFailure: given.DestinationConfig.OnFailure?.Destination,
      filters: given.FilterCriteria.Filters.map(({ Pattern: pattern }) => pattern),
      recordAgeMillis:
        given.MaximumRecordAgeInSeconds === -1 ? Infinity : given.MaximumRecordAgeInSeconds * 1000,
      retryAttempts: given.MaximumRetryAttempts === -1 ? Infinity : given.MaximumRetryAttempts,
      lanes: given.ParallelizationFactor,
    };
  }
  throw new Error(
    `The resource ${logicalId} cannot be run on this machine. EventSourceArn: ${source.data?.EventSourceArn ?? 'missing'} is neither a queue of SQS nor a stream of DynamoDB.`,
  );
}

function sharedOf(given: z.output<z.ZodObject<typeof shared>> & { readonly BatchSize: number }): Mapping {
  return {
    sourceArn: given.EventSourceArn,
    functionName: given.FunctionName,
    isEnabled: given.Enabled,
    batchSize: given.BatchSize,
    reportsFailures: given.FunctionResponseTypes.length > 0,
  };
}
