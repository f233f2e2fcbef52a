// `anything-but`: every value passes that is there and is not one of those given, whatever its type.
import type { Json } from '../../asl/json.ts';
import { isJsonObject } from '../../asl/json.ts';
import { InvalidPattern } from './invalid-pattern.ts';
import { foldCase, type ValueTest } from './value-test.ts';
import { parseWildcard, wildcardMatches } from './wildcard.ts';

/** How a text is told from those that are excluded. */
type Exclusion = (excluded: string, place: string) => (value: string) => boolean;

const EXCLUSIONS: Readonly<Record<string, Exclusion>> = {
  'equals-ignore-case': (excluded) => {
    const folded = foldCase(excluded);
    return (value) => foldCase(value) === folded;
  },
  prefix: (excluded, place) => {
    if (excluded === '') throw new InvalidPattern(place, 'Null prefix/suffix not allowed');
    return (value) => value.startsWith(excluded);
  },
  suffix: (excluded, place) => {
    if (excluded === '') throw new InvalidPattern(place, 'Null prefix/suffix not allowed');
    return (value) => value.endsWith(excluded);
  },
  wildcard: (excluded, place) => {
    const wildcard = parseWildcard(excluded, place);
    return (value) => wildcardMatches(wildcard, value);
  },
};

export function parseAnythingBut(operand: Json, place: string): ValueTest {
  if (isJsonObject(operand)) return parseExclusion(operand, place);
  const excluded = Array.isArray(operand) ? (operand as readonly Json[]) : [operand];
  const hasTexts = excluded.some((one) => typeof one === 'string');
  const hasNumbers = excluded.some((one) => typeof one === 'number');
  if (excluded.some((one) => typeof one !== 'string' && typeof one !== 'number'))
    throw new InvalidPattern(
      place,
      Array.isArray(operand)
        ? 'Inside anything but list, start|null|boolean is not supported.'
        : 'Value of anything-but must be an array or single string/number value.',
    );
  if (hasTexts === hasNumbers)
    throw new InvalidPattern(
      place,
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  return (value) => !excluded.includes(value);
}

function parseExclusion(operand: { readonly [key: string]: Json }, place: string): ValueTest {
  const [first, second] = Object.entries(operand);
  if (first === undefined) throw new InvalidPattern(place, 'Anything-But expression name not found');
  const [operator, values] = first;
  const exclusion = Object.hasOwn(EXCLUSIONS, operator) ? EXCLUSIONS[operator] : undefined;
  if (exclusion === undefined)
    throw new InvalidPattern(place, `Unsupported anything-but pattern: ${operator}`);
  if (second !== undefined) throw new InvalidPattern(place, 'Only one key allowed in match expression');
  const listed = Array.isArray(values) ? (values as readonly Json[]) : [values];
  if (listed.length === 0) throw new InvalidPattern(place, `anything-but/${operator} must name a value`);
  const isExcluded = listed.map((one) => {
    if (typeof one !== 'string')
      throw new InvalidPattern(place, `anything-but/${operator} match pattern must be a string`);
    return exclusion(one, place);
  });
  return (value) => typeof value !== 'string' || !isExcluded.some((test) => test(value));
}
