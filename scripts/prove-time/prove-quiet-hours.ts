// Quiet hours that begin, end or lie wholly inside a change of the clocks, for one zone and for two.
import { fromMillis } from '#lib/contracts/time.ts';
import type { OracleClock } from './oracle-clock.ts';
import { DAY, MINUTE } from './oracle-clock.ts';
import type { MinuteWindow } from './oracle.ts';
import { momentNotQuiet } from './oracle.ts';
import type { Subject } from './subject.ts';
import type { Surroundings } from './surroundings.ts';
import { minuteOf, timeText } from './surroundings.ts';
import type { Tally } from './tally.ts';

const NIGHT: MinuteWindow = { from: 22 * 60, to: 8 * 60 };
/** Sixteen hours: two zones eight hours apart have no hour in common that is not quiet. */
const LONG: MinuteWindow = { from: 20 * 60, to: 12 * 60 };
const WEEK = 7 * DAY;

/** Compares `quietUntil` and `quietUntilAll` around one change of the clocks. */
export function proveQuietHours(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, other, at, low, middle, high } = around;
  const windows = [
    NIGHT,
    windowOf(middle, high + 90 * MINUTE),
    windowOf(low - 60 * MINUTE, middle),
    windowOf(low, high),
    windowOf(high, low),
    windowOf(low + MINUTE, high - MINUTE),
    windowOf(middle, middle - MINUTE),
    windowOf(low - 30 * MINUTE, low),
  ].filter((window) => window.from !== window.to);
  for (const window of windows)
    for (const moment of around.moments) {
      const [instant, text] = [fromMillis(moment), textOf(window)];
      tally.compare(
        'quietUntil',
        [instant, text, clock.zone],
        () => subject.quietUntil(instant, text, clock.zone),
        endOfQuiet([clock], Math.floor(moment), window),
      );
    }
  for (const window of [NIGHT, windowOf(middle, high + 90 * MINUTE), LONG])
    for (const moment of [at - DAY, at - MINUTE, at, at + DAY / 2]) {
      const [instant, text] = [fromMillis(moment), textOf(window)];
      tally.compare(
        'quietUntilAll',
        [instant, text, clock.zone, other.zone],
        () => subject.quietUntilAll(instant, text, [clock.zone, other.zone]),
        endOfQuiet([clock, other], moment, window),
      );
    }
}

/** Where a week has no instant that is quiet in no zone, the first zone decides alone. */
function endOfQuiet(
  clocks: readonly OracleClock[],
  moment: number,
  window: MinuteWindow,
): number | undefined {
  const end = momentNotQuiet(clocks, moment, window, WEEK);
  return end === 'never' ? endOfQuiet(clocks.slice(0, 1), moment, window) : end;
}

function windowOf(from: number, to: number): MinuteWindow {
  return { from: minuteOf(from), to: minuteOf(to) };
}

function textOf({ from, to }: MinuteWindow): { from: string; to: string } {
  return { from: timeText(from * MINUTE), to: timeText(to * MINUTE) };
}
