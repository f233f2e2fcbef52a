import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmail } from '#lib/adapters/aws/delivery/email.ts';
import { listHeaders } from '#lib/adapters/aws/delivery/list-headers.ts';
import { SENT, outgoing } from './outgoing.ts';

const ses = mockClient(SESv2Client);
// Test files share one process: a class that stays mocked would answer others too.
afterAll(() => ses.restore());
beforeEach(() => {
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'ses-1' });
});

function sender(from = 'Shop <hello@shop.example>', replyTo?: string) {
  return createEmail({
    client: new SESv2Client({ region: 'eu-central-1' }),
    deployment: 'wend-production',
    configurationSet: 'wend-production',
    senders: (name) => (name === 'default' ? { from, replyTo } : undefined),
  });
}

function sentRequest() {
  const [call] = ses.commandCalls(SendEmailCommand);
  if (call === undefined) throw new Error('nothing was sent');
  return call.args[0].input;
}

const HELLO = { to: ['ana@example.com'], subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };

describe('an e-mail', () => {
  it('is one call with sender, content, configuration set and the tags that its events bring back', async () => {
    expect(await sender(undefined, 'help@shop.example')(outgoing('email', HELLO))).toEqual({
      kind: 'accepted',
      id: 'ses-1',
    });
    expect(ses.calls()).toHaveLength(1);
    expect(sentRequest()).toEqual({
      FromEmailAddress: 'Shop <hello@shop.example>',
      ReplyToAddresses: ['help@shop.example'],
      Destination: { ToAddresses: ['ana@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Hello', Charset: 'UTF-8' },
          Body: {
            Html: { Data: '<p>Hello</p>', Charset: 'UTF-8' },
            Text: { Data: 'Hello', Charset: 'UTF-8' },
          },
          Headers: [{ Name: 'List-Id', Value: '<promotions.shop.example>' }],
        },
      },
      ConfigurationSetName: 'wend-production',
      EmailTags: [
        { Name: 'deployment', Value: 'wend-production' },
        { Name: 'customer', Value: SENT.customer },
        { Name: 'run', Value: SENT.run },
        { Name: 'step', Value: 'remind' },
        { Name: 'visit', Value: '2' },
        { Name: 'journey', Value: 'cart-recovery' },
        { Name: 'message', Value: 'cart-reminder' },
        { Name: 'topic', Value: 'promotions' },
      ],
    });
  });

  it('is from the sender that the message names; without one in settings nothing is sent', async () => {
    const answer = await sender()(outgoing('email', { ...HELLO, sender: 'orders' }));
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(ses.calls()).toHaveLength(0);
  });

  it('that is marketing says in its headers how to end it, and where one POST does', async () => {
    const unsubscribe = { url: 'https://shop.example/u/t0k3n', oneClick: true };
    await sender()(outgoing('email', { ...HELLO, unsubscribe }));
    expect(sentRequest().Content?.Simple?.Headers).toEqual([
      { Name: 'List-Unsubscribe', Value: '<https://shop.example/u/t0k3n>' },
      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      { Name: 'List-Id', Value: '<promotions.shop.example>' },
    ]);
    ses.resetHistory();
    await sender()(outgoing('email', { ...HELLO, unsubscribe: { ...unsubscribe, oneClick: false } }));
    expect(sentRequest().Content?.Simple?.Headers?.map(({ Name }) => Name)).toEqual([
      'List-Unsubscribe',
      'List-Id',
    ]);
  });

  it.each([
    ['http://127.0.0.1:4566/unsubscribe/t', true],
    ['http://localhost:4566/unsubscribe/t', true],
    ['http://127.0.0.1.shop.example/unsubscribe/t', false],
    ['http://shop.example/unsubscribe/t', false],
    ['ftp://localhost/unsubscribe/t', false],
  ])('is ended over HTTPS, or on this machine: %s', (url, isOffered) => {
    const names = listHeaders({ from: 'a@shop.example', unsubscribe: { url, oneClick: true } });
    expect(names.some(({ Name }) => Name === 'List-Unsubscribe')).toBe(isOffered);
  });

  it('that is transactional offers no end and belongs to no list', async () => {
    const unsubscribe = { url: 'https://shop.example/u/t0k3n', oneClick: true };
    await sender()(outgoing('email', { ...HELLO, unsubscribe }, 'transactional'));
    expect(sentRequest().Content?.Simple).not.toHaveProperty('Headers');
  });

  it('goes to international domains, and to nobody whose mailbox SES cannot name', async () => {
    await sender()(outgoing('email', { ...HELLO, to: ['ana@bücher.example'] }));
    expect(sentRequest().Destination?.ToAddresses).toEqual(['ana@xn--bcher-kva.example']);
    ses.resetHistory();
    expect(await sender()(outgoing('email', { ...HELLO, to: ['anä@example.com'] }))).toMatchObject({
      kind: 'refused',
    });
    expect(ses.calls()).toHaveLength(0);
  });

  it('whatever an address holds, it ends no header and begins none', () => {
    const hostile = fc.array(
      fc.constantFrom(
        'https://',
        'http://',
        'javascript:',
        'a.example/',
        '\r\n',
        '\0',
        '>',
        '<',
        ',',
        'ä',
        ' ',
        'Bcc:',
      ),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(hostile, hostile, (url, topic) => {
        const headers = listHeaders({
          topic: topic.join(''),
          from: 'Shop <hello@shop.example>',
          unsubscribe: { url: url.join(''), oneClick: true },
        });
        for (const { Value } of headers)
          expect(Value).toMatch(
            /^(?:<https:[^<>\s]+>|List-Unsubscribe=One-Click|<[A-Za-z0-9-]+\.shop\.example>)$/,
          );
      }),
    );
    const long = { url: `https://a.example/${'x'.repeat(1000)}`, oneClick: true };
    expect(listHeaders({ from: 'hello@shop.example', unsubscribe: long })).toEqual([]);
  });

  it('whatever a profile holds, no line break reaches a header and nobody else is written to', async () => {
    const hostile = fc.array(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\0',
        'Bcc: eve@example.com',
        ',',
        ';',
        '<',
        '"',
        'ä',
        '@',
        'x.y',
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (subject, address) => {
        ses.resetHistory();
        const to = [`ana${address.join('')}@example.com`];
        await sender()(outgoing('email', { ...HELLO, to, subject: subject.join('') }));
        for (const call of ses.commandCalls(SendEmailCommand)) {
          const { Destination, Content } = call.args[0].input;
          expect(Content?.Simple?.Subject?.Data).not.toMatch(/[\r\n\0\u2028]/);
          expect(Destination?.ToAddresses).toHaveLength(1);
          expect(Destination?.ToAddresses?.[0]).toMatch(/^[^\s,;<>"]+@example\.com$/);
        }
      }),
    );
  });
});
