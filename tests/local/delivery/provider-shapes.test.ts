// Reports have the shapes of the providers' own: key by key against events as their documentation shows them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SendWhatsAppMessageCommand } from '@aws-sdk/client-socialmessaging';
import { describe, expect, it } from 'vitest';
import type { Behaviour } from '#lib/local/delivery/behaviours/behaviour.ts';
import type { Channel } from '#lib/local/delivery/outbox/outbox-message.ts';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';
import { openDelivery, type OpenDelivery } from './delivery-fixture.ts';

const SAMPLES = join(import.meta.dirname, '../../../../shared/samples/provider-events');

/** `a.b[].c` for every value; what stands under names that the sender chooses is left out. */
function places(value: unknown, place = ''): string[] {
  if (/\.tags$|linkTags$|topicSubscriptionStatus$/.test(place)) return [place];
  if (Array.isArray(value))
    return value.length === 0
      ? [`${place}[]`]
      : [...new Set(value.flatMap((one) => places(one, `${place}[]`)))];
  if (typeof value !== 'object' || value === null) return [place];
  return Object.entries(value)
    .flatMap(([name, one]) => places(one, `${place}.${name}`))
    .toSorted();
}

async function sendOne(channel: Channel, { ses, sms, whatsapp }: OpenDelivery): Promise<void> {
  if (channel === 'email')
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'Kestrel <hello@kestrel-lane.example>',
        Destination: { ToAddresses: ['ana@example.com'] },
        ConfigurationSetName: 'wend-test',
        EmailTags: messageTags('wend-test', SENT),
        Content: {
          Simple: {
            Subject: { Data: 'Hi' },
            Body: { Html: { Data: '<a href="https://kestrel-lane.example/p">Hi</a>' } },
          },
        },
      }),
    );
  else if (channel === 'sms')
    await sms.send(
      new SendTextMessageCommand({
        DestinationPhoneNumber: '+12065550100',
        OriginationIdentity: '+18445550123',
        MessageBody: 'Hi',
      }),
    );
  else
    await whatsapp.send(
      new SendWhatsAppMessageCommand({
        originationPhoneNumberId: 'phone-number-id-574086085794038',
        metaApiVersion: 'v20.0',
        message: Buffer.from(
          JSON.stringify({
            messaging_product: 'whatsapp',
            to: '+34600000001',
            type: 'text',
            text: { body: 'Hi' },
          }),
        ),
      }),
    );
}

describe.skipIf(!existsSync(SAMPLES))('a report', () => {
  it.each<[Channel, Behaviour, detailType: string, sample: string]>([
    ['email', { does: 'deliver' }, 'Email Sent', 'ses-events/send.json'],
    ['email', { does: 'deliver' }, 'Email Delivered', 'ses-events/delivery.json'],
    ['email', { does: 'bounce', type: 'permanent' }, 'Email Bounced', 'ses-events/bounce.json'],
    ['email', { does: 'complain' }, 'Email Complaint Received', 'ses-events/complaint.json'],
    ['email', { does: 'reject' }, 'Email Rejected', 'ses-events/reject.json'],
    ['email', { does: 'open' }, 'Email Opened', 'ses-events/open.json'],
    ['email', { does: 'click' }, 'Email Clicked', 'ses-events/click.json'],
    ['email', { does: 'delay', seconds: 900 }, 'Email Delivery Delayed', 'ses-events/deliverydelay.json'],
    ['email', { does: 'unsubscribe' }, 'Email Subscribed', 'ses-events/subscription.json'],
    [
      'sms',
      { does: 'deliver' },
      'Text Message Delivery Status Updated',
      'sms-events/eventbridge-text-successful-us.json',
    ],
    ['whatsapp', { does: 'open' }, 'WhatsApp Message Sent', 'whatsapp-events/eventbridge-sent.json'],
    [
      'whatsapp',
      { does: 'open' },
      'WhatsApp Message Delivered',
      'whatsapp-events/eventbridge-delivered.json',
    ],
    ['whatsapp', { does: 'open' }, 'WhatsApp Message Read', 'whatsapp-events/eventbridge-read.json'],
    [
      'whatsapp',
      { does: 'bounce', type: 'permanent' },
      'WhatsApp Message Failed',
      'whatsapp-events/eventbridge-failed.json',
    ],
  ])('of %s after %j as %s has the places of %s', async (channel, behaviour, detailType, sample) => {
    const open = await openDelivery();
    open.delivery.addEventDestination('All', {
      ConfigurationSetName: 'wend-test',
      EventDestination: {
        Name: 'all',
        Enabled: true,
        MatchingEventTypes: ['send', 'deliveryDelay'],
        EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:1:event-bus/default' },
      },
    });
    open.delivery.behaviours.set({ channel, recipient: '*', behaviour });
    await sendOne(channel, open);
    await open.seconds(1000);
    const event = open.told.find((one) => one.detailType === detailType);
    const wanted = JSON.parse(readFileSync(join(SAMPLES, sample), 'utf8')) as Record<string, unknown>;
    const ours = asOnTheBus(event) as { readonly detail: unknown; readonly source: string };
    expect(places(ours.detail)).toEqual(places(wanted['detail'] ?? wanted));
    // Samples of SES are the content alone.
    const { source = 'aws.ses', 'detail-type': type = detailType } = wanted;
    expect(ours).toMatchObject({ source, 'detail-type': type });
  });
});
