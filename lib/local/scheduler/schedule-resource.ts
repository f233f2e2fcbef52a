// AWS::Scheduler::Schedule of a template, references resolved.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
import * as z from 'zod';
import { nameSchema, scheduleMembers, type ScheduleInput } from './schedule.ts';

const schema = z.strictObject({
  Name: nameSchema.optional(),
  ...scheduleMembers(z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))),
  /** Without meaning here: nothing is encrypted. */
  KmsKeyArn: z.unknown().optional(),
});

/** A schedule without a name gets its resource's. @throws Error with the resource's id, the property and what is wrong. */
export function parseScheduleResource(id: string, properties: unknown): ScheduleInput {
  const parsed = schema.safeParse(properties);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${id}: ${problems.join('; ')}`);
  }
  const { Name = id, KmsKeyArn: _, ...members } = parsed.data;
  return { Name, ...members };
}
