// Targets of a rule: where an event goes, and what goes there.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
import * as z from 'zod';
import { asJson } from './bus-event.ts';
import { inputTransformerSchema, parseInputTransformer, type Matched } from './input-transformer.ts';
import { parseJsonPath, valueAt } from './json-path.ts';
import { deadLetterConfigSchema, retryPolicySchema } from './retry-policy.ts';

export const ruleTargetSchema = z
  .strictObject({
    Id: z.string().regex(/^[\w.-]{1,64}$/),
    Arn: z.string().min(1).max(1600),
    /** Permissions mean nothing on a laptop. */
    RoleArn: z.string().optional(),
    Input: z.string().max(8192).optional(),
    InputPath: z.string().max(256).optional(),
    InputTransformer: inputTransformerSchema.optional(),
    RetryPolicy: retryPolicySchema.optional(),
    DeadLetterConfig: deadLetterConfigSchema.optional(),
  })
  .refine(
    ({ Input, InputPath, InputTransformer }) =>
      [Input, InputPath, InputTransformer].filter((one) => one !== undefined).length <= 1,
    'Only one of Input, InputPath, or InputTransformer must be provided',
  );

export type RuleTargetInput = z.infer<typeof ruleTargetSchema>;

export interface RuleTarget {
  /** As it was given, which is how it is told. */
  readonly input: RuleTargetInput;
  /** What the target gets: JSON, or lines of it. */
  payload(matched: Matched): string;
}

/** @throws Error that says what is wrong with its input. */
export function parseRuleTarget(input: RuleTargetInput): RuleTarget {
  return { input, payload: payloadOf(input) };
}

function payloadOf({ Input, InputPath, InputTransformer }: RuleTargetInput): RuleTarget['payload'] {
  if (InputTransformer !== undefined) return parseInputTransformer(InputTransformer);
  if (InputPath !== undefined) {
    const path = parseJsonPath(InputPath);
    if (path === undefined) throw new Error(`InputPath: "${InputPath}" is not a JSON path`);
    return ({ event }) => JSON.stringify(valueAt(path, asJson(event)) ?? null);
  }
  if (Input === undefined) return ({ event }) => JSON.stringify(event);
  try {
    JSON.parse(Input);
  } catch {
    throw new Error('Input: is not JSON');
  }
  return () => Input;
}
