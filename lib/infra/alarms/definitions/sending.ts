/** Alarms on what providers think of what is sent, before they stop sending it. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { bounceRate, complaintRate, smsSpend } from '../account-metrics.ts';
import type { AlarmDefinition } from '../alarm-definition.ts';
import { ownMetric } from '../own-metrics.ts';

/** All answers of one period but those that did not come. */
const ANSWERS = 'FILL(accepted, 0) + FILL(refused, 0) + FILL(later, 0)';

export const SENDING_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'sends-not-taken',
    severity: 'urgent',
    happened: 'For half an hour providers have taken fewer than half of the messages.',
    impact:
      'Customers do not get these messages: steps wait and ask ever more rarely until the message expires, or go on without it.',
    metric: ({ deployment }) =>
      new MathExpression({
        expression: `IF(${ANSWERS} >= 5, 100 * (FILL(refused, 0) + FILL(later, 0)) / (${ANSWERS}), 0)`,
        usingMetrics: {
          accepted: ownMetric(deployment, 'SendsAccepted', Duration.minutes(15)),
          refused: ownMetric(deployment, 'SendsRefused', Duration.minutes(15)),
          later: ownMetric(deployment, 'SendsPutOff', Duration.minutes(15)),
        },
        label: 'Refused or put off, %',
        period: Duration.minutes(15),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 50,
    periods: 2,
    because:
      'Single addresses are refused every day, and a busy provider puts off for minutes. More than half of at least five, twice in a row, is an account: a sandbox, a sender that is not verified, a spent limit.',
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
    id: 'journey-stopped-by-breaker',
    severity: 'urgent',
    happened:
      'The breaker has paused a journey: too many of its marketing messages bounce or are complained about.',
    impact:
      'Its marketing waits until somebody has looked and lets it go on. Transactional messages and all other journeys go on as before.',
    metric: ({ deployment }) => ownMetric(deployment, 'JourneysStopped'),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because: 'Each one is a decision that somebody has to take back or stand by.',
  },
  {
    id: 'transactional-over-limit',
    severity: 'urgent',
    happened: 'Too many transactional messages of a journey bounce or are complained about.',
    impact:
      'They go out as before, and are judged with everything that the account sends: AWS may stop all e-mail of the account.',
    metric: ({ deployment }) => ownMetric(deployment, 'TransactionalOverLimit'),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because:
      'Nothing stops them by itself: whether a form is abused or a customer waits only people can tell.',
  },
  {
    id: 'sms-spend-near-limit',
    severity: 'soon',
    happened: 'Four fifths of what may be spent on SMS this month are spent.',
    impact:
      'At the limit AWS sends no more SMS until the month ends: those steps wait, and are skipped when their message expires.',
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
