// It is an hour later: the end of a wait, the start or the end of a window.
import type { Operator } from '../mutant.ts';

const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

export const timesOfDay: Operator = (value, path) => {
  if (typeof value !== 'string' || path.length === 0) return [];
  const time = TIME_OF_DAY.exec(value);
  if (time === null) return [];
  const later = `${String((Number(time[1]) + 1) % 24).padStart(2, '0')}:${time[2]}`;
  return [
    {
      path,
      value: later,
      what: `"${String(path.at(-1))}": ${value} becomes ${later}`,
      advice: `what happens at ${value}, local time`,
    },
  ];
};
