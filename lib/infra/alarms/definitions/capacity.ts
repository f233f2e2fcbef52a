/** Alarms on limits of the account, which every deployment and every other application in it share. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import {
  openExecutionLimit,
  openExecutions,
  throttledFunctions,
  throttledTransitions,
} from '../account-metrics.ts';
import type { AlarmDefinition } from '../alarm-definition.ts';

export const CAPACITY_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'open-executions-near-quota',
    severity: 'soon',
    happened: 'Four fifths of the executions that may be open at once are open.',
    impact: 'At the quota nobody enters a journey any more until others leave one.',
    metric: () =>
      new MathExpression({
        expression: '100 * open / quota',
        usingMetrics: { open: openExecutions(), quota: openExecutionLimit() },
        label: 'Open executions, % of the quota',
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 80,
    periods: 3,
    because: 'Raising the quota takes AWS days; a fifth of a million is room for them.',
  },
  {
    id: 'journeys-throttled',
    severity: 'soon',
    happened: 'The account has used up its state transitions for half an hour.',
    impact: 'Steps of all journeys come later; none is lost.',
    metric: throttledTransitions,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 6,
    because:
      'Many customers who wake at the same minute use up the bucket for a while, which is what it is for. Half an hour is a quota that is too small.',
  },
  {
    id: 'functions-throttled',
    severity: 'soon',
    happened: 'Lambda has had no room for calls for a quarter of an hour.',
    impact: 'Events, steps and sends are tried again and come later; none is lost.',
    metric: throttledFunctions,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 3,
    because:
      'Lambda grows by steps, so that a peak finds no room for seconds. A quarter of an hour is a quota.',
  },
  {
    id: 'table-throttled',
    severity: 'soon',
    happened: 'The table has turned away reads or writes for a quarter of an hour.',
    impact: 'Decisions about customers are tried again and come later; none is lost.',
    metric: ({ table }) =>
      new MathExpression({
        expression: 'FILL(reads, 0) + FILL(writes, 0)',
        usingMetrics: {
          reads: table.metric('ReadThrottleEvents', { statistic: 'Sum', period: Duration.minutes(5) }),
          writes: table.metric('WriteThrottleEvents', { statistic: 'Sum', period: Duration.minutes(5) }),
        },
        label: 'Reads and writes turned away',
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 3,
    because:
      'A table on demand doubles its capacity within minutes (it starts at 4,000 writes a second). A quarter of an hour is one busy key or a limit of the account.',
  },
];
