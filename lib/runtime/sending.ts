/** The channels of a deployment, each with its client, its senders from the settings, and its answers counted. */
import { providerClients } from '#lib/adapters/aws/clients/providers.ts';
import { secretsManagerClient } from '#lib/adapters/aws/clients/secrets-manager.ts';
import { sendersOf } from '#lib/adapters/aws/delivery/channel-senders.ts';
import { createDelivery } from '#lib/adapters/aws/delivery/create-delivery.ts';
import { createEmail } from '#lib/adapters/aws/delivery/email.ts';
import { createInApp } from '#lib/adapters/aws/delivery/inapp.ts';
import { createPush } from '#lib/adapters/aws/delivery/push.ts';
import { createSms } from '#lib/adapters/aws/delivery/sms.ts';
import { createWebhook } from '#lib/adapters/aws/delivery/webhook.ts';
import { createWhatsApp } from '#lib/adapters/aws/delivery/whatsapp.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { createMessageLinks } from '#lib/adapters/aws/dynamodb/message-links.ts';
import { createEndpointCalls } from '#lib/adapters/aws/endpoints.ts';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { Delivery } from '#lib/engine/ports.ts';
import { countedDelivery } from './counted-delivery.ts';
import { createCustomerIds } from './customer-ids.ts';
import type { DecidingStep } from './deciding-step.ts';
import { whatFailed } from './what-failed.ts';

/** Once for each container. */
export function createSending(
  { engine, deployed, table, surroundings }: DecidingStep,
  environment: {
    readonly DEPLOYMENT: string;
    readonly CONFIGURATION_SET: string;
    readonly CUSTOMER_SECRET_ARN: string;
  },
): Delivery {
  const { senders, endpoints, replies } = deployed.settings;
  const { DEPLOYMENT: deployment, CONFIGURATION_SET: configurationSet } = environment;
  const { clock } = engine.ports;
  const clients = providerClients();
  const secrets = createSecrets(secretsManagerClient(), clock.monotonic);
  const delivery = createDelivery({
    channels: {
      email: createEmail({
        client: clients.email,
        deployment,
        configurationSet,
        senders: sendersOf(senders, 'email'),
      }),
      sms: createSms({ client: clients.sms, deployment, senders: sendersOf(senders, 'sms') }),
      push: createPush({ client: clients.push, senders: sendersOf(senders, 'push') }),
      whatsapp: createWhatsApp({ client: clients.whatsapp, senders: sendersOf(senders, 'whatsapp') }),
      inapp: createInApp({ table, clock }),
      webhook: createWebhook({
        endpoints: createEndpointCalls(endpoints, secrets, fetch, clock),
        senders: sendersOf(senders, 'webhook'),
      }),
    },
    links: createMessageLinks(table, clock.now),
    replies: {
      channels: new Set(replies),
      identities: createIdentities(table),
      hash: createCustomerIds(environment.CUSTOMER_SECRET_ARN),
    },
    onLinkLost(channel, error) {
      surroundings.logger.warn(LOG_EVENTS.linkLost, { channel, ...whatFailed(error) });
      surroundings.counts.count('MessageLinksLost');
    },
  });
  return countedDelivery(delivery, surroundings.counts);
}
