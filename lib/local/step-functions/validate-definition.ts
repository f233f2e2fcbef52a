// ValidateStateMachineDefinition: says of a definition what creating the machine would refuse.
// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
import * as z from 'zod';
import { DefinitionError } from '../asl/failure.ts';
import { parseMachine } from '../asl/definition/parse-machine.ts';
import { parseInput } from '../gateway/parse-input.ts';

const request = z.strictObject({
  definition: z.string().min(1),
  type: z.literal('STANDARD', { error: 'Express workflows do not run here.' }).default('STANDARD'),
  /** There are no warnings here, so that both mean the same. */
  severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
  maxResults: z.number().int().min(0).max(100).default(0),
});

export function validateDefinition(given: unknown): unknown {
  const { definition, maxResults } = parseInput(request, given);
  try {
    parseMachine(definition);
    return { result: 'OK', diagnostics: [], truncated: false };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const most = maxResults === 0 ? 100 : maxResults;
    const diagnostics = error.problems.slice(0, most).map(({ path, message }) => ({
      severity: 'ERROR',
      code: 'SCHEMA_VALIDATION_FAILED',
      message,
      location: path === '' ? '/' : path,
    }));
    return { result: 'FAIL', diagnostics, truncated: error.problems.length > most };
  }
}
