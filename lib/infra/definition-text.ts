/**
 * The text of a state machine's definition as CloudFormation gets it. CloudFormation replaces `${Name}` anywhere in it, also in what a
 * marketer wrote: such a text would be refused or changed. A `$` that is written as JSON's own escape is none to CloudFormation, and
 * the same text again to Step Functions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html (DefinitionSubstitutions)
 */
import type { StateMachine } from '#lib/compiler/lower/asl.ts';
import { STEP_FUNCTIONS } from '#lib/contracts/step-calls.ts';

const PLACEHOLDERS: ReadonlySet<string> = new Set(Object.values(STEP_FUNCTIONS));

/** Without line breaks: the limit of 1 MB is on what is deployed. */
export function definitionText(definition: StateMachine): string {
  // A text that is a placeholder as a whole names a function; within a longer text it is what somebody wrote.
  return JSON.stringify(definition).replace(/"\$\{\w+\}"|\$\{/g, (found) =>
    PLACEHOLDERS.has(found.slice(1, -1)) ? found : found.replace('${', '\\u0024{'),
  );
}
