// Waits and windows are twice as long, or half as long.
import { formatDuration, parseDuration, type Duration } from '#lib/contracts/duration.ts';
import { fieldOf, type Change, type Operator } from '../mutant.ts';

/** What is waited for; the moment of what follows shows any change of it, so that one change is enough. */
const WAITS = new Set(['for', 'spread']);
/** Windows: something has to happen shortly before their end, and something shortly after. */
const WINDOWS = new Set(['within', 'after', 'since', 'expires', 'per', 'until']);

export const durations: Operator = (value, path) => {
  const field = fieldOf(path) ?? '';
  if (typeof value !== 'string' || (!WAITS.has(field) && !WINDOWS.has(field))) return [];
  const duration = parseDuration(value);
  if ('problem' in duration) return [];
  const double = change(path, value, times(duration, 2), `something between ${value} and twice that`);
  if (WAITS.has(field)) return double;
  return [...double, ...change(path, value, half(duration), `something in the second half of ${value}`)];
};

function change(path: Change['path'], before: string, after: Duration, advice: string): Change[] {
  const text = formatDuration(after);
  return [{ path, value: text, what: `"${String(path.at(-1))}": ${before} becomes ${text}`, advice }];
}

function times({ years, months, days, milliseconds }: Duration, factor: number): Duration {
  return {
    years: years * factor,
    months: months * factor,
    days: days * factor,
    milliseconds: milliseconds * factor,
  };
}

/** Half of a single day is twelve hours, of a month a fortnight. */
function half({ years, months, days, milliseconds }: Duration): Duration {
  const ofMonths = years * 12 + months;
  return {
    years: 0,
    months: Math.floor(ofMonths / 2),
    days: Math.floor(days / 2) + (ofMonths % 2) * 15,
    milliseconds: Math.floor((milliseconds + (days % 2) * 86_400_000) / 2),
  };
}
