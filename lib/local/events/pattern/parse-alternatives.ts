// A pattern as a list of alternatives: `$or` makes several of one. What a field has to be is in parse-matchers.ts.
import type { Json, JsonObject } from '../../asl/json.ts';
import { isJsonObject } from '../../asl/json.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { parseMatchers, RESERVED_IN_OR, type FieldMatchers } from './parse-matchers.ts';

export interface Condition extends FieldMatchers {
  /** Names from the event's root, joined by dots; AWS makes no difference to a name that contains dots. */
  readonly path: string;
}

/** All conditions hold; they are in the order of their paths. */
export interface Alternative {
  readonly conditions: readonly Condition[];
}

type Branch = ReadonlyMap<string, FieldMatchers>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html: so many combinations by `$or`. */
const MOST_ALTERNATIVES = 1000;

export function parseAlternatives(pattern: Json): readonly Alternative[] {
  if (!isJsonObject(pattern)) throw new InvalidPattern('', 'Filter is not an object');
  return parseObject(pattern, '', [new Map()], false).map((branch) => ({
    conditions: [...branch.keys()].toSorted(byCodeUnits).map((path) => ({ path, ...branch.get(path)! })),
  }));
}

/** The branches so far, each with what the object adds. */
function parseObject(
  pattern: JsonObject,
  path: string,
  branches: readonly Branch[],
  isInOr: boolean,
): readonly Branch[] {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw new InvalidPattern(path, 'Empty objects are not allowed');
  return entries.reduce((before, [name, value]) => {
    const inner = path === '' ? name : `${path}.${name}`;
    if (name === '$or') return parseOr(value, path, before);
    if (isInOr && RESERVED_IN_OR.has(name))
      throw new InvalidPattern(path, `"${name}" is reserved and cannot be a field's name inside $or`);
    if (isJsonObject(value)) return parseObject(value, inner, before, isInOr);
    if (!Array.isArray(value)) throw new InvalidPattern(path, `"${name}" must be an object or an array`);
    const matchers = parseMatchers(value as readonly Json[], inner);
    return before.map((branch) => new Map(branch).set(inner, matchers));
  }, branches);
}

function parseOr(value: Json, path: string, branches: readonly Branch[]): readonly Branch[] {
  const place = path === '' ? '$or' : `${path}.$or`;
  if (!Array.isArray(value)) throw new InvalidPattern(place, '$or must be an array');
  const parsed = (value as readonly Json[]).map((one, index) => {
    if (!isJsonObject(one))
      throw new InvalidPattern(`${place}[${index}]`, 'Only JSON objects are allowed in the array of $or');
    return parseObject(one, path, branches, true);
  });
  if (parsed.length < 2) throw new InvalidPattern(place, '$or must have at least 2 objects');
  const all = parsed.flat();
  if (all.length > MOST_ALTERNATIVES)
    throw new InvalidPattern(place, `$or makes more than ${MOST_ALTERNATIVES} combinations`);
  return all;
}

function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
