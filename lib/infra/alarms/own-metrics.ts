/** The metrics that the functions write themselves, for alarms and the dashboard. */
import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS, METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '#lib/contracts/metric-names.ts';

/** How often something happened in each period; the label is what one count means. */
export function ownMetric(
  deployment: string,
  name: MetricName,
  period: Duration = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { [METRIC_DIMENSION]: deployment },
    statistic: Stats.SUM,
    period,
    label: METRICS[name],
  });
}
