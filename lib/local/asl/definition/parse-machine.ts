// From the JSON of a state machine to a Machine: everything AWS would refuse, and everything not supported here, is
// reported at once, with its place; what is accepted runs as it would on AWS.
import { DefinitionError, type Problem } from '../failure.ts';
import { limits } from '../limits.ts';
import type { Machine } from '../machine.ts';
import { checkVariables } from './check-variables.ts';
import { Fields } from './fields.ts';
import { parseGraph } from './parse-graph.ts';
import type { Scope } from './parse-state.ts';

/**
 * Parses a definition, given as JSON text or as a value.
 * Throws DefinitionError with all problems found: unknown fields and states, JSONPath, unsupported resources, broken
 * expressions, missing targets, limits.
 */
export function parseMachine(definition: unknown): Machine {
  const problems: Problem[] = [];
  const text = typeof definition === 'string' ? definition : (JSON.stringify(definition) ?? 'null');
  const value = parseText(text);
  if (Buffer.byteLength(text) > limits.definitionBytes) {
    problems.push({ path: '', message: `The definition is larger than ${limits.definitionBytes} bytes.` });
  }
  const fields = Fields.of(value, '', problems);
  const machine = fields === undefined ? undefined : readMachine(fields);
  if (machine !== undefined) checkVariables(machine.graph, '', problems);
  if (problems.length > 0 || machine === undefined) throw new DefinitionError(problems);
  return machine;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DefinitionError([{ path: '', message: `The definition is not JSON: ${message}` }]);
  }
}

function readMachine(fields: Fields): Machine | undefined {
  const comment = fields.text('Comment');
  fields.oneOf('Version', ['1.0']);
  const language = fields.oneOf('QueryLanguage', ['JSONata', 'JSONPath']) ?? 'JSONPath';
  const timeoutSeconds = fields.number('TimeoutSeconds', { min: 1, max: limits.seconds, whole: true });
  const scope: Scope = { language, names: new Map(), parseGraph: (nested) => parseGraph(nested, scope) };
  const graph = parseGraph(fields, scope);
  fields.finish('a state machine');
  return graph === undefined ? undefined : { comment, timeoutSeconds, graph };
}
