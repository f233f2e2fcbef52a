// What a template may say of configuration sets here, and what it decides.
import { GetSuppressedDestinationCommand, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import {
  parseConfigurationSet,
  parseEventDestination,
} from '#lib/local/delivery/email/configuration-set-resource.ts';
import { openDelivery } from './delivery-fixture.ts';

const DESTINATION = {
  ConfigurationSetName: 'quiet',
  EventDestination: {
    Name: 'events',
    Enabled: true,
    MatchingEventTypes: ['bounce'],
    EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:1:event-bus/default' },
  },
};

describe('a resource that would run otherwise than it says is refused by its id and property', () => {
  it.each<[unknown, string]>([
    [{ Name: 'a b' }, 'Name: has other characters'],
    [{ Name: 'a', TrackingOptions: { CustomRedirectDomain: 'x.example' } }, 'TrackingOptions'],
    [{ Name: 'a', DeliveryOptions: { SendingPoolName: 'x' } }, 'SendingPoolName'],
  ])('%j', (properties, words) => {
    expect(() => parseConfigurationSet('TheSet', properties)).toThrow(/TheSet/);
    expect(() => parseConfigurationSet('TheSet', properties)).toThrow(words);
  });

  it.each<[object, string]>([
    [{ SnsDestination: { TopicARN: 'x' } }, 'SnsDestination'],
    [
      { EventBridgeDestination: { EventBusArn: 'arn:aws:events:x:1:event-bus/other' } },
      'the default bus only',
    ],
    [{ MatchingEventTypes: ['opened'] }, 'MatchingEventTypes'],
  ])('%j', (change, words) => {
    const properties = {
      ...DESTINATION,
      EventDestination: { ...DESTINATION.EventDestination, ...change },
    };
    expect(() => parseEventDestination('TheEvents', properties)).toThrow(words);
  });
});

it('a set says what is reported and what is suppressed, and may stand still', async () => {
  const { delivery, ses, told, seconds } = await openDelivery();
  delivery.addConfigurationSet('Quiet', { Name: 'quiet', SuppressionOptions: { SuppressedReasons: [] } });
  delivery.addEventDestination('Events', DESTINATION);
  delivery.addConfigurationSet('Paused', { Name: 'paused', SendingOptions: { SendingEnabled: false } });
  delivery.behaviours.set({
    channel: 'email',
    recipient: 'gone@example.com',
    behaviour: { does: 'bounce', type: 'permanent' },
  });
  const send = (to: string, ConfigurationSetName?: string) =>
    ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'hello@kestrel-lane.example',
        Destination: { ToAddresses: [to] },
        ...(ConfigurationSetName === undefined ? {} : { ConfigurationSetName }),
        Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } },
      }),
    );
  await send('ana@example.com', 'quiet');
  await send('gone@example.com', 'quiet');
  await send('gone@example.com', 'quiet');
  await seconds(10);
  const find = new GetSuppressedDestinationCommand({ EmailAddress: 'gone@example.com' });
  await expect(ses.send(find)).rejects.toMatchObject({ name: 'NotFoundException' });
  // Without a set nobody is told; the account suppresses what has bounced.
  await send('gone@example.com');
  await seconds(10);
  expect(told.map(({ detail }) => detail['bounce'])).toMatchObject([
    { bounceSubType: 'General' },
    { bounceSubType: 'General' },
  ]);
  await send('gone@example.com', 'wend-test');
  await seconds(10);
  expect(told.at(-1)?.detail['bounce']).toMatchObject({ bounceSubType: 'OnAccountSuppressionList' });
  await send('gone@example.com', 'quiet');
  await seconds(10);
  expect(told.at(-1)?.detail['bounce']).toMatchObject({ bounceSubType: 'General' });
  await expect(send('ana@example.com', 'paused')).rejects.toMatchObject({ name: 'SendingPausedException' });
});
