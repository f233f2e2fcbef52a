// Time zones have to be names that the computer's zone database knows.
import { getAllTimezones } from 'countries-and-timezones';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const knownTimezones: Check = ({ steps }) =>
  steps.flatMap(({ step, path }) =>
    step.type === 'wait' || step.type === 'waitFor'
      ? checkTimezone(step.timezone, [...path, 'timezone'])
      : [],
  );

/** Nothing, or the finding that this is no IANA zone. Offsets such as "+02:00" are none: they know no daylight saving. */
export function checkTimezone(
  name: string | undefined,
  path: JsonPath,
  alsoAllowed: readonly string[] = [],
): Finding[] {
  if (name === undefined || alsoAllowed.includes(name) || isZone(name)) return [];
  const known = [...alsoAllowed, ...Object.keys(getAllTimezones())];
  return [finding('unknown-timezone', path, { name, known })];
}

const zones = new Map<string, boolean>();

function isZone(name: string): boolean {
  const remembered = zones.get(name);
  if (remembered !== undefined) return remembered;
  const is = /^[A-Za-z][A-Za-z0-9_+\-/]{1,49}$/.test(name) && isAccepted(name);
  if (zones.size < 1000) zones.set(name, is);
  return is;
}

function isAccepted(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
