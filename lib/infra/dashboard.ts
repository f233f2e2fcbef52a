/**
 * The first page an operator opens: is something wrong, does it flow, and where does it stand still. From left to right and from top
 * to bottom it follows an event on its way to a message. Three dashboards of an account are free, each further one costs $3 a month.
 */
import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { QUEUE_NAMES, type QueueName } from '#lib/contracts/deployment-names.ts';
import type { Alarms } from './alarms/alarms.ts';
import { bounceRate, complaintRate, openExecutions, throttledTransitions } from './alarms/account-metrics.ts';
import type { MonitoredResources } from './alarms/monitored-resources.ts';
import { ownMetric } from './alarms/own-metrics.ts';

export interface OperatorDashboardProps {
  readonly resources: MonitoredResources;
  readonly alarms: Alarms;
}

/** Three widgets in a row of 24 columns. */
const WIDTH = 8;
const HEIGHT = 6;
const FIVE_MINUTES = Duration.minutes(5);
const QUEUE_LABELS: Readonly<Record<QueueName, string>> = {
  events: 'Events',
  starts: 'Starts put off',
  looks: 'Looks',
};

export class OperatorDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { resources, alarms }: OperatorDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: resources.deployment,
      defaultInterval: Duration.hours(12),
      widgets: [
        [whatToLookAt(resources.deployment), alarmStatus(alarms)],
        [eventsIn(resources), ages(resources), relay(resources)],
        [executions(resources), steps(resources), sends(resources)],
        [setAside(resources), capacity(resources), reputation()],
      ],
    });
  }
}

function whatToLookAt(deployment: string): IWidget {
  return new TextWidget({
    markdown: [
      `# ${deployment}`,
      'Something red: its description names the heading in docs/runbook.md.',
      'Nothing red, but a customer asks why: docs/runbook.md, *What was decided about a customer*.',
    ].join('\n\n'),
    width: WIDTH,
    height: HEIGHT,
  });
}

function alarmStatus({ alarms }: Alarms): IWidget {
  return new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 2 * WIDTH, height: HEIGHT });
}

function eventsIn({ queues: { events } }: MonitoredResources): IWidget {
  return graph('Events: arrived and decided', [
    events.queue.metricNumberOfMessagesSent({ period: FIVE_MINUTES, statistic: Stats.SUM, label: 'Arrived' }),
    events.queue.metricNumberOfMessagesDeleted({
      period: FIVE_MINUTES,
      statistic: Stats.SUM,
      label: 'Decided',
    }),
  ]);
}

function ages({ queues }: MonitoredResources): IWidget {
  return graph(
    'Oldest that waits, seconds',
    QUEUE_NAMES.map((name) => age(queues[name].queue, QUEUE_LABELS[name])),
  );
}

function relay({ relayEffects }: MonitoredResources): IWidget {
  return graph('How far the relay is behind, ms', [
    relayEffects.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: FIVE_MINUTES, label: 'Relay' }),
  ]);
}

/** Of all machines of the account: CloudWatch adds up by machine only, and each version is a machine of its own. */
function executions({ deployment }: MonitoredResources): IWidget {
  return graph('Executions (of the whole account), and runs given up', [
    ofAllMachines('ExecutionsStarted', 'Started'),
    ofAllMachines('ExecutionsSucceeded', 'Ended'),
    ownMetric(deployment, 'RunsFailed'),
  ]);
}

function steps({ deployment }: MonitoredResources): IWidget {
  return graph('Steps and records', [
    ownMetric(deployment, 'DecisionsLeaving'),
    ownMetric(deployment, 'StepFaults'),
    ownMetric(deployment, 'RecordsFailed'),
    ownMetric(deployment, 'PayloadsNotUnderstood'),
  ]);
}

function sends({ deployment }: MonitoredResources): IWidget {
  return graph('Messages, by what the provider answered', [
    ownMetric(deployment, 'SendsAccepted'),
    ownMetric(deployment, 'SendsRefused'),
    ownMetric(deployment, 'SendsPutOff'),
    ownMetric(deployment, 'SendsInDoubt'),
    ownMetric(deployment, 'MessageLinksLost'),
    ownMetric(deployment, 'JourneysStopped'),
    ownMetric(deployment, 'TransactionalOverLimit'),
  ]);
}

function setAside({ queues }: MonitoredResources): IWidget {
  return graph(
    'Set aside in dead-letter queues',
    QUEUE_NAMES.map((name) => visible(queues[name].deadLetters, QUEUE_LABELS[name])),
  );
}

function capacity({ table }: MonitoredResources): IWidget {
  return new GraphWidget({
    title: 'Room in the account',
    left: [openExecutions()],
    right: [
      throttledTransitions(),
      table.metric('WriteThrottleEvents', {
        statistic: Stats.SUM,
        period: FIVE_MINUTES,
        label: 'Writes turned away',
      }),
    ],
    width: WIDTH,
    height: HEIGHT,
  });
}

function reputation(): IWidget {
  return graph('E-mail: share of bounces and complaints', [bounceRate(), complaintRate()]);
}

function age(queue: IQueue, label: string): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: FIVE_MINUTES, label });
}

function visible(queue: IQueue, label: string): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({
    statistic: Stats.MAXIMUM,
    period: FIVE_MINUTES,
    label,
  });
}

function ofAllMachines(metricName: string, label: string): IMetric {
  return new Metric({
    namespace: 'AWS/States',
    metricName,
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
    label,
  });
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: WIDTH, height: HEIGHT });
}
