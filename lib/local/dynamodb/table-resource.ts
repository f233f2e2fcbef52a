// `AWS::DynamoDB::Table` of a template, as far as the local cloud runs it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
import * as z from 'zod';
import type { JsonObject } from '../asl/json.ts';
import { definitionOf, type TableDefinition } from './table-definition.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = {
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
};

/** Properties, references resolved. Whatever is not listed is refused. */
const tableProperties = z.strictObject({
  TableName: z.string(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  /** Capacity that is bought beforehand would have to be enforced. */
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z.array(z.strictObject(index)).optional(),
  LocalSecondaryIndexes: z.array(z.strictObject(index)).optional(),
  StreamSpecification: z
    .strictObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  TimeToLiveSpecification: z
    .strictObject({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  /** Without meaning here: nothing is kept for a restore to an earlier moment; the folder of `--data` can be copied. */
  PointInTimeRecoverySpecification: z.looseObject({}).optional(),
  /** Without meaning here: what is on this machine's disk is encrypted by the machine. */
  SSESpecification: z.looseObject({}).optional(),
});

export interface TableResource {
  readonly properties: z.output<typeof tableProperties>;
}

/**
 * @param id of the resource, for the message.
 * @param properties references resolved.
 * @throws Error that names the resource and each property that the local cloud does not run.
 */
export function parseTable(id: string, properties: unknown): TableResource {
  const parsed = tableProperties.safeParse(properties);
  if (parsed.success) return { properties: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new Error(`The local cloud cannot run the table ${id}: ${problems.join('; ')}.`);
}

export function definitionOfResource({ properties }: TableResource, now: number): TableDefinition {
  const {
    StreamSpecification: stream,
    TimeToLiveSpecification: expiry,
    PointInTimeRecoverySpecification: _,
    SSESpecification: __,
    ...input
  } = properties;
  const definition = definitionOf(
    {
      ...input,
      ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
    } as unknown as JsonObject,
    now,
  );
  const attribute = expiry?.Enabled === true ? expiry.AttributeName : undefined;
  return attribute === undefined ? definition : { ...definition, expiryAttribute: attribute };
}
