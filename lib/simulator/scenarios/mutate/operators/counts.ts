// One more or one fewer: jumps of a goto, entries for life, messages under a cap, how often something was done.
import { fieldOf, type Operator } from '../mutant.ts';

const COUNTS = new Set(['atMost', 'atLeast', 'exactly', 'most']);

export const counts: Operator = (value, path) => {
  const field = fieldOf(path) ?? '';
  if (typeof value !== 'number' || !COUNTS.has(field)) return [];
  const proposals = value > 1 ? [value + 1, value - 1] : [value + 1];
  return proposals.map((count) => ({
    path,
    value: count,
    what: `"${field}": ${value} becomes ${count}`,
    advice: `the ${value === 1 ? 'second' : 'last'} time that is allowed, and the one after it`,
  }));
};
