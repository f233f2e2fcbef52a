// What a template says of a state machine. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-stepfunctions-statemachine.html
import * as z from 'zod';

/** Without meaning on a laptop: nothing checks rights, and what is logged and traced is in the histories. */
const inert = {
  RoleArn: z.string(),
  LoggingConfiguration: z.json().optional(),
  TracingConfiguration: z.json().optional(),
  Tags: z.json().optional(),
};

const properties = z.strictObject({
  StateMachineName: z.string().min(1).max(80),
  StateMachineType: z
    .literal('STANDARD', { error: 'Express workflows do not run here.' })
    .default('STANDARD'),
  /** JSON text: the deployment puts there what DefinitionS3Location leads to. */
  DefinitionString: z.string(),
  DefinitionSubstitutions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  ...inert,
});

export interface StateMachineResource {
  readonly name: string;
  /** With its substitutions made. */
  readonly definition: string;
  readonly roleArn: string;
}

/**
 * @param id of the resource in its template, for messages.
 * @param given properties, references resolved.
 * @throws Error naming the resource, each property and what is wrong with it.
 */
export function parseStateMachineResource(id: string, given: unknown): StateMachineResource {
  const { success, data, error } = properties.safeParse(given);
  if (!success) {
    const problems = error.issues.map(({ path, message }) => `${path.join('.') || 'Properties'}: ${message}`);
    throw new Error(`The state machine ${id} cannot be run here. ${problems.join('; ')}`);
  }
  const { StateMachineName: name, DefinitionString: text, DefinitionSubstitutions: values, RoleArn } = data;
  // CloudFormation replaces `${Name}` wherever it stands, inside JSON texts as well.
  const definition = Object.entries(values).reduce(
    (replaced, [key, value]) => replaced.replaceAll(`\${${key}}`, JSON.stringify(String(value)).slice(1, -1)),
    text,
  );
  return { name, definition, roleArn: RoleArn };
}
