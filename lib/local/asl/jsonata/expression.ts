// One JSONata expression of a definition: parsed once, evaluated often, with AWS's rules and AWS's words for failures.
import jsonata from 'jsonata';
import { EvaluationFailure } from '../failure.ts';
import { type Json, toJson } from '../json.ts';
import { installBounds } from './bounds.ts';
import type { Evaluation } from './evaluation.ts';
import { decline } from './fast-operators.ts';
import { type Fast, fastPath } from './fast-path.ts';
import { evaluationBinding, registerFunctions } from './functions.ts';
import { type Node, walk } from './syntax.ts';

export interface Expression {
  /** Without the `{%` and `%}`, as AWS quotes it. */
  readonly text: string;
  /** The members of `$states` that it reads: `input`, `result`, `errorOutput`, `context`. */
  readonly reads: ReadonlySet<string>;
  /** The field in AWS's notation: `Arguments/Payload/run`, `Choices[0]/Condition`. */
  readonly location: string;
  /** Throws, or rejects with, EvaluationFailure in AWS's words; never answers undefined. */
  evaluate(evaluation: Evaluation): Json | Promise<Json>;
}

/** Whether the text is an expression; half an expression, such as `{% $x`, is neither and must be refused. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

export function isHalfExpression(text: string): boolean {
  return text.startsWith('{%') !== text.endsWith('%}') && text.includes('{%');
}

/** Parses `{% … %}`. Throws an Error whose message says what AWS would refuse about it. */
export function compileExpression(source: string, location: string): Expression {
  const text = source.slice(2, -2).trim();
  const { parsed, node } = parse(text);
  const reads = check(node);
  registerFunctions(parsed);
  const bounds = installBounds(parsed, node);
  const fast: Fast | undefined = bounds === undefined ? fastPath(node) : undefined;

  const marksArrays = marksItsInput(node);

  const slow = async (evaluation: Evaluation): Promise<Json> => {
    let value: unknown;
    try {
      bounds?.reset();
      const data = { ...evaluation.variables.flatten(), states: evaluation.states };
      value = await parsed.evaluate(undefined, {
        ...(marksArrays ? structuredClone(data) : data),
        eval: undefined,
        [evaluationBinding]: evaluation,
      });
    } catch (error) {
      throw new EvaluationFailure(
        `${named(text, location)} threw an error during evaluation${describe(error)}`,
        location,
      );
    }
    return result(value);
  };
  const result = (value: unknown): Json => {
    const json = value === undefined ? undefined : toJson(value);
    if (json !== undefined) return json;
    throw new EvaluationFailure(`${named(text, location)} returned nothing (undefined).`, location);
  };

  return {
    text,
    reads,
    location,
    evaluate(evaluation) {
      if (fast === undefined) return slow(evaluation);
      const value = fast(evaluation);
      return value === decline ? slow(evaluation) : result(value);
    },
  };
}

function parse(text: string): { parsed: jsonata.Expression; node: Node } {
  try {
    const parsed = jsonata(text);
    return { parsed, node: parsed.ast() as Node };
  } catch (error) {
    throw new Error(`Invalid JSONata expression '${text}': ${messageOf(error)}`, { cause: error });
  }
}

/** What AWS refuses when a state machine is created: there is no input document that a bare name could be looked up in. */
function check(root: Node): Set<string> {
  const reads = new Set<string>();
  walk(root, (node, inside) => {
    const [first, second] = node.steps ?? [];
    if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
      reads.add(String(second.value));
    if (node.type === 'variable' && node.value === '$') throw unsupported('$$');
    if (inside) return;
    if (node.type === 'variable' && node.value === '') throw unsupported('$');
    if (['name', 'wildcard', 'descendant'].includes(node.type)) throw unsupported(String(node.value));
  });
  return reads;
}

/** Whether it has a `[]`, by which jsonata marks the arrays it is given: those are shared, and may be frozen. */
function marksItsInput(root: Node): boolean {
  let marks = false;
  walk(root, (node) => {
    marks ||= node.keepArray === true || node.keepSingletonArray === true;
  });
  return marks;
}

function unsupported(reference: string): Error {
  return new Error(`Reference to '${reference}' at the top level is not supported.`);
}

function named(text: string, location: string): string {
  return `The JSONata expression '${text}' specified for the field '${location}'`;
}

/** AWS ends the sentence before a coded message and puts a colon before any other. */
function describe(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? `. ${code}: ${messageOf(error)}` : `: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
