// When a schedule is due: `at(…)`, `rate(…)`, `cron(…)`.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
import { parseCron } from './cron-expression.ts';
import { instantOfWall, type OffsetAt } from './wall-time.ts';

/** Instants, in milliseconds since 1970. */
export interface Recurrence {
  /** The next one after the instant; undefined: there is none any more. */
  after(instant: number): number | undefined;
}

const UNIT_MILLIS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * A schedule's expression.
 * @param offsetAt the zone in which `at` and `cron` are meant. `rate` knows no zone: a day is 24 hours.
 * @param first the instant of the first firing of a rate.
 * @throws Error that says what is wrong with the text.
 */
export function parseScheduleExpression(expression: string, offsetAt: OffsetAt, first: number): Recurrence {
  const { kind, inner = '' } = /^(?<kind>at|rate|cron)\((?<inner>.*)\)$/.exec(expression)?.groups ?? {};
  switch (kind) {
    case 'at':
      return parseAt(inner, offsetAt);
    case 'rate':
      return parseRate(inner, first);
    case 'cron':
      return parseCron(inner, offsetAt);
    default:
      throw new Error('an expression is at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(fields)');
  }
}

/** Milliseconds between two firings; undefined: the text is no rate. */
export function rateMillis(expression: string): number | undefined {
  const inner = /^rate\((?<inner>.*)\)$/.exec(expression)?.groups?.['inner'];
  return inner === undefined ? undefined : parseRateMillis(inner);
}

function parseAt(text: string, offsetAt: OffsetAt): Recurrence {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  // A day that no month has becomes one of the next.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(text))
    throw new Error(`"${text}" is no time like 2026-11-22T08:00:00`);
  const due = instantOfWall(wall, offsetAt);
  return { after: (instant) => (due !== undefined && due > instant ? due : undefined) };
}

function parseRate(text: string, first: number): Recurrence {
  const millis = parseRateMillis(text);
  return {
    after: (instant) =>
      instant < first ? first : first + (Math.floor((instant - first) / millis) + 1) * millis,
  };
}

/** One hour or one hours: EventBridge Scheduler takes both, rules do not. */
function parseRateMillis(text: string): number {
  const { value, unit = '' } = /^(?<value>\d+) (?<unit>minute|hour|day)s?$/.exec(text)?.groups ?? {};
  const count = Number(value);
  const millis = UNIT_MILLIS[unit];
  if (millis === undefined || count < 1)
    throw new Error('a rate is a positive number and minutes, hours or days: rate(5 minutes)');
  return count * millis;
}
