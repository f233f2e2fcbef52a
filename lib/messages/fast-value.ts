/**
 * Reads the values that messages mostly print and ask for without the engine: paths, literals, `==`, and a few filters, which are
 * the engine's own. A value is only given where the engine would give the same; `decline` stands for everything else: a
 * variable that is missing, a list where a property is asked for.
 */
import { Context, TypeGuards } from 'liquidjs';
import type { Filter, Liquid, Token, Value } from 'liquidjs';
import { LINK_PART, LINK_PATH, LINK_START } from './link-filters.ts';

/** The answer where the engine has to decide. */
export const decline: unique symbol = Symbol('decline');

/** What one text is filled in with. */
export interface Frame {
  readonly scope: Readonly<Record<string, unknown>>;
  /** Variables of the loops that are running; they hide the assigned ones. */
  readonly loops: Map<string, unknown>;
  readonly assigned: Map<string, unknown>;
}

/** Answers a value or `decline`; throws where a filter does. */
export type Read = (frame: Frame) => unknown;

/** What Liquid understands as more than a property. */
const SPECIAL: ReadonlySet<string> = new Set(['size', 'first', 'last', 'forloop']);
/** Filters that answer at once, from their arguments alone. */
const FILTERS: ReadonlySet<string> = new Set([
  LINK_PART,
  LINK_PATH,
  LINK_START,
  'default',
  'money',
  'raw',
  'slice',
  'times',
  'truncate',
  'upcase',
  'url_encode',
]);

/**
 * A value with its filters, or undefined where it is none of these forms. `lenient` is the engine's word for reading null where a
 * variable is missing.
 */
export function readValue(
  engine: Liquid,
  { initial, filters }: Pick<Value, 'initial' | 'filters'>,
  lenient: boolean,
): Read | undefined {
  const read = readExpression(initial.postfix, lenient || filters[0]?.name === 'default');
  if (read === undefined || filters.length === 0) return read;
  const steps = filters.map((filter) => applyFilter(engine, filter));
  if (!steps.every((step) => step !== undefined)) return undefined;
  return (frame) => {
    let value = read(frame);
    for (const step of steps) {
      if (value === decline) return decline;
      value = step(value, frame);
    }
    return value;
  };
}

/** One literal or path. */
export function readOperand(token: Token, lenient: boolean): Read | undefined {
  if (TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token)) {
    const { content } = token;
    return () => content;
  }
  if (TypeGuards.isLiteralToken(token)) {
    const { content } = token;
    return typeof content === 'boolean' ? () => content : undefined;
  }
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return undefined;
  const names: string[] = [];
  for (const prop of token.props) {
    if (!TypeGuards.isWordToken(prop) || SPECIAL.has(prop.content)) return undefined;
    names.push(prop.content);
  }
  return readPath(names, lenient);
}

function readExpression(postfix: readonly Token[], lenient: boolean): Read | undefined {
  const [left, right, operator] = postfix;
  if (left === undefined) return undefined;
  const a = readOperand(left, lenient);
  if (postfix.length === 1) return a;
  if (right === undefined || postfix.length !== 3 || !TypeGuards.isOperatorToken(operator)) return undefined;
  const b = readOperand(right, lenient);
  const equal = operator.operator === '==';
  if (a === undefined || b === undefined || !(equal || operator.operator === '!=')) return undefined;
  return (frame) => {
    const one = a(frame);
    const other = b(frame);
    return isScalar(one) && isScalar(other) ? (one === other) === equal : decline;
  };
}

function readPath(names: readonly string[], lenient: boolean): Read | undefined {
  const [root, ...rest] = names;
  if (root === undefined) return undefined;
  const missing = lenient ? null : decline;
  return ({ scope, loops, assigned }) => {
    let value: unknown;
    if (loops.has(root)) value = loops.get(root);
    else if (assigned.has(root)) value = assigned.get(root);
    else if (Object.hasOwn(scope, root)) value = scope[root];
    for (const name of rest) {
      if (value === undefined) return missing;
      if (value === null) return null;
      if (typeof value !== 'object' || Array.isArray(value)) return decline;
      value = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
    }
    if (value === undefined) return missing;
    return typeof value === 'function' ? decline : value;
  };
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function applyFilter(
  engine: Liquid,
  filter: Filter,
): ((value: unknown, frame: Frame) => unknown) | undefined {
  const implementation = engine.filters[filter.name];
  if (!FILTERS.has(filter.name) || implementation === undefined) return undefined;
  const handler = typeof implementation === 'function' ? implementation : implementation.handler;
  const given = filter.args.map((argument) =>
    Array.isArray(argument) ? undefined : readOperand(argument, false),
  );
  if (!given.every((argument) => argument !== undefined)) return undefined;
  const focus = {
    context: new Context({}, engine.options, { sync: true }, { liquid: engine }),
    liquid: engine,
  };
  return (value, frame) => {
    const values: unknown[] = [];
    for (const argument of given) {
      const read = argument(frame);
      if (read === decline) return decline;
      values.push(read);
    }
    return Reflect.apply(handler, focus, [value, ...values]);
  };
}
