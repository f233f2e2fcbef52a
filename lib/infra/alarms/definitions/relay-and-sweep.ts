/** Alarms on what makes decisions true: the relay behind the table's stream, and the sweep that looks again every minute. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition } from '../alarm-definition.ts';

export const RELAY_AND_SWEEP_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'relay-behind',
    severity: 'urgent',
    happened: 'The relay is minutes behind the table.',
    impact:
      'Decisions are taken and kept, but runs start, wake and stop late by this time: customers get messages late, and timelines end in the past.',
    metric: ({ relayEffects }) =>
      relayEffects.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: Duration.minutes(5).toMilliseconds(),
    periods: 3,
    because:
      'Usually under a second. A record that cannot be processed is tried again for minutes before it is set aside; a quarter of an hour is more than one of them.',
  },
  {
    id: 'relay-set-aside',
    severity: 'soon',
    happened: 'Records of the table that the relay could not process were set aside.',
    impact:
      'Parts of the timelines of these customers are missing, and announcements to other systems were not made. Runs are not lost: the sweep starts, wakes and stops them again.',
    // The only metric of a bucket that is free; it is written once a day.
    metric: ({ relayFailures }) =>
      new Metric({
        namespace: 'AWS/S3',
        metricName: 'NumberOfObjects',
        dimensionsMap: { BucketName: relayFailures.bucketName, StorageType: 'AllStorageTypes' },
        statistic: Stats.MAXIMUM,
        period: Duration.days(1),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because: 'The bucket is empty unless something failed after all tries. S3 counts once a day.',
  },
  {
    id: 'sweep-stopped',
    severity: 'urgent',
    happened: 'Nobody looks for what falls due.',
    impact:
      'Nobody enters by schedule or date, pauses do not end, rested runs do not go on, and what the relay has missed stays missed.',
    metric: ({ findDue }) =>
      new MathExpression({
        expression: 'FILL(calls, 0) - FILL(errors, 0)',
        usingMetrics: {
          calls: findDue.metricInvocations({ period: Duration.minutes(5) }),
          errors: findDue.metricErrors({ period: Duration.minutes(5) }),
        },
        label: 'Ticks of the sweep',
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: 3,
    because:
      'It ticks every minute. Fifteen minutes without one tick are no hiccup, and nothing is lost by then: the next tick does what was left out.',
    missingIsBad: true,
  },
];
