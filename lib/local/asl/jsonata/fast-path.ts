// Answers the common expressions (paths, literals, comparisons, sums) without jsonata, which takes microseconds and a
// promise for each. Only forms are taken whose result is provably jsonata's own; everything else answers `decline`,
// and jsonata decides: an array on the way, a value that is no plain object, operands of mixed types.
import type { Json } from '../json.ts';
import type { Evaluation } from './evaluation.ts';
import { fastFunctions } from './fast-functions.ts';
import type { Node } from './syntax.ts';

export const decline: unique symbol = Symbol('decline');
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
      return array(node);
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
  // A name that is not assigned may still be one of jsonata's functions, which no field can carry.
  return (evaluation) => evaluation.variables.get(name) ?? decline;
}

function path(node: Node): Fast | undefined {
  const [first, ...rest] = node.steps ?? [];
  if (first === undefined || node.keepSingletonArray === true || isDecorated(first)) return undefined;
  const root = first.type === 'variable' || first.type === 'function' ? fastPath(first) : undefined;
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

type Operand = Json | undefined;
type Combine = (a: Operand, b: Operand) => Json | typeof decline;

const equality =
  (wanted: boolean): Combine =>
  (a, b) => {
    if (a === undefined || b === undefined) return false;
    if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) return decline;
    return (a === b) === wanted;
  };

const comparison =
  (compare: (a: number | string, b: number | string) => boolean): Combine =>
  (a, b) => {
    const comparable =
      (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
    return comparable ? compare(a, b) : decline;
  };

const arithmetic =
  (compute: (a: number, b: number) => number): Combine =>
  (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return decline;
    const result = compute(a, b);
    return Number.isFinite(result) ? result : decline;
  };

const logic =
  (compute: (a: boolean, b: boolean) => boolean): Combine =>
  (a, b) =>
    typeof a === 'boolean' && typeof b === 'boolean' ? compute(a, b) : decline;

const operators: ReadonlyMap<string, Combine> = new Map([
  ['=', equality(true)],
  ['!=', equality(false)],
  ['<', comparison((a, b) => a < b)],
  ['<=', comparison((a, b) => a <= b)],
  ['>', comparison((a, b) => a > b)],
  ['>=', comparison((a, b) => a >= b)],
  ['+', arithmetic((a, b) => a + b)],
  ['-', arithmetic((a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b)],
  ['/', arithmetic((a, b) => a / b)],
  ['and', logic((a, b) => a && b)],
  ['or', logic((a, b) => a || b)],
]);

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
  const compute = fastFunctions.get(name);
  const given = (node.arguments ?? []).map(fastPath);
  if (compute === undefined || given.some((argument) => argument === undefined)) return undefined;
  return (evaluation) => {
    if (evaluation.variables.get(name) !== undefined) return decline;
    const values = valuesOf(given, evaluation);
    return values === decline ? decline : (compute(values, evaluation.now) ?? decline);
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
