// A waitFor waits for events or for a condition, not for both and not for nothing.
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

const EVENTS = 'the events to wait for, the first of which decides. For a condition write "when" instead.';
const WHEN =
  'what must be true; its "then" stands beside it. The steps after an event stand inside "events".';

export const waitForWhat: Check = function* waitForWhat({ steps, whole }) {
  for (const { step, path } of steps) {
    if (step.type !== 'waitFor') continue;
    const { events, when, then } = step;
    // What could not be read is told as such, and is missing here.
    if (events === undefined && when === undefined && then === undefined && whole)
      yield finding('missing-field', path, { names: ['events'], meaning: EVENTS });
    if (events !== undefined && when !== undefined)
      yield findingAtKey('events-and-when', [...path, 'when'], {});
    else if (then !== undefined && when === undefined && whole)
      yield finding('missing-field', path, { names: ['when'], meaning: WHEN });
  }
};
