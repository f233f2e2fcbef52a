// CloudWatch metrics of the local cloud: what functions and services measure, and what clients put, on the business's clock. They are in
// memory only: figures of a laptop are for looking at, and nothing is decided by them.
import type { Service } from '../gateway/service.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { Alarms } from './alarms.ts';
import { metricService } from './metric-service.ts';
import { MetricStore, type Measurement } from './metric-store.ts';

export interface Metrics {
  put(measurements: readonly Measurement[]): void;
  /** Of the deployment; nothing evaluates them. */
  readonly alarms: Pick<Alarms, 'add'>;
  /** Amazon CloudWatch, for clients. */
  readonly service: Service;
}

export function createMetrics({ time, place }: { readonly time: CloudTime; readonly place: Place }): Metrics {
  const now = () => time.business.now();
  const store = new MetricStore();
  const alarms = new Alarms(place, now);
  return {
    alarms,
    put: (measurements) => measurements.forEach((measurement) => store.put(measurement)),
    service: metricService(store, alarms, now),
  };
}
