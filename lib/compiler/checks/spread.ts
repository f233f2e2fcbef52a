// A spread takes the peak off; over many days it would turn one message into a campaign of several.
import { parseDuration } from '#lib/contracts/duration.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

const MOST_DAYS = 7;

export const spread: Check = function* spread({ steps }) {
  for (const { step, path } of steps) {
    if (step.type !== 'wait' || step.spread === undefined) continue;
    const parsed = parseDuration(step.spread);
    if ('problem' in parsed) continue;
    const { years, months, days, milliseconds } = parsed;
    if (years > 0 || months > 0 || days + milliseconds / 86_400_000 > MOST_DAYS)
      yield finding('spread-too-long', [...path, 'spread'], {
        spread: step.spread,
        most: `${MOST_DAYS} days`,
      });
  }
};
