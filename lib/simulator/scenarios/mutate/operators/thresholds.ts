// A limit counts on its other side: "at least 20" becomes "more than 20".
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Operator } from '../mutant.ts';

const OTHER_SIDE: Readonly<Record<string, string>> = { gt: 'gte', gte: 'gt', lt: 'lte', lte: 'lt' };

export const thresholds: Operator = (value, path) => {
  if (!isObject(value)) return [];
  return Object.keys(value).flatMap((name) => {
    const other = OTHER_SIDE[name];
    const limit = value[name];
    // Behaviour conditions count whole numbers: "did" has "atLeast" for them.
    if (other === undefined || typeof limit !== 'number' || Object.hasOwn(value, 'did')) return [];
    const changedKeys = Object.entries(value).map(([key, each]) => [key === name ? other : key, each]);
    return [
      {
        path,
        value: Object.fromEntries(changedKeys) as unknown,
        what: `"${name}" ${limit} becomes "${other}" ${limit}`,
        advice: `a value of exactly ${limit}`,
      },
    ];
  });
};
