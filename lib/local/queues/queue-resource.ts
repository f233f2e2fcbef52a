// AWS::SQS::Queue: what of it the local cloud runs.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html
import * as z from 'zod';

const redrivePolicySchema = z.strictObject({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const propertiesSchema = z.strictObject({
  QueueName: z.string().regex(/^[\w-]{1,80}$/),
  VisibilityTimeout: z.number().int().min(0).max(43_200).default(30),
  /** Seconds; four days where it is not said. */
  MessageRetentionPeriod: z.number().int().min(60).max(1_209_600).default(345_600),
  DelaySeconds: z.number().int().min(0).max(900).default(0),
  ReceiveMessageWaitTimeSeconds: z.number().int().min(0).max(20).default(0),
  MaximumMessageSize: z.number().int().min(1024).max(1_048_576).default(1_048_576),
  RedrivePolicy: redrivePolicySchema.optional(),
  // Nothing is encrypted at rest: whoever can read this process or its folder is the developer.
  SqsManagedSseEnabled: z.boolean().optional(),
});

/** A queue to be added: ranges and defaults are those of AWS, times are in seconds. */
export type QueueResource = z.infer<typeof propertiesSchema>;

/**
 * @param id of the resource in its template, for the error.
 * @throws Error that names the resource and each property that is wrong or cannot be run here.
 */
export function parseQueueResource(id: string, properties: unknown): QueueResource {
  const parsed = propertiesSchema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(`The queue ${id} cannot be run here:\n${z.prettifyError(parsed.error)}`);
}
