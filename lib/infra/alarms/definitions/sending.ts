/** Alarms on what providers think of what is sent, before they stop sending it. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { bounceRate, complaintRate, smsSpend } from '../account-metrics.ts';
import type { AlarmDefinition } from '../alarm-definition.ts';
import { ownMetric } from '../own-metrics.ts';

export const SENDING_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'sends-refused',
    severity: 'urgent',
    happened: 'Providers refuse more than a fifth of the messages.',
    impact: 'These customers do not get the message: their runs go on without it, or end, as the step says.',
    metric: ({ deployment }) =>
      new MathExpression({
        expression: 'IF(FILL(accepted, 0) + refused >= 20, 100 * refused / (FILL(accepted, 0) + refused), 0)',
        usingMetrics: {
          accepted: ownMetric(deployment, 'SendsAccepted', Duration.minutes(15)),
          refused: ownMetric(deployment, 'SendsRefused', Duration.minutes(15)),
        },
        label: 'Refused, %',
        period: Duration.minutes(15),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 20,
    periods: 1,
    because:
      'Single addresses are refused every day. A fifth of at least twenty messages is a sender that is not verified, a sandbox or a spent limit.',
  },
  {
    id: 'sends-in-doubt',
    severity: 'soon',
    happened: 'Nobody knows of several messages whether their provider took them.',
    impact:
      'Marketing messages among them are not sent again and may be missing; transactional ones may come twice. Timelines show the doubt until the provider reports.',
    metric: ({ deployment }) => ownMetric(deployment, 'SendsInDoubt', Duration.minutes(15)),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 5,
    periods: 1,
    because:
      'A lost answer is rare. More than five in a quarter of an hour are a provider or a network in trouble.',
  },
  {
    id: 'bounces-near-review',
    severity: 'urgent',
    happened: 'Four in a hundred e-mails bounce.',
    impact:
      'At 5 % AWS puts the account under review, at 10 % it may stop all e-mail of the account, orders and passwords included.',
    metric: bounceRate,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0.04,
    periods: 1,
    because: 'AWS reviews at 0.05 (its FAQ on the sending review process); a fifth below is time to act.',
  },
  {
    id: 'complaints-near-review',
    severity: 'urgent',
    happened: 'Eight in ten thousand e-mails are reported as spam.',
    impact:
      'At 0.1 % AWS puts the account under review, at 0.5 % it may stop all e-mail of the account, and mailbox providers sort messages out.',
    metric: complaintRate,
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0.0008,
    periods: 1,
    because: 'AWS reviews at 0.001 (its FAQ on the sending review process); a fifth below is time to act.',
  },
  {
    id: 'sms-spend-near-limit',
    severity: 'soon',
    happened: 'Four fifths of what may be spent on SMS this month are spent.',
    impact:
      'At the limit AWS sends no more SMS until the month ends: those steps are skipped, or go out by another channel.',
    metric: ({ smsMonthlySpend }) =>
      smsMonthlySpend === undefined
        ? undefined
        : new MathExpression({
            expression: `100 * spent / ${smsMonthlySpend}`,
            usingMetrics: { spent: smsSpend() },
            label: 'Spent on SMS, % of the limit',
            period: Duration.hours(1),
          }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 80,
    periods: 1,
    because: 'A raised limit takes a support case; the last fifth is time for it.',
  },
];
