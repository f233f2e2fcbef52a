// How many messages go out at once: the busiest second and the busiest minute of each channel. What rates and the spread behind an
// opening are for is read here.
import { fromMillis, toMillis } from '#lib/contracts/time.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { ChannelPeaks, Peak } from './report.ts';

const SECOND = 1000;
const SECONDS_OF_MINUTE = 60;

/** Channel → second since 1970 → messages sent in it. Parts of a play are added up second by second. */
export type Departures = Map<string, Map<number, number>>;

/** Counts a message, where the entry tells of one that was sent. */
export function countDeparture(departures: Departures, { kind, channel, at }: LogEntry): void {
  if (kind !== 'sends' || channel === undefined) return;
  add(departures, channel, Math.floor(toMillis(at) / SECOND), 1);
}

export function addDepartures(sum: Departures, departures: Departures): void {
  for (const [channel, seconds] of departures)
    for (const [second, count] of seconds) add(sum, channel, second, count);
}

/** Of each channel on which something was sent; of several that are alike the first. */
export function peaksOf(departures: Departures): Record<string, ChannelPeaks> {
  const channels = [...departures].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    channels.map(([channel, seconds]) => {
      const minutes = new Map<number, number>();
      for (const [second, count] of seconds) {
        const minute = Math.floor(second / SECONDS_OF_MINUTE);
        minutes.set(minute, (minutes.get(minute) ?? 0) + count);
      }
      return [channel, { second: peakOf(seconds, 1), minute: peakOf(minutes, SECONDS_OF_MINUTE) }];
    }),
  );
}

function peakOf(counts: ReadonlyMap<number, number>, seconds: number): Peak {
  let [most, when] = [0, Number.POSITIVE_INFINITY];
  for (const [number, count] of counts)
    if (count > most || (count === most && number < when)) [most, when] = [count, number];
  return { messages: most, at: fromMillis(when * seconds * SECOND) };
}

function add(departures: Departures, channel: string, second: number, count: number): void {
  const seconds = departures.get(channel) ?? new Map<number, number>();
  departures.set(channel, seconds);
  seconds.set(second, (seconds.get(second) ?? 0) + count);
}
