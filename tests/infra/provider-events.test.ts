// What the stack has for messages: events of providers come back, and one function may send, from the senders of the settings.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { DeployedFunction } from '#lib/infra/deployed-function.ts';
import { grantDelivery } from '#lib/infra/delivery-permissions.ts';
import { ProviderEvents } from '#lib/infra/provider-events.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { settingsSchema, type Settings } from '#lib/journey/settings.ts';

function settings(senders: object): Settings {
  return settingsSchema.parse({
    brand: { name: 'Shop' },
    timezone: 'UTC',
    locale: 'en',
    senders,
    endpoints: {
      crm: { url: 'https://crm.example', headers: { Authorization: { secret: 'crm-token' } } },
      other: { url: 'https://other.example', headers: { Authorization: { secret: 'other-token' } } },
    },
  });
}

const ALL = settings({
  default: {
    email: { from: 'Shop <hello@shop.example>' },
    sms: { sender: '+4930123456' },
    whatsapp: { sender: 'phone-number-id-0123' },
    push: { application: 'app-1' },
    webhook: { endpoint: 'crm' },
  },
  orders: { email: { from: 'bestellung@bücher.example' }, sms: { sender: 'SHOP' } },
});

/** A workspace with one journey that waits for an event. */
function workspaceOf(of: Settings, event: string): DeployedWorkspace {
  const rest: NodeOf<'waitFor'> = {
    kind: 'waitFor',
    within: '1 day',
    since: 'step',
    events: [{ event, next: null }],
    otherwise: null,
  };
  return {
    format: 1,
    mark: 'm',
    settings: of,
    manifests: [
      {
        format: 1,
        journey: 'sample',
        version: 'v1',
        entry: { trigger: { kind: 'event', event: 'Signed Up' }, reentry: { mode: 'always' } },
        priority: 0,
        exits: [],
        flow: { start: 'rest', nodes: { rest } },
      },
    ],
    newest: { sample: 'v1' },
    journeys: {},
    segments: [],
  };
}

function template(of: Settings, waits = 'Order Completed'): Template {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
  const folder = mkdtempSync(join(tmpdir(), 'wend-delivery-'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {};\n');
  const deployment = 'wend-test';
  const events = new Queue(stack, 'Events');
  const deadLetters = new Queue(stack, 'DeadLetters');
  const sendMessage = new DeployedFunction(stack, 'SendMessage', {
    deployment,
    name: 'send-message',
    folder,
    environment: {},
    logRetention: RetentionDays.ONE_MONTH,
  });
  new ProviderEvents(stack, 'ProviderEvents', {
    deployment,
    workspace: workspaceOf(of, waits),
    events,
    deadLetters,
  });
  grantDelivery({ deployment, sendMessage, settings: of });
  return Template.fromStack(stack);
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Statements about providers, by action. */
function statements(of: Template): Readonly<Record<string, Statement[]>> {
  const policies = Object.values(of.findResources('AWS::IAM::Policy'));
  const all = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
  return Object.fromEntries(
    Object.entries(Object.groupBy(all, ({ Action }) => [Action].flat().join())).map(([action, some]) => [
      action,
      some ?? [],
    ]),
  );
}

/** An ARN in the account and Region of the stack. */
function own(service: string, resource: string) {
  return {
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, `:${service}:eu-central-1:123456789012:${resource}`],
    ],
  };
}

const full = template(ALL);

describe('what providers report', () => {
  it('comes from one configuration set that asks for encryption and keeps the account’s list of bounces', () => {
    const [set] = Object.values(full.findResources('AWS::SES::ConfigurationSet'));
    expect(set?.Properties).toMatchObject({
      Name: 'wend-test',
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      ReputationOptions: { ReputationMetricsEnabled: true },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const [destination] = Object.values(full.findResources('AWS::SES::ConfigurationSetEventDestination'));
    expect(destination?.Properties.EventDestination).toMatchObject({
      Enabled: true,
      EventBridgeDestination: { EventBusArn: expect.anything() },
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
    });
  });

  it('of e-mails that are still tried, is told only where a journey wants to hear of it', () => {
    const [destination] = Object.values(
      template(ALL, 'Message Delayed').findResources('AWS::SES::ConfigurationSetEventDestination'),
    );
    expect(destination?.Properties.EventDestination.MatchingEventTypes).toContain('deliveryDelay');
  });

  it('goes into the queue of events by rules of the default bus, and what cannot to the dead letters', () => {
    const rules = Object.values(full.findResources('AWS::Events::Rule'));
    expect(rules.map(({ Properties }) => Properties.Name)).toEqual([
      'wend-test-email-reports',
      'wend-test-sms-reports',
      'wend-test-whatsapp-reports',
    ]);
    for (const { Properties } of rules) {
      expect(Properties.EventBusName).toBe('default');
      expect(Properties.Targets).toMatchObject([{ DeadLetterConfig: { Arn: expect.anything() } }]);
    }
    full.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { 'ses:configuration-set': ['wend-test'] } } },
      },
    });
  });

  it('is passed where it tells something, and nothing else is', () => {
    const [sms] = Object.values(
      full.findResources('AWS::Events::Rule', { Properties: { Name: 'wend-test-sms-reports' } }),
    );
    const { source, 'detail-type': detailTypes, detail } = sms?.Properties.EventPattern ?? {};
    for (const eventType of detail.eventType) {
      const event = {
        source: source[0],
        'detail-type': detailTypes[0],
        detail: { eventType, eventTimestamp: 0, messageId: 'm' },
      };
      expect(readProviderEvent('wend-test', event)).toMatchObject({ kind: 'by id' });
    }
  });

  it('of channels without a sender is not listened for', () => {
    const some = template(settings({ default: { email: { from: 'hello@shop.example' } } }));
    some.resourceCountIs('AWS::Events::Rule', 1);
    expect(Object.keys(statements(some)).filter((action) => /^(?!ses:|logs:|xray:)/.test(action))).toEqual(
      [],
    );
  });
});

describe('who may send', () => {
  const granted = statements(full);
  it('e-mails: from the addresses of the settings, as SES spells them', () => {
    expect(granted['ses:SendEmail']).toMatchObject([
      {
        Resource: [own('ses', 'identity/*'), own('ses', 'configuration-set/wend-test')],
        Condition: {
          StringEquals: { 'ses:FromAddress': ['bestellung@xn--bcher-kva.example', 'hello@shop.example'] },
        },
      },
    ]);
  });

  it('e-mails of a brand with a tenant: by that tenant alone', () => {
    const brands = statements(
      template(
        settings({
          default: { email: { from: 'hello@shop.example' } },
          outlet: { email: { from: 'hello@outlet.example', tenant: 'outlet' } },
        }),
      ),
    );
    expect(brands['ses:SendEmail']?.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'ses:FromAddress': ['hello@shop.example'] } },
      { StringEquals: { 'ses:FromAddress': ['hello@outlet.example'], 'ses:TenantName': 'outlet' } },
    ]);
  });

  it('text messages: from the numbers for single countries too', () => {
    const abroad = statements(
      template(
        settings({
          default: {
            sms: {
              sender: 'SHOP',
              countries: { US: { sender: 'pool-1' }, IN: { entityId: '1107160000000000001' } },
            },
          },
        }),
      ),
    );
    expect(abroad['sms-voice:SendTextMessage']?.flatMap(({ Resource }) => Resource)).toEqual([
      own('sms-voice', 'sender-id/SHOP/*'),
      own('sms-voice', 'pool/pool-1'),
    ]);
  });

  it.each([
    ['sms-voice:SendTextMessage', [own('sms-voice', 'phone-number/*'), own('sms-voice', 'sender-id/SHOP/*')]],
    ['mobiletargeting:SendMessages', [own('mobiletargeting', 'apps/app-1/messages')]],
    ['social-messaging:SendWhatsAppMessage', [own('social-messaging', 'phone-number-id/0123')]],
    ['secretsmanager:GetSecretValue', [own('secretsmanager', 'secret:crm-token-??????')]],
  ])('%s', (action, resources) => {
    expect(granted[action]?.flatMap(({ Resource }) => Resource)).toEqual(resources);
  });
});
