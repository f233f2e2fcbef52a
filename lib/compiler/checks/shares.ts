// The shares of a split are all of its customers: together 100 %.
import { percentOf } from '#lib/journey/percent.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const shares: Check = function* shares({ steps, whole }) {
  if (!whole) return;
  for (const { step, path } of steps) {
    if (step.type !== 'split') continue;
    // In hundredths of a percent, because fractions do not add up exactly.
    const sum = step.arms.reduce((total, { share }) => total + Math.round(percentOf(share) * 100), 0);
    if (sum !== 10_000) yield finding('shares-not-100', [...path, 'arms'], { sum: sum / 100 });
  }
};
