// What one send costs, counted at the clients: the use case over the real adapters, the table on this machine, providers that accept.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PinpointClient, SendMessagesCommand } from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendWhatsAppMessageCommand, SocialMessagingClient } from '@aws-sdk/client-socialmessaging';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerClients } from '#lib/adapters/aws/clients/providers.ts';
import { createDelivery } from '#lib/adapters/aws/delivery/create-delivery.ts';
import { createEmail } from '#lib/adapters/aws/delivery/email.ts';
import { createInApp } from '#lib/adapters/aws/delivery/inapp.ts';
import { createPush } from '#lib/adapters/aws/delivery/push.ts';
import { createSms } from '#lib/adapters/aws/delivery/sms.ts';
import { createWebhook } from '#lib/adapters/aws/delivery/webhook.ts';
import { createWhatsApp } from '#lib/adapters/aws/delivery/whatsapp.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { createMessageLinks } from '#lib/adapters/aws/dynamodb/message-links.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { FIRST_LOOP, type Channel, type SendCall } from '#lib/contracts/step-calls.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { MessageLinks } from '#lib/engine/ports.ts';
import { sendMessage } from '#lib/engine/use-cases/send-message.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { SETTINGS, letter, manifest } from '../../../laws/world/journeys.ts';
import { START, idOf } from '../../../laws/world/world.ts';

const CONTENT: Readonly<Record<Channel, unknown>> = {
  email: undefined,
  sms: undefined,
  push: { title: 'Hello', body: 'There' },
  whatsapp: { template: 'hello', language: 'en' },
  inapp: { title: 'Hello', body: 'There' },
  webhook: { hello: 'there' },
};

process.env['AWS_REGION'] = 'eu-central-1';
const providers = {
  email: mockClient(SESv2Client).on(SendEmailCommand).resolves({ MessageId: 'e-1' }),
  sms: mockClient(PinpointSMSVoiceV2Client).on(SendTextMessageCommand).resolves({ MessageId: 's-1' }),
  whatsapp: mockClient(SocialMessagingClient).on(SendWhatsAppMessageCommand).resolves({ messageId: 'w-1' }),
  push: mockClient(PinpointClient)
    .on(SendMessagesCommand)
    .resolves({
      MessageResponse: {
        ApplicationId: 'app-1',
        Result: { 'token:1': { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, MessageId: 'p-1' } },
      },
    }),
};

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(async () => {
  for (const provider of Object.values(providers)) provider.restore();
  await local.close();
});

/** A client that counts what is asked of the table. */
function counting(commands: string[]): Pick<DynamoDBClient, 'send'> {
  const send = (command: object): unknown => {
    commands.push(command.constructor.name);
    return local.client.send(command as never);
  };
  return { send: send as DynamoDBClient['send'] };
}

/** Lets somebody in and sends the first message on the channel; returns what it has cost, and how it ended. */
async function sendOn(
  channel: Channel,
  links: (real: MessageLinks) => Pick<MessageLinks, 'remember'> = (real) => real,
  replies: readonly Channel[] = [],
) {
  const customer = idOf(`${channel} ${links.toString()} ${replies.join()}`);
  const commands: string[] = [];
  const calls: string[] = [];
  const lost: string[] = [];
  const table = { client: counting(commands), name: local.name };
  const clock = { now: () => START, monotonic: () => 0 };
  const clients = providerClients();
  const hello = letter('hello', null, { channels: [channel] });
  const journey = compileManifest(manifest('journey', 'Signed Up', { hello }));
  const engine = {
    workspace: createWorkspace({
      manifests: [journey.manifest],
      newest: { journey: journey.version },
      settings: { ...SETTINGS, declaredTraits: new Set(['email', 'phone', 'pushTokens']) },
    }),
    ports: {
      clock,
      switches: new MemorySwitches(),
      slots: {
        take: () => Promise.reject(new Error('no rates')),
        learned: () => Promise.resolve({}),
        slowDown: () => Promise.reject(new Error('nobody throttles')),
      },
      store: createDocumentStore(table, {
        uniqueText: () => String(commands.length),
        random: () => 0,
        pause: () => Promise.resolve(),
      }),
      renderer: {
        channels: () => [channel],
        render: (_message: string, on: Channel, to: readonly string[], locale: string) => ({
          channel: on,
          to,
          locale,
          subject: 'Hello',
          text: 'Hello',
          content: CONTENT[on],
        }),
      },
      delivery: createDelivery({
        replies: {
          channels: new Set(replies),
          identities: createIdentities(table),
          hash: (text) => Promise.resolve(idOf(text)),
        },
        channels: {
          email: createEmail({
            client: clients.email,
            deployment: 'wend-test',
            configurationSet: 'wend-test',
            senders: () => ({ from: 'hello@shop.example' }),
          }),
          sms: createSms({
            client: clients.sms,
            deployment: 'wend-test',
            senders: () => ({ sender: 'SHOP' }),
          }),
          push: createPush({ client: clients.push, senders: () => ({ application: 'app-1' }) }),
          whatsapp: createWhatsApp({ client: clients.whatsapp, senders: () => ({ sender: 'id' }) }),
          inapp: createInApp({ table, clock }),
          webhook: createWebhook({
            endpoints: {
              call({ name }) {
                calls.push(name);
                return Promise.resolve({ kind: 'answered', value: null });
              },
            },
            senders: () => ({ endpoint: 'crm' }),
          }),
        },
        links: links(createMessageLinks(table, clock.now)),
        onLinkLost: (on) => lost.push(on),
      }),
    },
  };
  const times = { at: START, received: START };
  const traits = { email: 'ada@example.com', phone: '+4915112345678', pushTokens: ['token:1'] };
  await takeCalls(engine, customer, [
    { external: channel, input: { kind: 'identify', id: 'i', ...times, traits } },
    { external: channel, input: { kind: 'event', id: 'e', ...times, event: 'Signed Up', properties: {} } },
  ]);
  const [run = ''] = Object.keys((await engine.ports.store.load(customer))?.runs ?? {});
  commands.length = 0;
  for (const provider of Object.values(providers)) provider.resetHistory();
  const call: SendCall = {
    run: { run, leg: 1, customer, journey: 'journey', version: journey.version },
    attempt: 0,
    loop: FIRST_LOOP,
    step: hello.settings,
    next: null,
  };
  const answer = await sendMessage(engine, call).catch((error: Error) => error.name);
  const called = Object.values(providers).reduce((sum, provider) => sum + provider.calls().length, 0);
  const document = await engine.ports.store.load(customer);
  return {
    answer,
    reads: commands.slice(0, -1).filter((name) => name === 'GetItemCommand').length,
    writes: commands.filter((name) => name === 'PutItemCommand').length,
    others: commands.filter((name) => name !== 'GetItemCommand' && name !== 'PutItemCommand'),
    providerCalls: called + calls.length,
    state: (document as { sends?: { state: string }[] } | undefined)?.sends?.[0]?.state,
    lost,
  };
}

function broken(): Pick<MessageLinks, 'remember'> {
  return { remember: () => Promise.reject(new Error('throttled')) };
}

describe('one send', () => {
  it.each<[Channel, { writes: number; providerCalls: number }]>([
    ['email', { writes: 2, providerCalls: 1 }],
    ['push', { writes: 2, providerCalls: 1 }],
    ['webhook', { writes: 2, providerCalls: 1 }],
    // Two more remember the provider's id, because reports about it carry nothing else: the link, and what an erasure finds it by.
    ['sms', { writes: 4, providerCalls: 1 }],
    ['whatsapp', { writes: 4, providerCalls: 1 }],
    // The write of the message is its delivery.
    ['inapp', { writes: 3, providerCalls: 0 }],
  ])('by %s is one read and %j', async (channel, counts) => {
    expect(await sendOn(channel)).toMatchObject({ reads: 1, others: [], state: 'accepted', ...counts });
  });

  it.each<[Channel, number]>([
    // What it may be answered by, and, of a number, whose it is: two small writes each, of which one is for an erasure to find it by.
    ['email', 4],
    ['sms', 6],
    ['whatsapp', 6],
  ])('by %s is %i writes where customers may write back on it', async (channel, writes) => {
    const { answer: _, ...cost } = await sendOn(channel, undefined, [channel]);
    expect(cost).toMatchObject({ reads: 1, writes, others: [], state: 'accepted', lost: [] });
  });

  it('that the provider has taken stays taken where its id could not be remembered; that is told', async () => {
    expect(await sendOn('sms', broken)).toMatchObject({ state: 'accepted', lost: ['sms'], providerCalls: 1 });
  });
});
