// The form of a CloudFormation template, as far as it is run here. Sections that would change what is deployed and are not read
// (conditions, mappings, transforms) are refused.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
import * as z from 'zod';
import { DeploymentProblem } from './deployment-problem.ts';

/** Says nothing about what runs. */
const withoutMeaning = z.unknown().optional();

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  // Nothing works before everything is there, so that the order of making matters to nobody.
  DependsOn: withoutMeaning,
  // A deployment is never updated and never deleted here: the next start makes it anew.
  DeletionPolicy: withoutMeaning,
  UpdateReplacePolicy: withoutMeaning,
  Metadata: withoutMeaning,
});
export type TemplateResource = z.infer<typeof resourceSchema>;

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: withoutMeaning,
  Description: withoutMeaning,
  Metadata: withoutMeaning,
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string() })).default({}),
  // What the template asks of the account that it is deployed to: here that is none.
  Rules: withoutMeaning,
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z
    .record(
      z.string(),
      z.strictObject({
        Value: z.unknown(),
        Description: z.string().optional(),
        // No other stack is here that could import it.
        Export: withoutMeaning,
      }),
    )
    .default({}),
});
export type Template = z.infer<typeof templateSchema>;

/**
 * @param file names it in messages.
 * @throws DeploymentProblem for sections, or parts of a resource, that would be left out.
 */
export function parseTemplate(json: unknown, file: string): Template {
  const parsed = templateSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'template'}: ${message}`,
  );
  throw new DeploymentProblem(
    [`${file} has parts that the local cloud cannot read:`, ...problems].join('\n'),
  );
}
