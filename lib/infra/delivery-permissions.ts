// Who may write to customers: the function `send-message` alone, from the senders of the settings alone, one statement a channel.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { domainToASCII } from 'node:url';
import { configurationSetName } from '#lib/contracts/deployment-names.ts';
import { endpointSecrets } from '#lib/journey/endpoint-secrets.ts';
import { mailboxAddress } from '#lib/journey/mailbox.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { explainWildcard } from './wildcards.ts';

export interface DeliveryPermissionsProps {
  readonly deployment: string;
  readonly sendMessage: DeployedFunction;
  readonly settings: Pick<Settings, 'senders' | 'endpoints'>;
}

type Senders = readonly Settings['senders'][string][];

export function grantDelivery({ deployment, sendMessage, settings }: DeliveryPermissionsProps): void {
  const senders = Object.values(settings.senders);
  grantEmail(deployment, sendMessage, senders);
  grantSms(sendMessage, senders);
  grantPush(sendMessage, senders);
  grantWhatsApp(sendMessage, senders);
  grantWebhooks(sendMessage, senders, settings.endpoints);
}

function grantEmail(deployment: string, sendMessage: DeployedFunction, senders: Senders): void {
  const identities = arn(sendMessage, 'ses', 'identity', '*');
  const used = senders.flatMap(({ email }) => (email === undefined ? [] : [email]));
  for (const tenant of new Set(used.map((email) => email.tenant))) {
    const addresses = used.filter((email) => email.tenant === tenant).map(({ from }) => fromAddress(from));
    sendMessage.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          identities,
          arn(sendMessage, 'ses', 'configuration-set', configurationSetName(deployment)),
        ],
        conditions: {
          StringEquals: {
            'ses:FromAddress': unique(addresses),
            // A brand's addresses by its own tenant alone.
            ...(tenant === undefined ? {} : { 'ses:TenantName': tenant }),
          },
        },
      }),
    );
  }
  if (used.length === 0) return;
  explainWildcard(
    sendMessage,
    identities,
    'From the addresses of the settings only (condition). SES asks for the identity behind them, which may be the address, its domain ' +
      'or one above, and in the sandbox for that of the recipient as well.',
  );
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsendusermessagingsmsandvoicev2.html */
function grantSms(sendMessage: DeployedFunction, senders: Senders): void {
  const identities = senders.flatMap(({ sms }) =>
    sms === undefined
      ? []
      : [sms.sender, ...Object.values(sms.countries ?? {}).flatMap(({ sender = sms.sender }) => [sender])],
  );
  for (const sender of unique(identities)) {
    const resource = smsResource(sendMessage, sender);
    if (!resource.includes('*')) sendMessage.allow(['sms-voice:SendTextMessage'], [resource]);
    else
      sendMessage.allowAll(
        ['sms-voice:SendTextMessage'],
        resource,
        'The settings name a number as customers see it, or a sender id for all countries; their ARNs have ids and countries.',
      );
  }
}

function smsResource(sendMessage: DeployedFunction, sender: string): string {
  if (sender.startsWith('arn:')) return sender;
  if (sender.startsWith('pool-')) return arn(sendMessage, 'sms-voice', 'pool', sender);
  if (sender.startsWith('phone-')) return arn(sendMessage, 'sms-voice', 'phone-number', sender);
  if (sender.startsWith('+')) return arn(sendMessage, 'sms-voice', 'phone-number', '*');
  return arn(sendMessage, 'sms-voice', 'sender-id', `${sender}/*`);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonpinpoint.html */
function grantPush(sendMessage: DeployedFunction, senders: Senders): void {
  const applications = unique(senders.flatMap(({ push }) => (push === undefined ? [] : [push.application])));
  if (applications.length === 0) return;
  sendMessage.allow(
    ['mobiletargeting:SendMessages'],
    applications.map((application) => arn(sendMessage, 'mobiletargeting', 'apps', `${application}/messages`)),
  );
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsendusermessagingsocial.html */
function grantWhatsApp(sendMessage: DeployedFunction, senders: Senders): void {
  const numbers = unique(
    senders.flatMap(({ whatsapp }) => (whatsapp === undefined ? [] : [whatsapp.sender])),
  );
  if (numbers.length === 0) return;
  sendMessage.allow(
    ['social-messaging:SendWhatsAppMessage'],
    numbers.map((number) =>
      arn(sendMessage, 'social-messaging', 'phone-number-id', number.replace(/^phone-number-id-/, '')),
    ),
  );
}

/** The secrets of the endpoints that webhook messages go to. */
function grantWebhooks(
  sendMessage: DeployedFunction,
  senders: Senders,
  endpoints: Settings['endpoints'],
): void {
  const called = unique(senders.flatMap(({ webhook }) => (webhook === undefined ? [] : [webhook.endpoint])));
  const secrets = called.flatMap((name) => {
    const endpoint = endpoints[name];
    return endpoint === undefined ? [] : endpointSecrets(endpoint);
  });
  for (const secret of unique(secrets))
    sendMessage.allowAll(
      ['secretsmanager:GetSecretValue'],
      arn(sendMessage, 'secretsmanager', 'secret', `${secret}-??????`, ArnFormat.COLON_RESOURCE_NAME),
      `Secrets Manager appends characters of its own to the name ${secret}.`,
    );
}

/** As SES writes it: the domain in Punycode. */
function fromAddress(from: string): string {
  const address = mailboxAddress(from);
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

function arn(
  scope: DeployedFunction,
  service: string,
  resource: string,
  resourceName: string,
  arnFormat = ArnFormat.SLASH_RESOURCE_NAME,
): string {
  return Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat });
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted((a, b) => (a < b ? -1 : 1));
}
