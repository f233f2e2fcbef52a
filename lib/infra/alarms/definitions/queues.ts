/** Alarms on the queues: what could not be processed, and what is processed too late. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { QueueName } from '#lib/contracts/deployment-names.ts';
import type { AlarmDefinition } from '../alarm-definition.ts';

export const QUEUE_ALARMS: readonly AlarmDefinition[] = [
  deadLetters('events', {
    severity: 'urgent',
    happened: 'Events could not be read or processed and were set aside.',
    impact:
      'These customers are as they were before the event: they may not enter a journey, a wait for this event goes on, a goal or an unsubscribe is not known yet.',
  }),
  deadLetters('looks', {
    severity: 'urgent',
    happened:
      'Customers could not be looked at: something falls due, an execution has ended, or they could not be asked with everybody.',
    impact:
      'What falls due and how executions ended comes late, and the sweep tries again. Who could not be asked has not entered a journey that starts by schedule, for a segment or by an event for everybody; all others have.',
  }),
  deadLetters('starts', {
    severity: 'urgent',
    happened: 'Runs whose start was put off could not be started.',
    impact: 'These customers have entered a journey and get nothing of it until the sweep starts them again.',
  }),
  behind('events', {
    severity: 'urgent',
    happened: 'Events wait longer than usual before they are decided.',
    impact:
      'Customers enter journeys late, and messages may go to people who have ordered or unsubscribed in the meantime.',
    minutes: 10,
    because:
      'Events are decided within seconds. A batch that has failed once comes back after the visibility timeout: ten minutes over a quarter of an hour is no single retry.',
  }),
  behind('looks', {
    severity: 'soon',
    happened: 'Customers for whom something falls due wait longer than usual.',
    impact: 'Entries on dates and by schedule, ends of pauses and changes of segment come late by this time.',
    minutes: 30,
    because:
      'After a deployment or a change of a switch every customer is looked at once, which may take minutes; half an hour is more.',
  }),
  behind('starts', {
    severity: 'soon',
    happened: 'Runs wait very long for their start.',
    impact: 'Customers who were let in by a broadcast get its first message hours later.',
    minutes: 360,
    because:
      'A broadcast is paced on purpose: a million starts take an hour and a half at 200 a second, and three at 100. Six hours are a broadcast for which the quota is too small.',
  }),
];

/** Anything in a dead-letter queue is one too many: it has been tried several times and nobody tries it again. */
function deadLetters(
  name: QueueName,
  words: Pick<AlarmDefinition, 'severity' | 'happened' | 'impact'>,
): AlarmDefinition {
  return {
    id: `${name}-dead-letters`,
    ...words,
    metric: ({ queues }) =>
      queues[name].deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
    periods: 1,
    because: 'What is here was tried several times and is not tried again before somebody redrives it.',
  };
}

function behind(
  name: QueueName,
  {
    minutes,
    ...words
  }: Pick<AlarmDefinition, 'severity' | 'happened' | 'impact' | 'because'> & { minutes: number },
): AlarmDefinition {
  return {
    id: `${name}-behind`,
    ...words,
    metric: ({ queues }) =>
      queues[name].queue.metricApproximateAgeOfOldestMessage({
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: minutes * 60,
    periods: 3,
  };
}
