/**
 * Alarms on the steps of journeys. They read what the functions count themselves: Lambda's own errors count decisions as well, which
 * leave a step by a name and are no failure (docs/adr/0038).
 */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition } from '../alarm-definition.ts';
import { ownMetric } from '../own-metrics.ts';

export const JOURNEY_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'runs-failed',
    severity: 'urgent',
    happened: 'Runs were given up.',
    impact:
      'These customers have dropped out of a journey at a step that failed for hours; they get nothing more of it.',
    metric: ({ deployment }) => ownMetric(deployment, 'RunsFailed', Duration.minutes(15)),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because: 'A run is given up after hours of retries: whatever caused the first will cause more.',
  },
  {
    id: 'steps-failing',
    severity: 'soon',
    happened: 'Steps of journeys have failed again and again for half an hour.',
    impact: 'Customers at these steps wait. If it lasts for hours, their runs are given up.',
    metric: ({ deployment }) => ownMetric(deployment, 'StepFaults'),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 5,
    periods: 6,
    because:
      'A step is tried again with growing pauses, and a single failure is nothing. More than five in each five minutes of half an hour is something that does not heal by itself.',
  },
  {
    id: 'payloads-not-understood',
    severity: 'urgent',
    happened: 'A step was called with something that its function cannot read.',
    impact:
      'Customers at this step wait until the functions fit the journey versions again; then they go on.',
    metric: ({ deployment }) => ownMetric(deployment, 'PayloadsNotUnderstood'),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because:
      'Every released version is tested against the functions: one such call means a deployment that is not whole.',
  },
  {
    id: 'audience-failed',
    severity: 'urgent',
    happened: 'Asking all customers has failed.',
    impact:
      'A journey that starts by schedule, or by an event for everybody, was entered by a part of the customers it is for.',
    metric: ({ audienceMachine }) =>
      new MathExpression({
        expression: 'FILL(failed, 0) + FILL(timedOut, 0)',
        usingMetrics: {
          failed: audienceMachine.metricFailed({ period: Duration.minutes(5) }),
          timedOut: audienceMachine.metricTimedOut({ period: Duration.minutes(5) }),
        },
        label: 'Failed or timed out',
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because: 'Its parts are tried again inside it; when it fails, nobody tries it again.',
  },
];
