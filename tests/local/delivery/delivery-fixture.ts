// The providers behind a gateway of their own, with a clock that is told to run, and the SDK's own clients.
import { randomUUID } from 'node:crypto';
import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SocialMessagingClient } from '@aws-sdk/client-socialmessaging';
import { onTestFinished } from 'vitest';
import { NO_CHAOS, type Chaos } from '#lib/local/chaos.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { createDelivery, type Delivery, type DeliveryOptions } from '#lib/local/delivery/create-delivery.ts';
import type { ReportedEvent } from '#lib/local/delivery/reported-event.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { NO_JOURNAL } from '#lib/local/journal/journal.ts';
import type { Timers } from '#lib/local/time/timers.ts';

export const START = Date.parse('2026-05-04T08:00:00.000Z');
const PLACE = { partition: 'aws', region: 'eu-central-1', account: '000000000000', endpoint: '' };

export interface OpenDelivery {
  readonly delivery: Delivery;
  readonly clock: VirtualClock;
  readonly endpoint: string;
  /** What was told on the default bus, oldest first. */
  readonly told: readonly ReportedEvent[];
  /** Infrastructure time: actions that wait for it, by milliseconds. */
  readonly waiting: { readonly millis: number; readonly action: () => void }[];
  readonly ses: SESv2Client;
  readonly sms: PinpointSMSVoiceV2Client;
  readonly push: PinpointClient;
  readonly whatsapp: SocialMessagingClient;
  /** Lets business time pass. */
  readonly seconds: (count: number) => Promise<void>;
}

/** With the configuration set of the deployment `wend-test`. Closed when the test is over. */
export async function openDelivery(
  options: Partial<DeliveryOptions> & { readonly chaos?: Chaos } = {},
): Promise<OpenDelivery> {
  const clock = new VirtualClock(START);
  const told: ReportedEvent[] = [];
  const waiting: { millis: number; action: () => void }[] = [];
  const timers: Timers = {
    now: () => 0,
    after: (millis, action) => {
      // The second within which a message is written down is over at once.
      if (millis <= 1000) queueMicrotask(action);
      else waiting.push({ millis, action });
      return () => undefined;
    },
  };
  const delivery = createDelivery({
    time: { business: clock, infrastructure: timers, hold: () => () => undefined },
    place: PLACE,
    chaos: NO_CHAOS,
    journal: NO_JOURNAL,
    report: (event) => void told.push(event),
    uniqueId: randomUUID,
    identities: ['kestrel-lane.example'],
    whoRuns: () => undefined,
    tellAsApplication: () => undefined,
    onReputation: () => undefined,
    ...options,
  });
  addConfigurationSet(delivery);
  const faults: unknown[] = [];
  const gateway = await openGateway({
    port: 0,
    now: () => clock.now(),
    onFault: (error) => void faults.push(error),
  });
  gateway.serve(delivery.services);
  const client = {
    endpoint: gateway.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  const clients = {
    ses: new SESv2Client(client),
    sms: new PinpointSMSVoiceV2Client(client),
    push: new PinpointClient(client),
    whatsapp: new SocialMessagingClient(client),
  };
  onTestFinished(async () => {
    for (const one of Object.values(clients)) one.destroy();
    delivery.close();
    await gateway.close();
    if (faults.length > 0) throw faults[0];
  });
  return {
    delivery,
    clock,
    told,
    waiting,
    endpoint: gateway.endpoint,
    ...clients,
    seconds: (count) => clock.runUntil(clock.now() + count * 1000),
  };
}

function addConfigurationSet(delivery: Delivery): void {
  delivery.addConfigurationSet('ConfigurationSet', {
    Name: 'wend-test',
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  delivery.addEventDestination('Events', {
    ConfigurationSetName: 'wend-test',
    EventDestination: {
      Name: 'wend-test',
      Enabled: true,
      EventBridgeDestination: {
        EventBusArn: 'arn:aws:events:eu-central-1:000000000000:event-bus/default',
      },
      MatchingEventTypes: [
        'delivery',
        'bounce',
        'complaint',
        'open',
        'click',
        'reject',
        'renderingFailure',
        'subscription',
      ],
    },
  });
}
