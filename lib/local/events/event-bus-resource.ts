// AWS::Events::EventBus and AWS::Events::Rule of a template, references resolved.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
import * as z from 'zod';
import { ruleTargetSchema, type RuleTargetInput } from './rule-target.ts';

export interface EventBusResource {
  readonly name: string;
  readonly description?: string | undefined;
}

export interface RuleResource {
  readonly name: string;
  /** Name or ARN; undefined: the default bus. */
  readonly bus?: string | undefined;
  readonly description?: string | undefined;
  /** JSON. */
  readonly pattern?: string | undefined;
  readonly scheduleExpression?: string | undefined;
  readonly isEnabled: boolean;
  readonly targets: readonly RuleTargetInput[];
}

const busSchema = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  /** Without meaning here: nobody else reaches this bus, nothing is encrypted, nothing is billed by tags. */
  Policy: z.unknown().optional(),
  KmsKeyIdentifier: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

const ruleSchema = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.string().optional(),
  Description: z.string().optional(),
  EventPattern: z.record(z.string(), z.json()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  Targets: z.array(ruleTargetSchema).optional(),
  /** Without meaning here: permissions. */
  RoleArn: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

/** @throws Error with the resource's id, the property and what is wrong. */
export function parseEventBusResource(id: string, properties: unknown): EventBusResource {
  const { Name, Description } = parse(busSchema, id, properties);
  return { name: Name, description: Description };
}

/** A rule without a name gets its resource's. @throws Error with the resource's id, the property and what is wrong. */
export function parseRuleResource(id: string, properties: unknown): RuleResource {
  const rule = parse(ruleSchema, id, properties);
  return {
    name: rule.Name ?? id,
    bus: rule.EventBusName,
    description: rule.Description,
    pattern: rule.EventPattern === undefined ? undefined : JSON.stringify(rule.EventPattern),
    scheduleExpression: rule.ScheduleExpression,
    isEnabled: rule.State !== 'DISABLED',
    targets: rule.Targets ?? [],
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, id: string, properties: unknown): z.output<Schema> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new Error(`${id}: ${problems.join('; ')}`);
}
