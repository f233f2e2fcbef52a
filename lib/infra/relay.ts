// What documents say should be true is made true: the table's stream feeds the relay, and what Step Functions has no room for waits
// in a queue of its own, so that wake-ups do not wait behind a broadcast.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RELAY_SOURCE, STARTS_SOURCE } from '#lib/contracts/event-sources.ts';
import { ATTRIBUTES, DOCUMENT_SORT_KEY } from '#lib/contracts/profiles-table.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { KeptFailures } from './kept-failures.ts';
import type { WorkQueue } from './work-queue.ts';

export interface RelayProps {
  readonly table: Table;
  readonly starts: WorkQueue;
  readonly relayEffects: DeployedFunction;
  readonly startRuns: DeployedFunction;
  readonly encryptionKey: IKey | undefined;
  /** Of a test environment: what could not be relayed goes with the stack. */
  readonly disposable: boolean;
}

/** Records that failed lie here as long as dead letters do in a queue. */
const FAILURES_KEPT = Duration.days(14);

export class Relay extends Construct {
  /** Records of the stream that could not be relayed, whole: a queue would get only their position, and the stream forgets in a day. */
  readonly failures: Bucket;

  constructor(scope: Construct, id: string, props: RelayProps) {
    super(scope, id);
    const { table, starts, relayEffects, startRuns, encryptionKey, disposable } = props;
    this.failures = new Bucket(this, 'Failures', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      lifecycleRules: [{ expiration: FAILURES_KEPT }],
      // Kept, unless the deployment that was to create it has failed: then nothing is in it.
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this.failures).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only Lambda writes here, and only what it could not relay, for two weeks; a log of accesses would need a bucket that grows ' +
        'for ever. CloudTrail data events record who reads, where an account wants that.',
    });
    relayEffects.function.addEventSource(
      new DynamoEventSource(table as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: RELAY_SOURCE.batchSize,
        maxBatchingWindow: Duration.seconds(RELAY_SOURCE.maxBatchingWindowSeconds),
        parallelizationFactor: RELAY_SOURCE.parallelizationFactor,
        bisectBatchOnError: RELAY_SOURCE.bisectBatchOnError,
        retryAttempts: RELAY_SOURCE.retryAttempts,
        maxRecordAge: Duration.seconds(RELAY_SOURCE.maxRecordAgeSeconds),
        reportBatchItemFailures: true,
        onFailure: new KeptFailures(this.failures),
        // Documents with something to be made true or told; the rest of the table's writes starts no function.
        filters: [
          FilterCriteria.filter({
            dynamodb: {
              Keys: { [ATTRIBUTES.sort]: { S: [DOCUMENT_SORT_KEY] } },
              NewImage: { [ATTRIBUTES.todo]: { S: FilterRule.exists() } },
            },
          }),
        ],
      }),
    );
    starts.feed(startRuns.function, {
      batchSize: STARTS_SOURCE.batchSize,
      maxConcurrency: STARTS_SOURCE.maxConcurrency,
    });
  }
}
