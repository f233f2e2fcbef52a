// What providers report about messages: over the account's default bus, the only one that they know, into the queue of events. The
// rules pass what tells something and nothing of other systems, as far as the events say whose they are.
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { configurationSetName } from '#lib/contracts/deployment-names.ts';
import { SES_SOURCE } from '#lib/contracts/provider-events/ses-event.ts';
import { SMS_DETAIL_TYPE, SMS_EVENT_TYPES, SMS_SOURCE } from '#lib/contracts/provider-events/sms-event.ts';
import { WHATSAPP_DETAIL_TYPES, WHATSAPP_SOURCE } from '#lib/contracts/provider-events/whatsapp-event.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { heardEvents } from '#lib/journey/watched-events.ts';

export interface ProviderEventsProps {
  readonly deployment: string;
  /** Which channels have senders: nothing listens for the others; and what journeys listen to. */
  readonly workspace: DeployedWorkspace;
  /** Queue of the events that `ingest-events` reads. */
  readonly events: IQueue;
  /** Where EventBridge leaves what it cannot deliver within a day. */
  readonly deadLetters: IQueue;
}

/** Those that become events of customers; `send` tells nothing that a journey could wait for. */
const EMAIL_EVENTS: readonly EmailSendingEvent[] = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.OPEN,
  EmailSendingEvent.CLICK,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.SUBSCRIPTION,
];

export class ProviderEvents extends Construct {
  constructor(scope: Construct, id: string, props: ProviderEventsProps) {
    super(scope, id);
    const { deployment, workspace } = props;
    const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const { names } = heardEvents(workspace);
    this.#addConfigurationSet(deployment, defaultBus, [
      ...EMAIL_EVENTS,
      // Some e-mails are tried for hours: told only where a journey wants to hear of it.
      ...(names.includes('Message Delayed') ? [EmailSendingEvent.DELIVERY_DELAY] : []),
    ]);
    const target = new SqsQueue(props.events, { deadLetterQueue: props.deadLetters });
    for (const { name, description, pattern } of providerPatterns(deployment, workspace.settings))
      new Rule(this, name, {
        ruleName: `${deployment}-${name}`,
        description,
        eventBus: defaultBus,
        eventPattern: pattern,
        targets: [target],
      });
  }

  /**
   * Every e-mail names this set. Bounces and complaints also go on the account's list: whatever other system of the account would write
   * to that address next is kept from it, and from lowering the account's reputation.
   */
  #addConfigurationSet(
    deployment: string,
    bus: ReturnType<typeof EventBus.fromEventBusName>,
    events: readonly EmailSendingEvent[],
  ): void {
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: configurationSetName(deployment),
      reputationMetrics: true,
      // Mail about customers goes over encrypted connections or not at all.
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('Events', {
      configurationSetEventDestinationName: configurationSetName(deployment),
      destination: EventDestination.eventBus(bus),
      events: [...events],
    });
  }
}

interface ProviderPattern {
  readonly name: string;
  readonly description: string;
  readonly pattern: {
    readonly source: string[];
    readonly detailType?: string[];
    readonly detail?: Readonly<Record<string, unknown>>;
  };
}

function providerPatterns(
  deployment: string,
  { senders }: Pick<Settings, 'senders'>,
): readonly ProviderPattern[] {
  const has = (channel: 'sms' | 'whatsapp') =>
    Object.values(senders).some((sender) => sender[channel] !== undefined);
  return [
    {
      name: 'email-reports',
      description: 'What became of e-mails of this deployment',
      // Of which types there are events is said where the set sends them to.
      pattern: {
        source: [SES_SOURCE],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName(deployment)] } } },
      },
    },
    // Their events name no deployment: those of other systems are told apart by their ids, which nobody has remembered.
    ...(has('sms')
      ? [
          {
            name: 'sms-reports',
            description: 'What became of text messages of this account',
            pattern: {
              source: [SMS_SOURCE],
              detailType: [SMS_DETAIL_TYPE],
              detail: { eventType: [...SMS_EVENT_TYPES] },
            },
          },
        ]
      : []),
    ...(has('whatsapp')
      ? [
          {
            name: 'whatsapp-reports',
            description: 'What became of WhatsApp messages of this account',
            pattern: { source: [WHATSAPP_SOURCE], detailType: [...WHATSAPP_DETAIL_TYPES] },
          },
        ]
      : []),
  ];
}
