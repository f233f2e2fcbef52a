// CloudWatch metrics of the local cloud: what functions and services measure, and what clients put, on the business's clock. They are in
// memory only: figures of a laptop are for looking at, and nothing is decided by them.
import type { Service } from '../gateway/service.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { metricService } from './metric-service.ts';
import { MetricStore, type Measurement } from './metric-store.ts';

export interface Metrics {
  put(measurements: readonly Measurement[]): void;
  /** Amazon CloudWatch, for clients. */
  readonly service: Service;
}

export function createMetrics({ time }: { readonly time: CloudTime }): Metrics {
  const store = new MetricStore();
  return {
    put: (measurements) => measurements.forEach((measurement) => store.put(measurement)),
    service: metricService(store, () => time.business.now()),
  };
}
