// What providers report, as journeys hear it: minimal examples, and every sample of the providers' own documentation where the folder
// with them is there.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { reportEvent, type ProviderReading } from '#lib/contracts/provider-events/provider-event.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { parseInstant } from '#lib/contracts/time.ts';

const SENT: SentMessage = {
  customer: 'c'.repeat(32),
  run: 'd'.repeat(24),
  step: 'remind',
  visit: 1,
  journey: 'cart-recovery',
  message: 'cart-reminder',
};
const TAGS = Object.fromEntries(messageTags('wend-test', SENT).map(({ Name, Value }) => [Name, [Value]]));
const ADDRESS = 'ana@example.com';

/** An event of SES about our e-mail; every event names the recipient, as SES does. */
function ses(eventType: string, more: object = {}, tags: object = TAGS) {
  const mail = {
    messageId: 'm-1',
    timestamp: '2026-11-22T10:00:00.000Z',
    destination: [ADDRESS],
    tags: { 'ses:configuration-set': ['wend-test'], ...tags },
  };
  return { source: 'aws.ses', 'detail-type': `Email ${eventType}`, detail: { eventType, mail, ...more } };
}
const timestamp = '2026-11-22T10:00:05.000Z';
const recipients = [{ emailAddress: ADDRESS, diagnosticCode: `smtp; 550 ${ADDRESS} unknown` }];

function sms(eventType: string) {
  return {
    source: 'aws.sms-voice',
    'detail-type': 'Text Message Delivery Status Updated',
    detail: { eventType, eventTimestamp: 1_795_341_605_000, messageId: 's-1', isoCountryCode: 'DE' },
  };
}

function whatsapp(status: string, more: object = {}) {
  return {
    source: 'aws.social-messaging',
    'detail-type': 'WhatsApp Message Delivered',
    detail: { status, eventTimestamp: '1795341605', messageId: 'w-1', ...more },
  };
}

function told(reading: ProviderReading): unknown {
  return 'report' in reading ? [reading.report.event, reading.report.properties] : reading.kind;
}

function id(event: unknown): string | undefined {
  const reading = readProviderEvent('wend-test', event);
  return 'report' in reading ? reading.report.id : undefined;
}

describe('e-mails: by their tags', () => {
  it.each<[string, object, unknown]>([
    ['Delivery', { delivery: { timestamp } }, ['Message Delivered', {}]],
    [
      'Bounce',
      {
        bounce: {
          timestamp,
          bounceType: 'Permanent',
          bounceSubType: 'NoEmail',
          bouncedRecipients: recipients,
        },
      },
      ['Message Bounced', { type: 'hard', reason: 'NoEmail' }],
    ],
    [
      'Bounce',
      { bounce: { timestamp, bounceType: 'Transient', bounceSubType: 'MailboxFull' } },
      ['Message Bounced', { type: 'soft', reason: 'MailboxFull' }],
    ],
    [
      'Bounce',
      { bounce: { timestamp, bounceType: 'Undetermined' } },
      ['Message Bounced', { type: 'soft', reason: 'Undetermined' }],
    ],
    [
      'Complaint',
      { complaint: { timestamp, complaintFeedbackType: 'abuse' } },
      ['Message Complained', { reason: 'abuse' }],
    ],
    [
      'Complaint',
      { complaint: { timestamp, complaintSubType: 'OnAccountSuppressionList' } },
      ['Message Complained', { reason: 'OnAccountSuppressionList' }],
    ],
    ['Complaint', { complaint: { timestamp, complaintFeedbackType: null } }, ['Message Complained', {}]],
    ['Complaint', { complaint: { timestamp, complaintFeedbackType: 'not-spam' } }, 'nothing to tell'],
    ['Open', { open: { timestamp, isBotEvent: 'Unlikely' } }, ['Message Opened', { machine: false }]],
    ['Open', { open: { timestamp, isBotEvent: 'Likely' } }, ['Message Opened', { machine: true }]],
    [
      'Click',
      { click: { timestamp, link: 'https://shop.example/p/7', isBotEvent: 'Likely' } },
      ['Message Clicked', { link: 'https://shop.example/p/7', machine: true }],
    ],
    ['Reject', { reject: { reason: 'Bad content' } }, ['Message Rejected', { reason: 'Rejected' }]],
    [
      'Rendering Failure',
      { failure: { errorMessage: ADDRESS } },
      ['Message Rejected', { reason: 'RenderingFailure' }],
    ],
    [
      'Subscription',
      { subscription: { timestamp, newTopicPreferences: { unsubscribeAll: true } } },
      ['Message Unsubscribed', { topic: '*', channel: 'email' }],
    ],
    [
      'Subscription',
      {
        subscription: {
          timestamp,
          newTopicPreferences: { topicSubscriptionStatus: [{ subscriptionStatus: 'OptOut' }] },
        },
      },
      ['Message Unsubscribed', {}],
    ],
    [
      'Subscription',
      {
        subscription: {
          timestamp,
          newTopicPreferences: { topicSubscriptionStatus: [{ subscriptionStatus: 'OptIn' }] },
        },
      },
      'nothing to tell',
    ],
    ['Send', { send: {} }, 'nothing to tell'],
    [
      'DeliveryDelay',
      { deliveryDelay: { timestamp, delayType: 'MailboxFull' } },
      ['Message Delayed', { reason: 'MailboxFull' }],
    ],
    ['Something New', {}, 'nothing to tell'],
    // Without what it says it is none: kept where somebody can look at it.
    ['Delivery', {}, 'refused'],
    ['Bounce', { bounce: { timestamp, bounceType: 'Forever' } }, 'refused'],
    ['Open', { open: { timestamp: 'soon' } }, 'refused'],
  ])('%s %j', (eventType, more, expected) => {
    const reading = readProviderEvent('wend-test', ses(eventType, more));
    expect(told(reading)).toEqual(expected);
    expect(JSON.stringify(reading)).not.toContain(ADDRESS);
  });

  it.each<[string, string, boolean]>([
    ['a scanner that SES knows', 'Likely', true],
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15', false],
    ['Apple fetches in advance', 'Mozilla/5.0', true],
    [
      'Gmail fetches when somebody opens',
      'Mozilla/5.0 (Windows NT 5.1) Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      false,
    ],
    ['a program', 'python-requests/2.31', true],
    ['a crawler', 'Mozilla/5.0 (compatible; SomeBot/2.0; bot/1.0)', true],
    ['a gateway', 'Barracuda Sentinel', true],
    ['nobody says', '', false],
  ])('opened by %s', (_, sign, machine) => {
    const act = sign === 'Likely' ? { isBotEvent: sign } : { userAgent: sign, isBotEvent: 'Unlikely' };
    expect(told(readProviderEvent('wend-test', ses('Open', { open: { timestamp, ...act } })))).toEqual([
      'Message Opened',
      { machine },
    ]);
  });

  it('become an event of the customer that names message, step and send', () => {
    const reading = readProviderEvent('wend-test', ses('Delivery', { delivery: { timestamp } }));
    if (reading.kind !== 'about') throw new Error(reading.kind);
    const received = parseInstant('2026-11-22T10:00:09Z');
    if (received === undefined) throw new Error('no instant');
    expect(reportEvent(reading.report, reading.sent, reading.channel, received)).toEqual({
      kind: 'event',
      id: reading.report.id,
      at: timestamp,
      received,
      event: 'Message Delivered',
      properties: {
        send: `${SENT.run}/remind/1`,
        message: 'cart-reminder',
        channel: 'email',
        journey: 'cart-recovery',
        step: 'remind',
      },
    });
  });

  it('told twice are one event; two openings and two links of one instant are two', () => {
    const open = (at: string) => ses('Open', { open: { timestamp: at } });
    const click = (link: string) => ses('Click', { click: { timestamp, link } });
    const delivered = { ...ses('Delivery', { delivery: { timestamp } }), id: 'one envelope' };
    expect(id({ ...delivered, id: 'another envelope' })).toBe(id(delivered));
    expect(id(open('2026-11-22T10:00:06.000Z'))).not.toBe(id(open(timestamp)));
    expect(id(click('https://shop.example/a'))).not.toBe(id(click('https://shop.example/b')));
  });

  it('of other systems and other deployments are not ours', () => {
    expect(readProviderEvent('wend-test', ses('Delivery', { delivery: { timestamp } }, {}))).toEqual({
      kind: 'not ours',
    });
    expect(readProviderEvent('wend-other', ses('Delivery', { delivery: { timestamp } })).kind).toBe(
      'not ours',
    );
  });
});

describe('text messages: by the id of the provider', () => {
  it.each<[string, unknown]>([
    ['TEXT_DELIVERED', ['Message Delivered', {}]],
    ['TEXT_SUCCESSFUL', ['Message Delivered', {}]],
    ['TEXT_INVALID', ['Message Bounced', { type: 'hard', reason: 'INVALID' }]],
    ['TEXT_CARRIER_BLOCKED', ['Message Bounced', { type: 'soft', reason: 'CARRIER_BLOCKED' }]],
    ['TEXT_UNREACHABLE', ['Message Bounced', { type: 'soft', reason: 'UNREACHABLE' }]],
    ['TEXT_CARRIER_UNREACHABLE', ['Message Bounced', { type: 'soft', reason: 'CARRIER_UNREACHABLE' }]],
    ['TEXT_BLOCKED', ['Message Bounced', { type: 'soft', reason: 'BLOCKED' }]],
    ['TEXT_TTL_EXPIRED', ['Message Bounced', { type: 'soft', reason: 'TTL_EXPIRED' }]],
    // They never set out: nothing is known of the number.
    ['TEXT_SPAM', ['Message Rejected', { reason: 'SPAM' }]],
    ['TEXT_INVALID_MESSAGE', ['Message Rejected', { reason: 'INVALID_MESSAGE' }]],
    ['TEXT_PROTECT_BLOCKED', ['Message Rejected', { reason: 'PROTECT_BLOCKED' }]],
    ['TEXT_SOMETHING_NEW', 'nothing to tell'],
    ['TEXT_QUEUED', 'nothing to tell'],
    ['TEXT_UNKNOWN', 'nothing to tell'],
  ])('%s', (eventType, expected) => {
    expect(told(readProviderEvent('wend-test', sms(eventType)))).toEqual(expected);
  });

  it('name the message and the moment', () => {
    expect(readProviderEvent('wend-test', sms('TEXT_DELIVERED'))).toMatchObject({
      kind: 'by id',
      channel: 'sms',
      id: 's-1',
      report: { at: '2026-11-22T10:00:05.000Z' },
    });
  });

  it('calls of a voice are not ours', () => {
    const event = { ...sms('VOICE_COMPLETED'), 'detail-type': 'Voice Message Delivery Status Updated' };
    expect(readProviderEvent('wend-test', event)).toEqual({ kind: 'not ours' });
  });
});

describe('WhatsApp: by the id of the provider', () => {
  it.each<[string, object, unknown]>([
    ['delivered', {}, ['Message Delivered', {}]],
    ['read', {}, ['Message Opened', { machine: false }]],
    [
      'failed',
      { errors: [{ code: 131_026, title: 'Message undeliverable' }] },
      ['Message Bounced', { type: 'soft', reason: '131026' }],
    ],
    ['failed', {}, ['Message Bounced', { type: 'soft', reason: 'failed' }]],
    ['sent', {}, 'nothing to tell'],
  ])('%s %j', (status, more, expected) => {
    expect(told(readProviderEvent('wend-test', whatsapp(status, more)))).toEqual(expected);
  });

  it('name the message and the moment', () => {
    expect(readProviderEvent('wend-test', whatsapp('delivered'))).toMatchObject({
      kind: 'by id',
      channel: 'whatsapp',
      id: 'w-1',
      report: { at: '2026-11-22T10:00:05.000Z' },
    });
  });

  it('incoming messages tell nothing', () => {
    const event = { ...whatsapp(''), detail: { whatsAppWebhookEntry: '{}' } };
    expect(readProviderEvent('wend-test', event)).toMatchObject({ kind: 'nothing to tell' });
  });
});

it('whatever comes, the reading is a value and a refusal quotes nothing of it', () => {
  const sources = fc.constantFrom('aws.ses', 'aws.sms-voice', 'aws.social-messaging', 'shop');
  const broken = fc.record({
    source: sources,
    'detail-type': fc.constantFrom('Email Delivered', 'Text Message Delivery Status Updated', 'x'),
    detail: fc.oneof(fc.object(), fc.constant({ mail: ADDRESS, eventType: ADDRESS, status: ADDRESS })),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), broken), (event) => {
      expect(JSON.stringify(readProviderEvent('wend-test', event))).not.toContain(ADDRESS);
    }),
  );
});

const SAMPLES = join(import.meta.dirname, '../../../shared/samples/provider-events');

function samples(folder: string): (readonly [string, Record<string, unknown>])[] {
  const files = existsSync(SAMPLES) ? readdirSync(join(SAMPLES, folder)) : [];
  return files.map((file) => [file, JSON.parse(readFileSync(join(SAMPLES, folder, file), 'utf8'))]);
}

/** What each file is heard as; a file that comes new is missing here until somebody has looked at it. */
const HEARD: Readonly<Record<string, string>> = {
  'bounce.json': 'Message Bounced',
  'click.json': 'Message Clicked',
  'complaint.json': 'Message Complained',
  'delivery.json': 'Message Delivered',
  'deliverydelay.json': 'Message Delayed',
  'eventbridge-envelope-rendering-failed.json': 'Message Rejected',
  'open.json': 'Message Opened',
  'reject.json': 'Message Rejected',
  'rendering-failure.json': 'Message Rejected',
  'send.json': 'nothing to tell',
  'subscription.json': 'Message Unsubscribed',
  'eventbridge-text-successful-sender-id.json': 'Message Delivered',
  'eventbridge-text-successful-us.json': 'Message Delivered',
  'eventbridge-voice-initiated.json': 'not ours',
  'text-protect-blocked.json': 'Message Rejected',
  'text-successful.json': 'Message Delivered',
  'voice-completed.json': 'nothing to tell',
  'eventbridge-delivered.json': 'Message Delivered',
  'eventbridge-failed.json': 'Message Bounced',
  'eventbridge-read.json': 'Message Opened',
  'eventbridge-sent.json': 'nothing to tell',
  // What WhatsApp's webhook hands to SNS does not come over the bus.
  'sns-webhook-entry-status-sent.json': 'refused',
};

function heard(event: unknown): unknown {
  const reading = readProviderEvent('wend-test', event);
  return 'report' in reading ? reading.report.event : reading.kind;
}

describe.skipIf(!existsSync(SAMPLES))('samples of the providers’ documentation', () => {
  it.each(samples('ses-events'))('SES: %s', (file, sample) => {
    const detail = (sample['detail'] ?? sample) as { mail: { tags: object } };
    const event = { source: 'aws.ses', 'detail-type': 'Email', detail };
    // As it stands it is about an e-mail of somebody else; with our tags it is about ours.
    expect(heard(event)).toBe('not ours');
    const mail = { ...detail.mail, tags: { ...detail.mail.tags, ...TAGS } };
    expect(heard({ ...event, detail: { ...detail, mail } })).toBe(HEARD[file]);
  });

  it.each(samples('sms-events'))('SMS: %s', (file, sample) => {
    const envelope = {
      source: 'aws.sms-voice',
      'detail-type': 'Text Message Delivery Status Updated',
      detail: sample,
    };
    expect(heard('detail' in sample ? sample : envelope)).toBe(HEARD[file]);
  });

  it.each(samples('whatsapp-events'))('WhatsApp: %s', (file, sample) => {
    expect(heard(sample)).toBe(HEARD[file]);
  });
});
