// Times of clocks on walls, which say no zone, and the instants that they mean in one.

const DAY_MILLIS = 86_400_000;

/** A zone's distance from UTC at an instant, in milliseconds; positive east of Greenwich. */
export type OffsetAt = (instant: number) => number;

/** undefined: there is no such zone. */
export function offsetOf(zone: string): OffsetAt | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - Math.floor(instant / 1000) * 1000;
  };
}

/**
 * The instant at which a wall clock shows a time. Where clocks are set back it shows it twice: the first. undefined: clocks are set forward
 * over it. `wall` is the instant at which a clock in UTC shows the same.
 */
export function instantOfWall(wall: number, offsetAt: OffsetAt): number | undefined {
  // No zone is a day away from UTC, and none changes twice within two days.
  const offsets = [offsetAt(wall - DAY_MILLIS), offsetAt(wall + DAY_MILLIS)];
  const instants = offsets
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant) === wall);
  return instants.length === 0 ? undefined : Math.min(...instants);
}
