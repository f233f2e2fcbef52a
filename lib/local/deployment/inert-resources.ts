// Resources that have no effect on a laptop, each with the reason. Nothing else in a template is passed over.
import type { Place } from '../place.ts';
import type { Referable } from './intrinsics.ts';

interface InertResource {
  /** Why nothing is missing where it is missing. */
  readonly reason: string;
  /** What others refer to. `name`: its own, or one made of the stack and its logical id. */
  readonly referable: (name: string, place: Place) => Referable;
}

const RIGHTS = 'who may do what is decided by IAM, and every caller here is the person at the laptop';
const QUERIES = 'is part of the console of CloudWatch, which there is none of here';
const SEALED = 'nothing is encrypted here: the data is on the laptop of whoever made it';

const named = (name: string): Referable => ({ ref: name, attributes: {} });

/** Types that are passed over. */
export const INERT_RESOURCES: Readonly<Record<string, InertResource>> = {
  'AWS::IAM::Role': {
    reason: RIGHTS,
    referable: (name, { partition, account }) => ({
      ref: name,
      attributes: { Arn: `arn:${partition}:iam::${account}:role/${name}` },
    }),
  },
  'AWS::IAM::Policy': { reason: RIGHTS, referable: named },
  'AWS::SQS::QueuePolicy': { reason: RIGHTS, referable: named },
  'AWS::S3::BucketPolicy': { reason: RIGHTS, referable: named },
  'AWS::SNS::TopicPolicy': { reason: RIGHTS, referable: named },
  'AWS::Lambda::Permission': { reason: RIGHTS, referable: named },
  'AWS::KMS::Key': {
    reason: SEALED,
    referable: (name, { partition, region, account }) => ({
      ref: name,
      attributes: { Arn: `arn:${partition}:kms:${region}:${account}:key/${name}`, KeyId: name },
    }),
  },
  'AWS::KMS::Alias': { reason: SEALED, referable: named },
  'AWS::Logs::QueryDefinition': { reason: QUERIES, referable: named },
  'AWS::CloudWatch::Dashboard': { reason: QUERIES, referable: named },
  'AWS::CDK::Metadata': { reason: 'counts which constructs are used, for AWS', referable: named },
};
