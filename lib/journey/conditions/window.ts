// Lengths of time inside conditions: "within": "90 days", "for": "7 days".
import { parseDuration, type Duration } from '#lib/contracts/duration.ts';
import type { JsonPath } from './condition.ts';
import type { ConditionProblem } from './problem.ts';

/** Undefined with a problem where it is no duration. */
export function readWindow(
  value: unknown,
  path: JsonPath,
  problems: ConditionProblem[],
): Duration | undefined {
  if (typeof value !== 'string') {
    problems.push({ path, code: 'wrong type', expected: 'a duration such as "90 days"', found: value });
    return undefined;
  }
  const duration = parseDuration(value);
  if (!('problem' in duration)) return duration;
  problems.push({ path, code: 'bad value', reason: duration.problem, found: value });
  return undefined;
}
