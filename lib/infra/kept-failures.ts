// Where records of a stream go that a function could not process: into a bucket, whole. CDK's own destination would let the function
// read and delete there as well; Lambda needs to write.
import type {
  DlqDestinationConfig,
  IEventSourceDlq,
  IEventSourceMapping,
  IFunction,
} from 'aws-cdk-lib/aws-lambda';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { explainWildcard } from './wildcards.ts';

export class KeptFailures implements IEventSourceDlq {
  readonly #bucket: Bucket;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
  }

  bind(_target: IEventSourceMapping, reader: IFunction): DlqDestinationConfig {
    const records = this.#bucket.arnForObjects('*');
    // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
    reader.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [records] }));
    reader.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.#bucket.bucketArn] }),
    );
    if (reader.role)
      explainWildcard(reader.role, records, 'Lambda names each record that it keeps by its shard and time.');
    return { destination: this.#bucket.bucketArn };
  }
}
