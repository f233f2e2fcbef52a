// A Wait state: relative or absolute, of any length up to the age of an execution; a time that is past is over at once.
import { EvaluationFailure } from '../failure.ts';
import { limits } from '../limits.ts';
import type { WaitState } from '../machine.ts';
import { pause } from '../runtime.ts';
import { evaluateText, evaluateWhole } from './result-type.ts';
import type { Visit } from './visit.ts';

export async function performWait(visit: Visit, state: WaitState): Promise<void> {
  const { runtime, thread } = visit;
  await pause(runtime, thread, await end(visit, state));
}

async function end(visit: Visit, { until }: WaitState): Promise<number> {
  if (until.field === 'Seconds') {
    return visit.runtime.clock.now() + 1000 * (await evaluateWhole(visit, until.value, 0, limits.seconds));
  }
  const text = await evaluateText(visit, until.value);
  const instant = parseTimestamp(text);
  if (instant !== undefined) return instant;
  throw new EvaluationFailure(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    until.field,
  );
}

const timestamp =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d(?::\d\d)?)$/;

/** Milliseconds since 1970 of a date-time with offset; undefined for anything else, also for days that do not exist. */
function parseTimestamp(text: string): number | undefined {
  const parts = timestamp.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { year, month, day, hour } = parts;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Date takes 30 February for 1 March, and 24:00 for the next day; ISO 8601 as AWS reads it does neither.
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) || Number(hour) > 23)
    return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
