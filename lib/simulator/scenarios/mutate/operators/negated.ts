// A condition says the opposite, and what is yes becomes no.
import { isObject } from '#lib/journey/conditions/problem.ts';
import { fieldOf, type Operator } from '../mutant.ts';

const CONDITIONS = new Set(['where', 'when']);
/** Yes or no that is no part of a condition: only for reports, or another operator takes it away. */
const LEFT_ALONE = new Set(['holdout', 'anyKey']);

export const negated: Operator = (value, path) => {
  const field = fieldOf(path) ?? '';
  if (CONDITIONS.has(field) && isObject(value))
    return [
      {
        path,
        value: { not: value },
        what: `"${field}" is negated`,
        advice: 'a case in which the condition holds, and one in which it does not',
      },
    ];
  if (typeof value !== 'boolean' || LEFT_ALONE.has(field)) return [];
  return [
    {
      path,
      value: !value,
      what: `"${field}": ${value} becomes ${!value}`,
      advice: `a case with "${field}" ${value}, and one with ${!value}`,
    },
  ];
};
