// What a field of an event has to be: the list of values and operators at the end of each path of a pattern.
import type { Json, JsonObject } from '../../asl/json.ts';
import { isJsonObject } from '../../asl/json.ts';
import { parseAnythingBut } from './anything-but.ts';
import { parseAddress, parseCidr } from './ip-address.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { parseNumeric } from './numeric.ts';
import { foldCase, type ValueTest } from './value-test.ts';
import { checkComplexity, parseWildcard, wildcardMatches, type Wildcard } from './wildcard.ts';

export interface FieldMatchers {
  /** One of them holds for one of the field's values. */
  readonly tests: readonly ValueTest[];
  /** The field may as well not be there. */
  readonly mayBeAbsent: boolean;
}

interface Parsed {
  readonly test?: ValueTest;
  readonly mayBeAbsent?: true;
  readonly wildcard?: Wildcard;
}

/** Names that event-ruler keeps for operators, of now and later, and takes for no field inside `$or`. */
export const RESERVED_IN_OR: ReadonlySet<string> = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard ' +
    'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ' +
    'ip-address-not-in-range'
  ).split(' '),
);

export function parseMatchers(list: readonly Json[], path: string): FieldMatchers {
  if (list.length === 0) throw new InvalidPattern(path, 'Empty arrays are not allowed');
  const parsed = list.map((one, index) => parseMatcher(one, `${path}[${index}]`));
  checkComplexity(
    parsed.flatMap(({ wildcard }) => (wildcard === undefined ? [] : [wildcard])),
    path,
  );
  return {
    tests: parsed.flatMap(({ test }) => test ?? []),
    mayBeAbsent: parsed.some(({ mayBeAbsent }) => mayBeAbsent === true),
  };
}

function parseMatcher(matcher: Json, place: string): Parsed {
  if (isJsonObject(matcher)) return parseOperator(matcher, place);
  if (typeof matcher === 'object' && matcher !== null)
    throw new InvalidPattern(place, 'Match value must be String, number, true, false, or null');
  const address = typeof matcher === 'string' ? parseAddress(matcher) : undefined;
  // An address may be written in several ways, all of which are the same to AWS.
  if (address !== undefined)
    return { test: (value) => typeof value === 'string' && parseAddress(value)?.text === address.text };
  return { test: (value) => value === matcher };
}

function parseOperator(matcher: JsonObject, place: string): Parsed {
  const [first, second] = Object.entries(matcher);
  if (first === undefined) throw new InvalidPattern(place, 'Match expression name not found');
  if (second !== undefined) throw new InvalidPattern(place, 'Only one key allowed in match expression');
  const [operator, operand] = first;
  switch (operator) {
    case 'exactly': {
      const wanted = text(operand, 'exact match', place);
      return { test: (value) => value === wanted };
    }
    case 'prefix':
      return { test: parseEnd(operand, 'prefix', place, (value, end) => value.startsWith(end)) };
    case 'suffix':
      return { test: parseEnd(operand, 'suffix', place, (value, end) => value.endsWith(end)) };
    case 'equals-ignore-case': {
      const wanted = foldCase(text(operand, operator, place));
      return { test: (value) => typeof value === 'string' && foldCase(value) === wanted };
    }
    case 'wildcard': {
      const wildcard = parseWildcard(text(operand, operator, place), place);
      return {
        test: (value) => typeof value === 'string' && wildcardMatches(wildcard, value),
        wildcard,
      };
    }
    case 'anything-but':
      return { test: parseAnythingBut(operand, place) };
    case 'numeric':
      return { test: parseNumeric(operand, place) };
    case 'cidr':
      return { test: parseCidr(text(operand, operator, place), place) };
    case 'exists':
      if (typeof operand !== 'boolean')
        throw new InvalidPattern(place, 'exists match pattern must be either true or false.');
      return operand ? { test: () => true } : { mayBeAbsent: true };
    default:
      throw new InvalidPattern(place, `Unrecognized match type ${operator}`);
  }
}

/** A text at the beginning or the end, or `{ "equals-ignore-case": text }`. */
function parseEnd(
  operand: Json,
  operator: string,
  place: string,
  matches: (value: string, end: string) => boolean,
): ValueTest {
  if (!isJsonObject(operand)) {
    const end = text(operand, operator, place);
    return (value) => typeof value === 'string' && matches(value, end);
  }
  const [first, second] = Object.entries(operand);
  if (first === undefined) throw new InvalidPattern(place, `${operator} expression name not found`);
  if (first[0] !== 'equals-ignore-case')
    throw new InvalidPattern(place, `Unsupported ${operator} pattern: ${first[0]}`);
  if (second !== undefined) throw new InvalidPattern(place, 'Only one key allowed in match expression');
  const end = foldCase(text(first[1], first[0], place));
  return (value) => typeof value === 'string' && matches(foldCase(value), end);
}

function text(operand: Json, operator: string, place: string): string {
  if (typeof operand !== 'string')
    throw new InvalidPattern(place, `${operator} match pattern must be a string`);
  return operand;
}
