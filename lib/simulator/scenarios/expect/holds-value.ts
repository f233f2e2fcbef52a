// Whether a value holds what is expected of it: of an object the fields that are named, of a list its entries in their order.
import { isObject } from '#lib/journey/conditions/problem.ts';

/** True where `actual` is what `expected` says; an object may have more fields than are expected. */
export function holdsValue(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((each: unknown, index) => holdsValue(each, actual[index]))
    );
  if (isObject(expected))
    return (
      isObject(actual) && Object.entries(expected).every(([name, each]) => holdsValue(each, actual[name]))
    );
  return expected === actual;
}

/** "points 80, source web" */
export function valueInWords(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : value.map(valueInWords).join(', ');
  if (value === null) return 'nothing';
  if (!isObject(value)) return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return Object.entries(value)
    .map(([name, each]) => `${name} ${valueInWords(each)}`)
    .join(', ');
}
