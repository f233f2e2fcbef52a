// Answers the common expressions (paths, literals, comparisons, sums) without jsonata, which takes microseconds and a
// promise for each. Only forms are taken whose result is provably jsonata's own; everything else answers `decline`,
// and jsonata decides: an array on the way, a value that is no plain object, operands of mixed types.
import type { Json } from '../json.ts';
import type { Evaluation } from './evaluation.ts';
import { fastFunctions } from './fast-functions.ts';
import { decline, operators, truth } from './fast-operators.ts';
import { functionNames } from './function-names.ts';
import type { Node } from './syntax.ts';

export type Fast = (evaluation: Evaluation) => Json | undefined | typeof decline;

/** The fast form of a parsed expression, or undefined when it has none. */
export function fastPath(node: Node): Fast | undefined {
  if (node.predicate !== undefined || node.group !== undefined || node.keepArray === true) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value': {
      const value = node.value as Json;
      return () => value;
    }
    case 'variable':
      return variable(node);
    case 'path':
      return path(node);
    case 'function':
      return call(node);
    case 'unary':
      return node.value === '{' ? object(node) : array(node);
    case 'condition':
      return condition(node);
    case 'block':
      return node.expressions?.length === 1 && node.expressions[0] !== undefined
        ? fastPath(node.expressions[0])
        : undefined;
    case 'binary':
      return binary(node);
    default:
      return undefined;
  }
}

function variable(node: Node): Fast | undefined {
  const name = node.value;
  if (typeof name !== 'string' || name === '' || name === '$') return undefined;
  if (name === 'states') return (evaluation) => evaluation.states as unknown as Json;
  // A name that is not assigned is nothing, unless it is that of a function.
  const unassigned = functionNames.has(name) ? decline : undefined;
  return (evaluation) => {
    const value = evaluation.variables.get(name);
    return value === undefined ? unassigned : value;
  };
}

/** What a path may start with; any other first step would be looked up in an input, which does not exist here. */
const rootTypes: ReadonlySet<string> = new Set(['variable', 'function', 'block']);

function path(node: Node): Fast | undefined {
  const [first, ...rest] = node.steps ?? [];
  if (first === undefined || node.keepSingletonArray === true || isDecorated(first)) return undefined;
  const root = rootTypes.has(first.type) ? fastPath(first) : undefined;
  if (root === undefined) return undefined;
  const names: string[] = [];
  for (const step of rest) {
    if (step.type !== 'name' || typeof step.value !== 'string' || isDecorated(step)) return undefined;
    names.push(step.value);
  }
  return (evaluation) => {
    let value = root(evaluation);
    for (const name of names) {
      if (value === decline || Array.isArray(value)) return decline;
      if (value === undefined || value === null || typeof value !== 'object') return undefined;
      if (!Object.hasOwn(value, name)) return name in value ? decline : undefined;
      value = (value as { readonly [key: string]: Json })[name];
    }
    return value;
  };
}

/** Filters, indexes, `@`, `#` and `%`: everything that makes a step more than a name. */
function isDecorated(step: Node): boolean {
  return (
    step.stages !== undefined ||
    step.predicate !== undefined ||
    step.group !== undefined ||
    step.focus !== undefined ||
    step.index !== undefined ||
    step.ancestor !== undefined ||
    step.tuple === true ||
    step.consarray === true ||
    step.keepArray === true
  );
}

function binary(node: Node): Fast | undefined {
  const { lhs, rhs } = node;
  if (lhs === undefined || rhs === undefined || !('type' in lhs)) return undefined;
  const left = fastPath(lhs);
  const right = fastPath(rhs);
  const combine = operators.get(String(node.value));
  if (left === undefined || right === undefined || combine === undefined) return undefined;
  return (evaluation) => {
    const a = left(evaluation);
    if (a === decline) return decline;
    const b = right(evaluation);
    return b === decline ? decline : combine(a, b);
  };
}

/** A call of one of the fast functions; a variable of that name would hide the function, and jsonata knows how. */
function call(node: Node): Fast | undefined {
  const { procedure } = node;
  if (
    procedure?.type !== 'variable' ||
    procedure.predicate !== undefined ||
    typeof procedure.value !== 'string'
  ) {
    return undefined;
  }
  const name = procedure.value;
  const given = (node.arguments ?? []).map(fastPath);
  if (name === 'exists') return exists(given);
  const compute = fastFunctions.get(name);
  if (compute === undefined || given.some((argument) => argument === undefined)) return undefined;
  return (evaluation) => {
    if (evaluation.variables.get(name) !== undefined) return decline;
    const values = valuesOf(given, evaluation);
    return values === decline ? decline : (compute(values, evaluation.now) ?? decline);
  };
}

/** `$exists` of one value. Its own argument declines what may be a function, or has an array on the way. */
function exists(given: readonly (Fast | undefined)[]): Fast | undefined {
  const [argument] = given;
  if (argument === undefined || given.length !== 1) return undefined;
  return (evaluation) => {
    if (evaluation.variables.get('exists') !== undefined) return decline;
    const value = argument(evaluation);
    return value === decline ? decline : value !== undefined;
  };
}

/** `condition ? then : else`; only the branch that is chosen is evaluated. Without an else there may be nothing. */
function condition(node: Node): Fast | undefined {
  if (node.condition === undefined || node.then === undefined) return undefined;
  const decides = fastPath(node.condition);
  const chosen = fastPath(node.then);
  const other = node.else === undefined ? () => undefined : fastPath(node.else);
  if (decides === undefined || chosen === undefined || other === undefined) return undefined;
  return (evaluation) => {
    const value = decides(evaluation);
    const isTrue = value === decline ? decline : truth(value);
    if (isTrue === decline) return decline;
    return isTrue ? chosen(evaluation) : other(evaluation);
  };
}

/** Keys that jsonata's own bookkeeping, or an assignment, does not treat as any other. */
const specialKeys: ReadonlySet<string> = new Set(['__proto__', 'hasOwnProperty']);

/** An object constructor whose keys are written out; a member that is nothing is left out. */
function object(node: Node): Fast | undefined {
  if (!Array.isArray(node.lhs)) return undefined;
  const members = new Map<string, Fast>();
  for (const [key, value] of node.lhs as readonly (readonly [Node, Node])[]) {
    const name = key.type === 'string' && key.predicate === undefined ? String(key.value) : '__proto__';
    const member = fastPath(value);
    if (member === undefined || members.has(name) || specialKeys.has(name)) return undefined;
    members.set(name, member);
  }
  return (evaluation) => {
    const made: Record<string, Json> = {};
    for (const [name, member] of members) {
      const value = member(evaluation);
      if (value === decline) return decline;
      if (value !== undefined) made[name] = value;
    }
    return made;
  };
}

/** An array constructor of plain values; jsonata flattens what an array element brings. */
function array(node: Node): Fast | undefined {
  if (node.value !== '[') return undefined;
  const members = (node.expressions ?? []).map(fastPath);
  if (members.some((member) => member === undefined)) return undefined;
  return (evaluation) => {
    const values = valuesOf(members, evaluation);
    if (values === decline) return decline;
    return values.some((value) => value === undefined || Array.isArray(value)) ? decline : (values as Json[]);
  };
}

function valuesOf(
  parts: readonly (Fast | undefined)[],
  evaluation: Evaluation,
): (Json | undefined)[] | typeof decline {
  const values: (Json | undefined)[] = [];
  for (const part of parts) {
    const value = part?.(evaluation);
    if (value === decline) return decline;
    values.push(value);
  }
  return values;
}
