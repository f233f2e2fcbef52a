// E-mail through SES's own client: what is taken, what is refused by which name, what is told.
import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListConfigurationSetsCommand,
  ListContactsCommand,
  ListEmailIdentitiesCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { openDelivery, START } from './delivery-fixture.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';

const HTML =
  '<html><body>\n<div style="display:none;max-height:0">Just &amp; in</div><p>Hi <a class="b" href="https://kestrel-lane.example/p?a=1&amp;b=2">Look</a></p></body></html>';

function email(to: string, more: Partial<SendEmailCommandInput> = {}): SendEmailCommand {
  return new SendEmailCommand({
    FromEmailAddress: 'Kestrel Lane <hello@kestrel-lane.example>',
    Destination: { ToAddresses: [to] },
    Content: {
      Simple: {
        Subject: { Data: 'Your wishlist', Charset: 'UTF-8' },
        Body: { Html: { Data: HTML, Charset: 'UTF-8' }, Text: { Data: 'Hi' } },
      },
    },
    ConfigurationSetName: 'wend-test',
    EmailTags: messageTags('wend-test', SENT),
    ...more,
  });
}

describe('an e-mail', () => {
  it('is in the outbox as it looks, with whose it is, and is told to have arrived', async () => {
    const { ses, delivery, told, seconds } = await openDelivery();
    const { MessageId } = await ses.send(email('ana@example.com', { TenantName: 'kestrel-outlet' }));
    const [message] = delivery.outbox.page(10).messages;
    expect(message).toMatchObject({
      channel: 'email',
      at: START,
      to: ['ana@example.com'],
      providerId: MessageId,
      about: { deployment: 'wend-test', ...SENT },
      content: {
        subject: 'Your wishlist',
        preheader: 'Just & in',
        html: HTML,
        from: 'Kestrel Lane <hello@kestrel-lane.example>',
        tenant: 'kestrel-outlet',
      },
      links: ['https://kestrel-lane.example/p?a=1&b=2'],
      states: [{ at: START, state: 'accepted' }],
    });
    expect(told).toEqual([]);
    await seconds(10);
    expect(delivery.outbox.page(10).messages[0]?.states.map(({ state }) => state)).toEqual([
      'accepted',
      'sent',
      'delivered',
    ]);
    // The configuration set does not ask for "sent".
    expect(told.map(({ detailType }) => detailType)).toEqual(['Email Delivered']);
    expect(readProviderEvent('wend-test', asOnTheBus(told[0]))).toMatchObject({
      kind: 'about',
      sent: SENT,
      report: { event: 'Message Delivered', at: '2026-05-04T08:00:02.001Z' },
    });
  });

  it.each([
    ['bounce', 'Message Bounced', { type: 'hard', reason: 'General' }],
    ['ooto', 'Message Bounced', { type: 'soft', reason: 'General' }],
    ['complaint', 'Message Complained', {}],
    ['suppressionlist', 'Message Bounced', { type: 'hard', reason: 'Suppressed' }],
    ['success', 'Message Delivered', {}],
  ])('to the simulated mailbox %s is told as %s', async (mailbox, event, properties) => {
    const { ses, told, seconds, delivery } = await openDelivery();
    await ses.send(email(`${mailbox}+7@simulator.amazonses.com`));
    await seconds(60);
    expect(readProviderEvent('wend-test', asOnTheBus(told.at(-1)))).toMatchObject({
      kind: 'about',
      report: { event, properties },
    });
    // None of them goes on the account's list.
    await ses.send(email(`${mailbox}+7@simulator.amazonses.com`));
    await seconds(60);
    expect(delivery.outbox.page(1).messages[0]?.states.at(-1)?.detail ?? '').not.toContain(': suppression');
  });

  it.each([
    [{ ConfigurationSetName: 'nowhere' }, 'NotFoundException', 404],
    [{ FromEmailAddress: 'hello@elsewhere.example' }, 'MessageRejected', 400],
    [{ EmailTags: [{ Name: 'name', Value: 'not so.' }] }, 'BadRequestException', 400],
    [{ EmailTags: [{ Name: 'a b', Value: 'x' }] }, 'BadRequestException', 400],
    [{ Destination: { ToAddresses: [] } }, 'BadRequestException', 400],
    [{ Destination: { ToAddresses: ['nobody'] } }, 'BadRequestException', 400],
    [{ Destination: { ToAddresses: ['a@b.example\r\nBcc: c@d.example'] } }, 'BadRequestException', 400],
    [
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_, one) => `a${one}@b.example`) } },
      'BadRequestException',
      400,
    ],
    [{ Content: { Raw: { Data: new Uint8Array([1]) } } }, 'NotImplemented', 501],
    [{ Content: { Template: { TemplateName: 'x' } } }, 'NotImplemented', 501],
    [{ FeedbackForwardingEmailAddress: 'a@b.example' }, 'NotImplemented', 501],
  ])('with %j is refused as %s', async (more, name, status) => {
    const { ses, delivery } = await openDelivery();
    await expect(ses.send(email('ana@example.com', more))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
    expect(delivery.outbox.taken).toBe(0);
  });

  it('to several people is one message for each', async () => {
    const { ses, delivery, told, seconds } = await openDelivery();
    await ses.send(
      email('', {
        Destination: {
          ToAddresses: ['ana@example.com', 'bounce@simulator.amazonses.com'],
          BccAddresses: ['ben@example.com'],
        },
      }),
    );
    await seconds(60);
    expect(delivery.outbox.page(10).messages.map(({ to }) => to[0])).toEqual([
      'ben@example.com',
      'bounce@simulator.amazonses.com',
      'ana@example.com',
    ]);
    expect(told.map(({ detailType }) => detailType)).toEqual([
      'Email Delivered',
      'Email Delivered',
      'Email Bounced',
    ]);
  });
});

describe('the suppression list', () => {
  it('keeps what has bounced from being sent again, until somebody takes it off', async () => {
    const { ses, delivery, told, seconds } = await openDelivery();
    delivery.behaviours.set({
      channel: 'email',
      recipient: 'gone@example.com',
      behaviour: { does: 'bounce', type: 'permanent' },
    });
    const { MessageId } = await ses.send(email('gone@example.com'));
    await seconds(60);
    delivery.behaviours.clear({ channel: 'email', recipient: 'gone@example.com' });
    const { SuppressedDestination } = await ses.send(
      new GetSuppressedDestinationCommand({ EmailAddress: 'gone@example.com' }),
    );
    expect(SuppressedDestination).toMatchObject({ Reason: 'BOUNCE', Attributes: { MessageId } });
    await ses.send(email('Gone@example.com'));
    await seconds(60);
    expect(told.at(-1)?.detail['bounce']).toMatchObject({ bounceSubType: 'OnAccountSuppressionList' });
    await ses.send(new DeleteSuppressedDestinationCommand({ EmailAddress: 'gone@example.com' }));
    await ses.send(email('gone@example.com'));
    await seconds(60);
    expect(told.at(-1)?.detailType).toBe('Email Delivered');
  });

  it('is kept by its operations', async () => {
    const { ses } = await openDelivery();
    for (const [index, Reason] of (['BOUNCE', 'COMPLAINT', 'COMPLAINT'] as const).entries())
      await ses.send(new PutSuppressedDestinationCommand({ EmailAddress: `a${index}@example.com`, Reason }));
    const first = await ses.send(
      new ListSuppressedDestinationsCommand({ Reasons: ['COMPLAINT'], PageSize: 1 }),
    );
    const second = await ses.send(
      new ListSuppressedDestinationsCommand({
        Reasons: ['COMPLAINT'],
        PageSize: 1,
        NextToken: first.NextToken,
        StartDate: new Date(START),
      }),
    );
    expect(
      [first, second].flatMap((page) => page.SuppressedDestinationSummaries?.map((one) => one.EmailAddress)),
    ).toEqual(['a1@example.com', 'a2@example.com']);
    expect(second.NextToken).toBeUndefined();
    expect(first.SuppressedDestinationSummaries?.[0]?.LastUpdateTime).toEqual(new Date(START));
    await expect(
      ses.send(new GetSuppressedDestinationCommand({ EmailAddress: 'nobody@example.com' })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

it('operators see the account, who may send, and the configuration set as the template has it', async () => {
  const { ses } = await openDelivery();
  expect(await ses.send(new GetAccountCommand({}))).toMatchObject({
    SendingEnabled: true,
    ProductionAccessEnabled: true,
    SendQuota: { SentLast24Hours: 0 },
  });
  expect((await ses.send(new ListEmailIdentitiesCommand({}))).EmailIdentities).toMatchObject([
    { IdentityName: 'kestrel-lane.example', IdentityType: 'DOMAIN', VerificationStatus: 'SUCCESS' },
  ]);
  expect(
    await ses.send(new GetEmailIdentityCommand({ EmailIdentity: 'kestrel-lane.example' })),
  ).toMatchObject({ VerifiedForSendingStatus: true });
  expect((await ses.send(new ListConfigurationSetsCommand({}))).ConfigurationSets).toEqual(['wend-test']);
  expect(await ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: 'wend-test' }))).toMatchObject(
    {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    },
  );
  const { EventDestinations } = await ses.send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: 'wend-test' }),
  );
  expect(EventDestinations?.[0]?.MatchingEventTypes).toContain('RENDERING_FAILURE');
});

it('what SES can do and nobody here asks for is refused by its name', async () => {
  const { ses } = await openDelivery();
  await expect(ses.send(new ListContactsCommand({ ContactListName: 'x' }))).rejects.toMatchObject({
    name: 'NotImplemented',
    $metadata: { httpStatusCode: 501 },
  });
});
