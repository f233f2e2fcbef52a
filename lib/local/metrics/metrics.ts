// CloudWatch metrics of the local cloud: what functions and services measure, and what clients put, on the business's clock. They are in
// memory only: figures of a laptop are for looking at, and nothing is decided by them.
import type { Service } from '../gateway/service.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { Alarms } from './alarms.ts';
import { Level, type LevelName } from './levels.ts';
import { metricService } from './metric-service.ts';
import { MetricStore, type Measurement } from './metric-store.ts';

export interface Metrics {
  put(measurements: readonly Measurement[]): void;
  /** A figure of the account that stays as it is until it is told anew. */
  level(metric: LevelName): Pick<Level, 'set'>;
  /** Of the deployment; nothing evaluates them. */
  readonly alarms: Pick<Alarms, 'add'>;
  /** Amazon CloudWatch, for clients. */
  readonly service: Service;
}

export function createMetrics({ time, place }: { readonly time: CloudTime; readonly place: Place }): Metrics {
  const now = () => time.business.now();
  const store = new MetricStore();
  const levels: Level[] = [];
  const alarms = new Alarms(place, now);
  return {
    alarms,
    put: (measurements) => measurements.forEach((measurement) => store.put(measurement)),
    level: (metric) => {
      const level = new Level(metric, now);
      levels.push(level);
      return level;
    },
    service: metricService({ store, levels }, alarms, now),
  };
}
