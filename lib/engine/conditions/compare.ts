/** One comparison of a field's value, operator by operator. */
import { addMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import { isSameAs, type Compare, type Moment, type Near } from '#lib/journey/conditions/condition.ts';
import { localInstant } from '../time/local-time.ts';
import { timesOf } from './compare-times.ts';
import { compareValues, isEqual, isMissing, momentOf } from './values.ts';

/** The moment at which time-dependent comparisons are made, and the zone that dates are read in. */
export interface Here {
  readonly now: Instant;
  readonly zone: () => string;
}

/** `other` is the value of the other field where the condition says `same as`. */
export function compareWith(compare: Compare, value: unknown, other: unknown, here: Here): boolean {
  if (compare.operator === 'exists') return isMissing(value) !== compare.value;
  if (isMissing(value)) return false;
  const wanted: unknown = isSameAs(compare.value) ? other : compare.value;
  if (isMissing(wanted)) return false;
  switch (compare.operator) {
    case 'eq':
      return isEqual(value, wanted);
    case 'ne':
      return !isEqual(value, wanted);
    case 'in':
      return Array.isArray(wanted) && wanted.some((one) => isEqual(value, one));
    case 'notIn':
      return Array.isArray(wanted) && !wanted.some((one) => isEqual(value, one));
    case 'gt':
      return (compareValues(value, wanted, here.zone()) ?? 0) > 0;
    case 'gte':
      return (compareValues(value, wanted, here.zone()) ?? -1) >= 0;
    case 'lt':
      return (compareValues(value, wanted, here.zone()) ?? 0) < 0;
    case 'lte':
      return (compareValues(value, wanted, here.zone()) ?? 1) <= 0;
    case 'contains':
      if (Array.isArray(value)) return value.some((one) => isEqual(one, wanted));
      return typeof value === 'string' && typeof wanted === 'string' && value.includes(wanted);
    case 'startsWith':
      return typeof value === 'string' && typeof wanted === 'string' && value.startsWith(wanted);
    case 'endsWith':
      return typeof value === 'string' && typeof wanted === 'string' && value.endsWith(wanted);
    case 'near':
      return isNear(value, compare.value);
    case 'before':
    case 'after': {
      const moment = momentOf(value, here.zone());
      const bound = isSameAs(compare.value) ? boundOf(other, here) : fromWritten(compare.value, here);
      if (moment === undefined || bound === undefined) return false;
      return compare.operator === 'before' ? moment < bound.start : moment >= bound.end;
    }
    case 'within next':
    case 'within last':
    case 'more than ago': {
      const times = timesOf(compare, value, here.zone);
      if (times === undefined) return false;
      if (compare.operator === 'more than ago') return here.now > times.to;
      return here.now >= times.from && here.now <= times.to;
    }
  }
}

/** `before` compares with the start, `after` with the end: an instant is its own end, a date lasts a day. */
interface Bound {
  readonly start: Instant;
  readonly end: Instant;
}

function fromWritten(written: Moment, here: Here): Bound | undefined {
  return 'date' in written ? dayOf(written.date, here) : atOnce(written.instant);
}

function boundOf(value: unknown, here: Here): Bound | undefined {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return dayOf(value, here);
  const moment = momentOf(value, here.zone());
  return moment === undefined ? undefined : atOnce(moment);
}

/** Strictly after an instant is at or after the next millisecond. */
function atOnce(instant: Instant): Bound {
  return { start: instant, end: addMillis(instant, 1) };
}

function dayOf(date: string, here: Here): Bound | undefined {
  const start = momentOf(date, here.zone());
  const midnight = parseInstant(`${date}T00:00Z`);
  if (start === undefined || midnight === undefined) return undefined;
  const nextDate = addMillis(midnight, 24 * 60 * 60 * 1000).slice(0, 10);
  return { start, end: localInstant(nextDate, '00:00', here.zone()) };
}

/** Great-circle distance on a sphere of 6,371 km (haversine); half a percent off at most, enough for "near a shop". */
function isNear(value: unknown, near: Near): boolean {
  if (typeof value !== 'object' || value === null || !('lat' in value) || !('lon' in value)) return false;
  const { lat, lon } = value;
  if (typeof lat !== 'number' || typeof lon !== 'number') return false;
  const halfChord =
    Math.sin(radians(lat - near.lat) / 2) ** 2 +
    Math.cos(radians(lat)) * Math.cos(radians(near.lat)) * Math.sin(radians(lon - near.lon) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(halfChord))) <= near.km;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
