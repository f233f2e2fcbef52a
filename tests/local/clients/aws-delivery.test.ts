// What an operator does about messages with AWS CLI: sends one, looks at who is kept from getting any, and takes them off.
import { describe, expect, it } from 'vitest';
import { openDelivery } from '../delivery/delivery-fixture.ts';
import { aws, AWS_TIMEOUT_MILLIS, awsJson, hasAws } from './aws-command.ts';

const EMAIL = [
  'sesv2',
  'send-email',
  '--from-email-address',
  'hello@kestrel-lane.example',
  '--configuration-set-name',
  'wend-test',
  '--content',
  JSON.stringify({ Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } }),
  '--destination',
];

describe.skipIf(!hasAws)('AWS CLI', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  it('sends an e-mail to a simulated mailbox, and sees the account and its lists', async () => {
    const { endpoint, delivery, told, seconds } = await openDelivery();
    const sent = await awsJson(endpoint, [...EMAIL, 'ToAddresses=bounce@simulator.amazonses.com']);
    await seconds(10);
    expect(delivery.outbox.page(1).messages).toMatchObject([
      { providerId: (sent as { MessageId: string }).MessageId, content: { subject: 'Hi', text: 'Hi' } },
    ]);
    expect(told.map(({ detailType }) => detailType)).toEqual(['Email Bounced']);
    const refused = await aws(endpoint, [...EMAIL, 'ToAddresses=nobody']);
    expect(refused).toMatchObject({ code: 254 });
    expect(refused.stderr).toContain('(BadRequestException)');
    expect(await awsJson(endpoint, ['sesv2', 'list-email-identities'])).toMatchObject({
      EmailIdentities: [{ IdentityName: 'kestrel-lane.example', SendingEnabled: true }],
    });
    expect(await awsJson(endpoint, ['sesv2', 'get-account'])).toMatchObject({
      SendQuota: { SentLast24Hours: 1 },
    });
    const put = ['sesv2', 'put-suppressed-destination', '--reason', 'BOUNCE', '--email-address'];
    await awsJson(endpoint, [...put, 'a@example.com']);
    expect(
      await awsJson(endpoint, ['sesv2', 'list-suppressed-destinations', '--reasons', 'BOUNCE']),
    ).toMatchObject({
      SuppressedDestinationSummaries: [{ EmailAddress: 'a@example.com', Reason: 'BOUNCE' }],
    });
    await awsJson(endpoint, ['sesv2', 'delete-suppressed-destination', '--email-address', 'a@example.com']);
  });

  it('stops all e-mail of the account, and lets it go on', async () => {
    const { endpoint, delivery } = await openDelivery();
    const attributes = ['sesv2', 'put-account-sending-attributes'];
    const account = () => awsJson(endpoint, ['sesv2', 'get-account', '--query', 'SendingEnabled']);
    await awsJson(endpoint, [...attributes, '--no-sending-enabled']);
    expect(await account()).toBe(false);
    const refused = await aws(endpoint, [...EMAIL, 'ToAddresses=ana@example.com']);
    expect(refused.stderr).toContain(
      'An error occurred (SendingPausedException) when calling the SendEmail operation',
    );
    expect(delivery.outbox.taken).toBe(0);
    await awsJson(endpoint, [...attributes, '--sending-enabled']);
    expect(await account()).toBe(true);
    await awsJson(endpoint, [...EMAIL, 'ToAddresses=ana@example.com']);
    expect(delivery.outbox.taken).toBe(1);
  });

  it('sends a text message and opts the number in again', async () => {
    const { endpoint, delivery } = await openDelivery();
    const send = [
      'pinpoint-sms-voice-v2',
      'send-text-message',
      '--destination-phone-number',
      '+34600000001',
      '--origination-identity',
      'KestrelLane',
      '--message-body',
      'Hi',
    ];
    await awsJson(endpoint, send);
    expect(delivery.outbox.taken).toBe(1);
    const list = ['--opt-out-list-name', 'Default', '--opted-out-number', '+34600000001'];
    await awsJson(endpoint, ['pinpoint-sms-voice-v2', 'put-opted-out-number', ...list]);
    const refused = await aws(endpoint, send);
    expect(refused.stderr).toContain('(ConflictException)');
    expect(
      await awsJson(endpoint, [
        'pinpoint-sms-voice-v2',
        'describe-opted-out-numbers',
        '--opt-out-list-name',
        'Default',
      ]),
    ).toMatchObject({ OptedOutNumbers: [{ OptedOutNumber: '+34600000001', EndUserOptedOut: false }] });
    await awsJson(endpoint, ['pinpoint-sms-voice-v2', 'delete-opted-out-number', ...list]);
    await awsJson(endpoint, send);
  });

  it('sends a push notification', async () => {
    const { endpoint, delivery } = await openDelivery();
    const request = {
      Addresses: { token: { ChannelType: 'GCM' } },
      MessageConfiguration: {
        GCMMessage: {
          RawContent: JSON.stringify({
            fcmV1Message: { message: { notification: { title: 'Hi', body: 'There' } } },
          }),
        },
      },
    };
    expect(
      await awsJson(endpoint, [
        'pinpoint',
        'send-messages',
        '--application-id',
        'app',
        '--message-request',
        JSON.stringify(request),
      ]),
    ).toMatchObject({ MessageResponse: { Result: { token: { DeliveryStatus: 'SUCCESSFUL' } } } });
    expect(delivery.outbox.page(1).messages[0]?.content).toMatchObject({ title: 'Hi', body: 'There' });
  });
});
