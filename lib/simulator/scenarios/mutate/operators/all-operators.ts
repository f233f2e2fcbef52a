/** All operators. Each of their changes should be noticed by a scenario; those that change nothing are sorted out later. */
import type { Operator } from '../mutant.ts';
import { counts } from './counts.ts';
import { durations } from './durations.ts';
import { negated } from './negated.ts';
import { otherNames } from './other-names.ts';
import { swappedArms } from './swapped-arms.ts';
import { thresholds } from './thresholds.ts';
import { timesOfDay } from './times-of-day.ts';
import { without } from './without.ts';
import { writtenValues } from './written-values.ts';

export const OPERATORS: readonly Operator[] = [
  without,
  durations,
  timesOfDay,
  counts,
  thresholds,
  negated,
  swappedArms,
  otherNames,
  writtenValues,
];
