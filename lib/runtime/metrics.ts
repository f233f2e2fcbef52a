/** Counts that alarms and the dashboard read. Written as a line of the log, which CloudWatch turns into metrics: no call is made. */
import { MetricUnit, Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '#lib/contracts/metric-names.ts';

export interface Counts {
  count(name: MetricName, value?: number): void;
  /** Writes what was counted since the last time; call it once, at the end of a call of the function. */
  flush(): void;
}

export function createMetrics(deployment: string): Counts {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: deployment });
  // Powertools adds the dimension `service`: every dimension more is a metric more to pay for.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ [METRIC_DIMENSION]: deployment });
  return {
    count: (name, value = 1) => metrics.addMetric(name, MetricUnit.Count, value),
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
