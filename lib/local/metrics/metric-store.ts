// Measurements, by minute of business time. A day of minutes of each series is kept, and no more series than a deployment has, so that
// weeks of virtual time do not fill the memory.

/** Values that were measured at an instant. */
export interface Measurement {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** As CloudWatch names it: `Count`, `Milliseconds`, `None`. */
  readonly unit: string;
  /** Milliseconds since 1970, business time. */
  readonly at: number;
  readonly values: readonly number[];
}

/** What is left of the values of a minute, or of several. */
export interface Statistics {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** Values that were summed up before they came here. */
export type Summary = Omit<Measurement, 'values'> & { readonly statistics: Statistics };

export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** By minute since 1970. */
  readonly minutes: Map<number, Statistics>;
}

/** A day in which something is measured in every minute. */
const MOST_MINUTES = 1440;
/** Wend's functions make about two hundred; the rest is for whoever tries something. */
const MOST_SERIES = 1000;
const MINUTE_MILLIS = 60_000;

export class MetricStore {
  /** The one written to last stands last. */
  readonly #series = new Map<string, Series>();

  put(measurement: Measurement): void {
    const { values } = measurement;
    if (values.length === 0) return;
    this.add({
      ...measurement,
      statistics: {
        count: values.length,
        sum: values.reduce((sum, value) => sum + value, 0),
        minimum: Math.min(...values),
        maximum: Math.max(...values),
      },
    });
  }

  add({ namespace, name, dimensions, unit, at, statistics }: Summary): void {
    const key = JSON.stringify([namespace, name, sorted(dimensions), unit]);
    const series = this.#series.get(key) ?? { namespace, name, dimensions, unit, minutes: new Map() };
    this.#series.delete(key);
    this.#series.set(key, series);
    const minute = Math.floor(at / MINUTE_MILLIS);
    const before = series.minutes.get(minute);
    series.minutes.set(minute, before === undefined ? statistics : together(before, statistics));
    dropFirst(series.minutes, MOST_MINUTES);
    dropFirst(this.#series, MOST_SERIES);
  }

  all(): Iterable<Series> {
    return this.#series.values();
  }

  /** Those of exactly these dimensions, one for each unit. */
  find(namespace: string, name: string, dimensions: Readonly<Record<string, string>>): readonly Series[] {
    const wanted = JSON.stringify(sorted(dimensions));
    return [...this.#series.values()].filter(
      (series) =>
        series.namespace === namespace &&
        series.name === name &&
        JSON.stringify(sorted(series.dimensions)) === wanted,
    );
  }
}

/** Statistics of the values of both. */
export function together(one: Statistics, other: Statistics): Statistics {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  };
}

/**
 * Statistics of the periods between two instants, oldest first; periods without a value are left out.
 * @param until not included.
 * @param periodMillis whole minutes; periods begin at multiples of it, as CloudWatch has them.
 */
export function periodsOf(
  { minutes }: Series,
  from: number,
  until: number,
  periodMillis: number,
): ReadonlyMap<number, Statistics> {
  const periods = new Map<number, Statistics>();
  const first = Math.floor(from / periodMillis) * periodMillis;
  for (const [minute, statistics] of [...minutes].toSorted(([one], [other]) => one - other)) {
    const at = minute * MINUTE_MILLIS;
    if (at < first || at >= until) continue;
    const start = Math.floor(at / periodMillis) * periodMillis;
    const before = periods.get(start);
    periods.set(start, before === undefined ? statistics : together(before, statistics));
  }
  return periods;
}

function sorted(dimensions: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(dimensions).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

function dropFirst(map: Map<unknown, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
