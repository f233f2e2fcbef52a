/**
 * Metrics of the whole account in this Region, which no construct of the CDK names. All are without dimensions and cost nothing.
 */
import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

const FIVE_MINUTES = Duration.minutes(5);

/**
 * Executions that are open, and how many may be. Below 10,000 it may show zero
 * (https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html).
 */
export const openExecutions = () =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'OpenExecutionCount',
    statistic: Stats.MAXIMUM,
    period: FIVE_MINUTES,
    label: 'Open executions',
  });

/** The account's quota: the alarm follows it where it is raised. */
export const openExecutionLimit = () =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'OpenExecutionLimit',
    statistic: Stats.MAXIMUM,
    period: FIVE_MINUTES,
    label: 'Quota',
  });

/** States that were entered later because the account has used up its state transitions. */
export const throttledTransitions = () =>
  new Metric({
    namespace: 'AWS/States',
    metricName: 'ExecutionThrottled',
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    label: 'State transitions put off by AWS',
  });

/** Calls of any Lambda function that found no room. Functions of one account share it, so those of others count here as well. */
export const throttledFunctions = () =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Throttles',
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    label: 'Lambda calls without room',
  });

/**
 * Bounces and complaints as a share of what was sent lately, from 0 to 1, as SES itself judges the account by
 * (https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-cloudwatch-alarm.html). An hour is the period that page uses.
 */
export const bounceRate = () => reputation('Reputation.BounceRate', 'Bounces');
export const complaintRate = () => reputation('Reputation.ComplaintRate', 'Complaints');

function reputation(metricName: string, label: string): Metric {
  return new Metric({
    namespace: 'AWS/SES',
    metricName,
    statistic: Stats.MAXIMUM,
    period: Duration.hours(1),
    label,
  });
}

/**
 * US dollars spent on SMS since the month began; exists once a message was sent, and only with the service-linked role of End User
 * Messaging (https://docs.aws.amazon.com/sms-voice/latest/userguide/monitoring-cloudwatch.html).
 */
export const smsSpend = () =>
  new Metric({
    namespace: 'AWS/SMSVoice',
    metricName: 'TextMessageMonthlySpend',
    statistic: Stats.MAXIMUM,
    period: Duration.hours(1),
    label: 'Spent on SMS this month',
  });
