/** Alarm on the pages behind the links of messages, where customers object. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition } from '../alarm-definition.ts';

export const PAGE_ALARMS: readonly AlarmDefinition[] = [
  {
    id: 'pages-failing',
    severity: 'urgent',
    happened: 'Pages behind the links of messages have failed again and again.',
    impact:
      'Customers cannot unsubscribe or choose what they get, and are told to try again. Mail programs try again by themselves. Nothing that was saved is lost.',
    // Those of our own, which say that nothing was saved, and those of Lambda, where the function has died or was too slow
    // (https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html).
    metric: ({ answerCustomers }) =>
      answerCustomers.metric('Url5xxCount', {
        statistic: Stats.SUM,
        period: Duration.minutes(15),
        label: 'Pages that failed',
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 5,
    periods: 1,
    because:
      'A busy table turns a page away now and then, and the next click succeeds. More than five in a quarter of an hour are no accident, and who is not let go complains to the mailbox provider.',
  },
];
