/** Conditions of manifests and segments: the compiler has checked them. */
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';

/** Throws RangeError for a condition that the check refuses. */
export function readCondition(written: unknown): Condition {
  const parsed = parseCondition(written);
  if ('problems' in parsed)
    throw new RangeError('a manifest or segment holds a condition that cannot be read: compile again');
  return parsed.condition;
}
