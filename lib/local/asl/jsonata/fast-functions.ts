// The few function calls that machines make at every step, for the fast path: same results as jsonata's for the arguments
// taken, `undefined` for any others, which jsonata then decides.
import type { Json } from '../json.ts';

/** Milliseconds since 1970 is the evaluation's own time. */
export type FastFunction = (values: readonly (Json | undefined)[], now: number) => Json | undefined;

const instant = /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

function round(values: readonly (Json | undefined)[], to: (value: number) => number): Json | undefined {
  const [value] = values;
  return values.length === 1 && typeof value === 'number' ? to(value) : undefined;
}

function extreme(
  values: readonly (Json | undefined)[],
  of: (...numbers: number[]) => number,
): Json | undefined {
  const [list] = values;
  if (values.length !== 1 || !Array.isArray(list) || list.length === 0) return undefined;
  const numbers = list as readonly Json[];
  return numbers.every((value) => typeof value === 'number') ? of(...numbers) : undefined;
}

export const fastFunctions: ReadonlyMap<string, FastFunction> = new Map<string, FastFunction>([
  ['millis', (values, now) => (values.length === 0 ? now : undefined)],
  ['ceil', (values) => round(values, Math.ceil)],
  ['floor', (values) => round(values, Math.floor)],
  ['max', (values) => extreme(values, Math.max)],
  ['min', (values) => extreme(values, Math.min)],
  [
    'toMillis',
    (values) => {
      const [text] = values;
      if (values.length !== 1 || typeof text !== 'string' || !instant.test(text)) return undefined;
      const millis = Date.parse(text);
      return Number.isNaN(millis) ? undefined : millis;
    },
  ],
  [
    'parse',
    (values) => {
      const [text] = values;
      if (values.length !== 1 || typeof text !== 'string') return undefined;
      try {
        return JSON.parse(text) as Json;
      } catch {
        return undefined;
      }
    },
  ],
]);
