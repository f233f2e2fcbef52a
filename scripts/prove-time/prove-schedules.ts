// Schedules in plain words and by rule, on the day of a change of the clocks and around it.
import { fromMillis } from '#lib/contracts/time.ts';
import { parseSchedule } from '#lib/journey/entries/schedule-text.ts';
import { DAY, MINUTE } from './oracle-clock.ts';
import { momentOfSchedule, type OracleSchedule } from './oracle-dates.ts';
import { momentShowing } from './oracle.ts';
import type { Subject } from './subject.ts';
import { dateText, dayOf, minuteOf, timeText, type Surroundings } from './surroundings.ts';
import type { Tally } from './tally.ts';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** A monday, from which every second week is counted. */
const COUNTED_FROM = Date.UTC(2022, 0, 3);

interface Written extends OracleSchedule {
  readonly text: string;
}

/** Compares `nextOccurrence` and `latestOccurrence` around one change of the clocks. */
export function proveSchedules(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, at, low, middle, high } = around;
  const half = Math.floor((high - low) / 2);
  for (const schedule of schedulesOf(around)) {
    const every = parseSchedule(schedule.text);
    if ('problem' in every) throw new Error(`${schedule.text}: ${every.problem}`);
    for (const moment of [at - DAY, at - 1, at, at + half, at + high - low, at + DAY]) {
      const after = fromMillis(moment);
      tally.compare(
        'nextOccurrence',
        [schedule.text, after, clock.zone],
        () => subject.nextOccurrence({ every }, after, clock.zone)?.at,
        momentOfSchedule(clock, schedule, moment),
      );
    }
    for (const until of [at, at + high - low]) {
      const asked = [fromMillis(at - 8 * DAY), fromMillis(until)] as const;
      tally.compare(
        'latestOccurrence',
        [schedule.text, ...asked, clock.zone],
        () => subject.latestOccurrence({ every }, ...asked, clock.zone)?.at,
        latestOf(schedule, around, at - 8 * DAY, until),
      );
    }
  }
  for (const reading of [low, middle, high]) {
    const once = { at: `${dateText(reading)}T${timeText(reading)}` };
    const moment = momentShowing(clock, reading);
    for (const after of [moment - 1, moment])
      tally.compare(
        'nextOccurrence',
        [once, fromMillis(after), clock.zone],
        () => subject.nextOccurrence(once, fromMillis(after), clock.zone)?.at,
        after < moment ? moment : undefined,
      );
  }
}

function latestOf(
  schedule: OracleSchedule,
  { clock }: Surroundings,
  after: number,
  until: number,
): number | undefined {
  let latest: number | undefined;
  let next = momentOfSchedule(clock, schedule, after);
  while (next <= until) {
    latest = next;
    next = momentOfSchedule(clock, schedule, next);
  }
  return latest;
}

/** At a time that the change touches, on its day of the week, of the month, of every second week, and on every day. */
function schedulesOf({ low, middle }: Surroundings): readonly Written[] {
  const minute = minuteOf(middle);
  const time = timeText(minute * MINUTE);
  const weekday = dayOf(low);
  const which = Math.ceil(new Date(low).getUTCDate() / 7);
  const clock = `BYHOUR=${Math.floor(minute / 60)};BYMINUTE=${minute % 60}`;
  return [
    { text: `day ${time}`, minute, isOn: () => true },
    { text: 'monday 09:00', minute: 9 * 60, isOn: (day) => dayOf(day) === 1 },
    { text: `${DAYS[weekday]} ${time}`, minute, isOn: (day) => dayOf(day) === weekday },
    { text: `last day of month ${time}`, minute, isOn: (day) => new Date(day + DAY).getUTCDate() === 1 },
    {
      text: `FREQ=MONTHLY;BYDAY=${which === 5 ? -1 : which}${CODES[weekday]};${clock}`,
      minute,
      isOn: (day) =>
        dayOf(day) === weekday &&
        (which === 5
          ? new Date(day + 7 * DAY).getUTCMonth() !== new Date(day).getUTCMonth()
          : Math.ceil(new Date(day).getUTCDate() / 7) === which),
    },
    {
      text: `DTSTART:20220103T000000 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=${CODES[weekday]};${clock}`,
      minute,
      isOn: (day) => dayOf(day) === weekday && Math.floor((day - COUNTED_FROM) / (7 * DAY)) % 2 === 0,
    },
  ];
}
