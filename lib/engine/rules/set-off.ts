/**
 * What journeys set off by themselves: events that they emit, journeys that they start, and entries by what is built in: by the
 * ends of journeys, by messages, and by the segments and traits that journeys change. Two journeys that set each other off would
 * never come to rest and cost money for ever; the check finds those that it can see, this is the bound for the others.
 */
import { MOST_SET_OFF } from '../budgets.ts';
import type { Deciding } from '../deciding.ts';

/** Why nothing more is set off, as the log says it. */
export const SETS_OFF_TOO_MUCH = 'too much set off by journeys within an hour';

/** Takes one place of the hour's budget; false where none is left. */
export function maySetOff(deciding: Deciding): boolean {
  const hour = deciding.now.slice(0, 13);
  const { setOff } = deciding.document;
  const count = setOff?.hour === hour ? setOff.count : 0;
  if (count >= MOST_SET_OFF) return false;
  deciding.document.setOff = { hour, count: count + 1 };
  return true;
}
