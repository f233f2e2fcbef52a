/** Makes the alarms, and the topic that they tell. */
import { Stack } from 'aws-cdk-lib';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmDefinition } from './alarm-definition.ts';
import { ALARMS } from './all-alarms.ts';
import type { MonitoredResources } from './monitored-resources.ts';

export interface AlarmsProps {
  readonly resources: MonitoredResources;
  /** Is told of every alarm; AWS asks the address to confirm. Without it, subscribe to the topic what your team uses. */
  readonly email?: string;
  /** Where the team reads docs/runbook.md; without it, alarms name the file. */
  readonly runbook?: string;
}

export class Alarms extends Construct {
  /** Hears of every alarm, and of its end. */
  readonly topic: Topic;
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { resources, email, runbook }: AlarmsProps) {
    super(scope, id);
    // Not encrypted by AWS's own key of SNS: CloudWatch may not use that key, and the alarms hold no customer's data.
    this.topic = new Topic(this, 'Topic', {
      topicName: `${resources.deployment}-alarms`,
      displayName: `Alarms of ${resources.deployment}`,
      enforceSSL: true,
    });
    this.#letCloudWatchPublish();
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
    this.alarms = ALARMS.flatMap((definition) => this.#alarm(definition, resources, runbook));
  }

  /** A topic with a policy of its own (as `enforceSSL` makes one) has lost the default one, by which alarms may publish. */
  #letCloudWatchPublish(): void {
    const account = Stack.of(this).account;
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  #alarm(definition: AlarmDefinition, resources: MonitoredResources, runbook?: string): Alarm[] {
    const metric = definition.metric(resources);
    if (metric === undefined) return [];
    const alarm = new Alarm(this, definition.id, {
      alarmName: `${resources.deployment}-${definition.id}`,
      alarmDescription: alarmDescription(definition, runbook),
      metric,
      comparisonOperator: definition.comparison,
      threshold: definition.threshold,
      evaluationPeriods: definition.periods,
      treatMissingData: definition.missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    // The end of it as well, so that nobody has to look whether it still lasts.
    alarm.addOkAction(tell);
    return [alarm];
  }
}

/** What the person who is told reads: whether it can wait, what has happened, whom it hurts, what to do. */
function alarmDescription(definition: AlarmDefinition, runbook = 'docs/runbook.md'): string {
  const { severity, happened, impact, because, id } = definition;
  return [
    `${severity === 'urgent' ? 'Urgent' : 'Soon'}: ${happened}`,
    `Impact: ${impact}`,
    `Threshold: ${because}`,
    `Runbook: ${runbook}#${id}`,
  ].join('\n\n');
}
