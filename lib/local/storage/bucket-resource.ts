// AWS::S3::Bucket: what of it the local cloud runs.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-s3-bucket.html
import * as z from 'zod';

const ruleSchema = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().default(''),
  ExpirationInDays: z.int().min(1),
});

const propertiesSchema = z.strictObject({
  BucketName: z
    .string()
    .regex(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/)
    .optional(),
  LifecycleConfiguration: z.strictObject({ Rules: z.array(ruleSchema) }).optional(),
  // Nothing is encrypted at rest: whoever can read this process or its folder is the developer.
  BucketEncryption: z.unknown().optional(),
  // Nobody but this machine can ask.
  PublicAccessBlockConfiguration: z.unknown().optional(),
});

export interface BucketResource {
  readonly name: string;
  /** Objects whose key begins with the prefix expire after so many days of the business. */
  readonly expirations: readonly { readonly prefix: string; readonly days: number }[];
}

/**
 * @param id of the resource in its template, for the error.
 * @param name of the bucket where the template leaves it to CloudFormation.
 * @throws Error that names the resource and each property that is wrong or cannot be run here.
 */
export function parseBucketResource(id: string, properties: unknown, name: string): BucketResource {
  const parsed = propertiesSchema.safeParse(properties);
  if (!parsed.success)
    throw new Error(`The bucket ${id} cannot be run here:\n${z.prettifyError(parsed.error)}`);
  const { BucketName: given = name, LifecycleConfiguration: lifecycle } = parsed.data;
  const rules = lifecycle?.Rules.filter(({ Status: status }) => status === 'Enabled') ?? [];
  return {
    name: given,
    expirations: rules.map(({ Prefix: prefix, ExpirationInDays: days }) => ({ prefix, days })),
  };
}
