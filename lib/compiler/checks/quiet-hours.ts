// Quiet hours have to be in the settings, and to end: a window from a time to the same time is the whole day.
import type { DailyWindow } from '#lib/contracts/calendar.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { NO_QUIET_HOURS } from '#lib/journey/delivery-rules.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const quietHours: Check = ({ journey, settings }) => {
  const { quietHours: written } = journey.delivery;
  const path = ['delivery', 'quietHours'];
  if (written === undefined || written === NO_QUIET_HOURS) return [];
  if (typeof written !== 'string') return checkQuietWindow(written, path);
  if (settings === undefined || Object.hasOwn(settings.quietHours, written)) return [];
  return [finding('unknown-quiet-hours', path, { name: written, known: Object.keys(settings.quietHours) })];
};

/** Nothing, or the finding that the window never ends. */
export function checkQuietWindow({ from, to }: DailyWindow, path: JsonPath): Finding[] {
  return from === to ? [finding('quiet-hours-never-end', path, { time: from })] : [];
}
