// Amazon SES, version 2 of its interface: what senders and operators of this system ask of it.
// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Operations.html
import * as z from 'zod';
import { parseInput } from '../../gateway/parse-input.ts';
import { refuseOptions } from '../../gateway/refused-options.ts';
import { restService, type RestCall, type RestRoute } from '../../gateway/rest-service.ts';
import type { Service } from '../../gateway/service.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import { domainOf } from './email-address.ts';
import { ACCOUNT_SUPPRESSES, sendEmail, type SendEmailOptions } from './send-email.ts';
import type { SuppressedAddress } from './suppression-list.ts';

export interface EmailServiceOptions extends SendEmailOptions {
  /** How many e-mails have been taken since an instant of the business's clock. */
  readonly sentSince: (instant: number) => number;
}

const ROOT = '/v2/email';

export function emailService(options: EmailServiceOptions): Service {
  return restService({
    signingName: 'ses',
    title: 'Amazon SES',
    routes: [
      route('SendEmail', 'POST', '/outbound-emails', (call) => sendEmail(options, call.json())),
      ...suppressionRoutes(options),
      ...accountRoutes(options),
      ...configurationSetRoutes(options),
    ],
  });
}

function route(operation: string, method: string, path: string, run: RestRoute['run']): RestRoute {
  return { operation, method, path: `${ROOT}${path}`, run };
}

const DAY_MILLIS = 86_400_000;

function accountRoutes({ account, identities, sentSince, now }: EmailServiceOptions): RestRoute[] {
  return [
    route('GetAccount', 'GET', '/account', () => ({
      DedicatedIpAutoWarmupEnabled: false,
      EnforcementStatus: 'HEALTHY',
      ProductionAccessEnabled: true,
      // Nothing counts here but what is set (behaviours): -1 is how SES says that there is no limit for a day.
      SendQuota: { Max24HourSend: -1, MaxSendRate: 1000, SentLast24Hours: sentSince(now() - DAY_MILLIS) },
      SendingEnabled: account.isEnabled,
      SuppressionAttributes: { SuppressedReasons: ACCOUNT_SUPPRESSES },
    })),
    route('PutAccountSendingAttributes', 'PUT', '/account/sending', (call) => account.put(call.json())),
    ...listRoutes('ListEmailIdentities', '/identities', '/list-identities', (ask) => {
      const { page, NextToken } = pageOf(ask, identities.names());
      return {
        EmailIdentities: page.map((name) => ({
          IdentityName: name,
          IdentityType: typeOf(name),
          SendingEnabled: true,
          VerificationStatus: 'SUCCESS',
        })),
        NextToken,
      };
    }),
    route('GetEmailIdentity', 'GET', '/identities/{EmailIdentity}', ({ labels }) => {
      const name = labels['EmailIdentity'] ?? '';
      if (!identities.has(name))
        throw new ServiceError('NotFoundException', `Email identity ${name} does not exist.`, 404);
      return {
        IdentityType: typeOf(name),
        FeedbackForwardingStatus: false,
        VerifiedForSendingStatus: true,
        VerificationStatus: 'SUCCESS',
        DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', SigningAttributesOrigin: 'AWS_SES' },
        MailFromAttributes: {
          MailFromDomain: `mail.${domainOf(name)}`,
          MailFromDomainStatus: 'SUCCESS',
          BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
        },
        Policies: {},
        Tags: [],
      };
    }),
  ];
}

function typeOf(identity: string): 'DOMAIN' | 'EMAIL_ADDRESS' {
  return identity.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN';
}

function configurationSetRoutes({ sets }: EmailServiceOptions): RestRoute[] {
  return [
    ...listRoutes('ListConfigurationSets', '/configuration-sets', '/list-configuration-sets', (ask) => {
      const { page, NextToken } = pageOf(ask, sets.names());
      return { ConfigurationSets: page, NextToken };
    }),
    route('GetConfigurationSet', 'GET', '/configuration-sets/{ConfigurationSetName}', ({ labels }) => {
      const set = sets.get(labels['ConfigurationSetName'] ?? '');
      return {
        ConfigurationSetName: set.name,
        DeliveryOptions: { TlsPolicy: set.tlsPolicy },
        ReputationOptions: { ReputationMetricsEnabled: set.hasReputationMetrics },
        SendingOptions: { SendingEnabled: set.isSending },
        ...(set.suppressedReasons === undefined
          ? {}
          : { SuppressionOptions: { SuppressedReasons: set.suppressedReasons } }),
        Tags: [],
      };
    }),
    route(
      'GetConfigurationSetEventDestinations',
      'GET',
      '/configuration-sets/{ConfigurationSetName}/event-destinations',
      ({ labels }) => {
        const { name } = sets.get(labels['ConfigurationSetName'] ?? '');
        return {
          EventDestinations: sets.destinationsOf(name).map((destination) => ({
            Name: destination.name,
            Enabled: destination.isEnabled,
            MatchingEventTypes: destination.types.map((type) =>
              type.replaceAll(/[A-Z]/g, '_$&').toUpperCase(),
            ),
            EventBridgeDestination: { EventBusArn: destination.busArn },
          })),
        };
      },
    ),
  ];
}

const suppressSchema = z.strictObject({
  EmailAddress: z.string().min(1).max(320),
  Reason: z.enum(['BOUNCE', 'COMPLAINT']),
});

function suppressionRoutes({ suppressed, now }: EmailServiceOptions): RestRoute[] {
  const found = ({ labels }: RestCall): SuppressedAddress => {
    const address = labels['EmailAddress'] ?? '';
    const entry = suppressed.find(address);
    if (entry === undefined)
      throw new ServiceError(
        'NotFoundException',
        `Email address ${address} does not exist on your suppression list.`,
        404,
      );
    return entry;
  };
  return [
    route('PutSuppressedDestination', 'PUT', '/suppression/addresses', (call) => {
      const { EmailAddress, Reason } = parseInput(suppressSchema, call.json(), 'BadRequestException');
      suppressed.put({ address: EmailAddress, reason: Reason, at: now() });
    }),
    route('ListSuppressedDestinations', 'GET', '/suppression/addresses', (call) => {
      refuseOptions(Object.fromEntries(call.query), ['TenantName']);
      const reasons = call.query.getAll('Reason');
      const from = instantOf(call, 'StartDate') ?? Number.NEGATIVE_INFINITY;
      const to = instantOf(call, 'EndDate') ?? Number.POSITIVE_INFINITY;
      const all = suppressed
        .all()
        .filter(
          ({ reason, at }) => (reasons.length === 0 || reasons.includes(reason)) && at >= from && at <= to,
        );
      const { page, NextToken } = pageOf(
        parseInput(pageSchema, pageInQuery(call), 'BadRequestException'),
        all,
      );
      return { SuppressedDestinationSummaries: page.map(summaryOf), NextToken };
    }),
    route('GetSuppressedDestination', 'GET', '/suppression/addresses/{EmailAddress}', (call) => {
      const entry = found(call);
      const { messageId, feedbackId } = entry;
      return {
        SuppressedDestination: {
          ...summaryOf(entry),
          ...(messageId === undefined
            ? {}
            : { Attributes: { MessageId: messageId, FeedbackId: feedbackId } }),
        },
      };
    }),
    route('DeleteSuppressedDestination', 'DELETE', '/suppression/addresses/{EmailAddress}', (call) => {
      suppressed.remove(found(call).address);
    }),
  ];
}

function summaryOf({ address, reason, at }: SuppressedAddress) {
  return { EmailAddress: address, Reason: reason, LastUpdateTime: at / 1000 };
}

function instantOf({ query }: RestCall, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new ServiceError('BadRequestException', `${name} is no date.`);
  return instant;
}

const pageSchema = z.strictObject({
  PageSize: z.int().min(1).max(1000).optional(),
  NextToken: z.string().regex(/^\d+$/).optional(),
});
type PageAsked = z.output<typeof pageSchema>;

/** Two forms of the same operation: clients of 2026 post what earlier ones have put into the query. */
function listRoutes(
  operation: string,
  path: string,
  posted: string,
  run: (asked: PageAsked) => unknown,
): RestRoute[] {
  return [
    route(operation, 'GET', path, (call) => run(pageAsked(pageInQuery(call)))),
    route(operation, 'POST', posted, (call) => run(pageAsked(call.json()))),
  ];
}

function pageAsked(given: unknown): PageAsked {
  refuseOptions(given, ['Filter']);
  return parseInput(pageSchema, given, 'BadRequestException');
}

function pageInQuery({ query }: RestCall): unknown {
  const size = query.get('PageSize');
  return {
    ...(size === null ? {} : { PageSize: Number(size) }),
    ...(query.has('NextToken') ? { NextToken: query.get('NextToken') } : {}),
  };
}

/** Of as many as SES returns at most; the token is the number of those before. */
function pageOf<Item>({ PageSize = 1000, NextToken = '0' }: PageAsked, all: readonly Item[]) {
  const from = Number(NextToken);
  const page = all.slice(from, from + PageSize);
  return from + PageSize < all.length ? { page, NextToken: String(from + PageSize) } : { page };
}
