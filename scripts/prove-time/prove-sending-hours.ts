// Quiet hours, windows and closed days that begin, end or lie wholly inside a change of the clocks, for one zone and for two.
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import type { SendingHours } from '#lib/engine/time/sending-hours.ts';
import type { OracleClock } from './oracle-clock.ts';
import { DAY, MINUTE, SECOND } from './oracle-clock.ts';
import { momentOpen, type MinuteWindow, type OracleHours } from './oracle-hours.ts';
import type { Subject } from './subject.ts';
import type { Surroundings } from './surroundings.ts';
import { dateText, dayOf, minuteOf, timeText } from './surroundings.ts';
import type { Tally } from './tally.ts';

const NIGHT: MinuteWindow = { from: 22 * 60, to: 8 * 60 };
/** Sixteen hours: two zones eight hours apart have no hour in common that is not quiet. */
const LONG: MinuteWindow = { from: 20 * 60, to: 12 * 60 };
const WEEK = 7 * DAY;
/** Nothing is closed for so long here. */
const FARTHEST = 3 * WEEK;

/** Compares `closedUntil` around one change of the clocks. */
export function proveSendingHours(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, other, at, low, middle, high } = around;
  const quiets = [
    NIGHT,
    windowOf(middle, high + 90 * MINUTE),
    windowOf(low - 60 * MINUTE, middle),
    windowOf(low, high),
    windowOf(high, low),
    windowOf(low + MINUTE, high - MINUTE),
    windowOf(middle, middle - MINUTE),
    windowOf(low - 30 * MINUTE, low),
  ].filter((window) => window.from !== window.to);
  const length = high - low;
  const before = [-DAY, -length, -length / 2, -MINUTE, -1];
  const after = [0, length / 2, length - SECOND, length, DAY];
  for (const quiet of quiets) {
    const hours = { quiet };
    for (const offset of new Set([...before, ...after])) compare(hours, at + offset, [clock]);
  }
  for (const hours of [{ quiet: NIGHT }, { quiet: windowOf(middle, high + 90 * MINUTE) }, { quiet: LONG }])
    for (const moment of [at - DAY, at - MINUTE, at, at + DAY / 2]) compare(hours, moment, [clock, other]);
  for (const hours of otherHours(around)) {
    for (const moment of [at - DAY, at - 1, at, at + length]) compare(hours, moment, [clock]);
    compare(hours, at, [clock, other]);
  }

  function compare(
    hours: OracleHours,
    moment: number,
    clocks: readonly [OracleClock, ...OracleClock[]],
  ): void {
    const [instant, asked] = [fromMillis(moment), asWritten(hours)];
    const [first, ...rest] = clocks;
    const zones: [string, ...string[]] = [first.zone, ...rest.map(({ zone }) => zone)];
    tally.compare(
      'closedUntil',
      [instant, asked, ...zones],
      () => subject.closedUntil(instant, asked, zones)?.until,
      opensAt(clocks, Math.floor(moment), hours),
    );
  }
}

/** Where a week after the first zone's opening has no instant that is open in all of them, the first zone decides alone. */
function opensAt(
  clocks: readonly [OracleClock, ...OracleClock[]],
  moment: number,
  hours: OracleHours,
): number | undefined {
  const alone = momentOpen(clocks.slice(0, 1), moment, hours, moment + FARTHEST);
  if (clocks.length === 1) return alone === moment ? undefined : alone;
  const common = momentOpen(clocks, moment, hours, (alone ?? moment) + WEEK);
  const opens = common ?? alone;
  return opens === moment ? undefined : opens;
}

/** Windows and closed days on the day of the change and around it, alone and with quiet hours. */
function otherHours({ low, middle, high }: Surroundings): OracleHours[] {
  const [today, yesterday] = [dayOf(low), dayOf(low - DAY)];
  const date = Math.floor(low / DAY);
  const office = { days: new Set([1, 2, 3, 4, 5]), from: 9 * 60, to: 18 * 60 };
  return [
    { windows: [office, { days: new Set([6]), from: 10 * 60, to: 14 * 60 }], quiet: NIGHT },
    // Passes midnight into the day of the change, and ends where the clocks are touched.
    { windows: [{ days: new Set([yesterday]), from: 22 * 60, to: minuteOf(middle) }] },
    { windows: [{ days: new Set([today]), from: minuteOf(middle), to: minuteOf(high + 30 * MINUTE) }] },
    { windows: [{ days: new Set([today, yesterday]), from: minuteOf(low), to: minuteOf(low) }] },
    { closed: [[date, date]] },
    {
      closed: [
        [date - 1, date],
        [date + 1, date + 1],
      ],
      windows: [office],
      quiet: windowOf(middle, high + 120 * MINUTE),
    },
  ];
}

function asWritten({ quiet, windows, closed }: OracleHours): SendingHours {
  return {
    ...(quiet && { quiet: { from: text(quiet.from), to: text(quiet.to) } }),
    ...(windows && {
      windows: windows.map(({ days, from, to }) => ({
        on: [...days].map((day) => WEEKDAYS[(day + 6) % 7] ?? 'monday'),
        from: text(from),
        to: text(to),
      })),
    }),
    ...(closed && {
      closed: closed.map(([from, to]) => ({ from: dateText(from * DAY), to: dateText(to * DAY) })),
    }),
  };
}

function windowOf(from: number, to: number): MinuteWindow {
  return { from: minuteOf(from), to: minuteOf(to) };
}

function text(minute: number): string {
  return timeText(minute * MINUTE);
}
