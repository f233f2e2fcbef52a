// What customers write back, in the shapes of the providers' documentation.
import { describe, expect, it } from 'vitest';
import { readReply } from '#lib/contracts/replies/read-reply.ts';
import { instantSchema } from '#lib/contracts/time.ts';

const time = instantSchema.parse('2026-05-04T09:58:00.123Z');
const read = (message: unknown) => readReply({ message, time });
const reply = (message: unknown) => {
  const reading = read(message);
  return reading.kind === 'replies' ? reading.replies : reading;
};

const TEXT = {
  originationNumber: '+14255550182',
  destinationNumber: '+12125550101',
  messageKeyword: 'KEYWORD_206xxx',
  messageBody: 'When will it come?',
  inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
  previousPublishedMessageId: '862a8790-60c0-4430-9b2b-658bdexample',
};

function whatsapp(messages: readonly object[], statuses: readonly object[] = []) {
  const value = {
    messaging_product: 'whatsapp',
    contacts: [{ profile: { name: 'Diego' } }],
    messages,
    statuses,
  };
  return {
    context: { MetaWabaIds: [], MetaPhoneNumberIds: [] },
    whatsAppWebhookEntry: JSON.stringify({ id: '365731266123456', changes: [{ value, field: 'messages' }] }),
    aws_account_id: '123456789012',
    message_timestamp: '2025-01-08T23:30:43.271279391Z',
    messageId: '6d69f07a-c317-4278-9d5c-6a84078419ec',
  };
}
const SAID = { from: '14255550150', id: 'wamid.1', timestamp: '1777888680' };

function email(headers: Readonly<Record<string, string>>, receipt: object = {}) {
  return {
    notificationType: 'Received',
    mail: {
      timestamp: '2026-05-04T09:57:59.000Z',
      source: 'ana@example.com',
      messageId: 'd6iitobk75ur44p8kdnnp7g2n800',
      destination: ['help@shop.example'],
      headers: Object.entries({ From: 'Ana <ana@example.com>', ...headers }).map(([name, value]) => ({
        name,
        value,
      })),
    },
    receipt: {
      recipients: ['help@shop.example'],
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      ...receipt,
    },
    content: 'From: …',
  };
}
const OURS = '0107018f1c2d3e4f-5a6b7c8d-1111-2222-3333-444455556666-000000';
const OLDER = '0107018f00000000-00000000-1111-2222-3333-444455556666-000000';
const ANSWERS = { 'In-Reply-To': `<${OURS}@eu-central-1.amazonses.com>` };

describe('a text message', () => {
  it('names the number it came from, the message it answers, and what it says', () => {
    expect(reply(TEXT)).toEqual([
      {
        channel: 'sms',
        id: TEXT.inboundMessageId,
        at: time,
        answers: [TEXT.previousPublishedMessageId],
        from: '+14255550182',
        text: 'When will it come?',
      },
    ]);
  });

  it('may answer none', () => {
    const { previousPublishedMessageId: _, ...none } = TEXT;
    expect(reply(none)).toMatchObject([{ answers: [] }]);
    expect(reply({ ...TEXT, previousPublishedMessageId: null })).toMatchObject([{ answers: [] }]);
  });

  it('is refused where it is not as AWS describes it', () => {
    expect(read({ ...TEXT, originationNumber: 'SHOP' }).kind).toBe('refused');
    expect(read({ ...TEXT, messageBody: 7 }).kind).toBe('refused');
  });
});

describe('a WhatsApp message', () => {
  it.each([
    [{ type: 'text', text: { body: 'Hi' } }, 'Hi'],
    [{ type: 'button', button: { text: 'Tell me more', payload: 'x' } }, 'Tell me more'],
    [
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: '1', title: 'Yes' } } },
      'Yes',
    ],
    [
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: '1', title: 'Red' } } },
      'Red',
    ],
    [{ type: 'image', image: { id: '1' } }, undefined],
  ])('%j', (said, text) => {
    expect(reply(whatsapp([{ ...SAID, ...said }]))).toEqual([
      {
        channel: 'whatsapp',
        id: 'wamid.1',
        at: '2026-05-04T09:58:00.000Z',
        answers: [],
        from: '+14255550150',
        ...(text === undefined ? {} : { text }),
      },
    ]);
  });

  it('comes with others: each is a reply', () => {
    const two = whatsapp([
      { ...SAID, type: 'text', text: { body: 'One' } },
      { ...SAID, id: 'wamid.2', type: 'text', text: { body: 'Two' } },
    ]);
    expect(reply(two)).toMatchObject([{ text: 'One' }, { text: 'Two' }]);
  });

  it('that is a heart, and the state of one of ours, are no replies', () => {
    expect(read(whatsapp([{ ...SAID, type: 'reaction', reaction: { emoji: '❤' } }])).kind).toBe('none');
    expect(read(whatsapp([], [{ id: 'wamid.3', status: 'sent' }])).kind).toBe('none');
    expect(read({ whatsAppWebhookEntry: '{' }).kind).toBe('refused');
  });
});

describe('an e-mail', () => {
  it('names what it answers, the latest first, and not what it says', () => {
    expect(
      reply(
        email({
          ...ANSWERS,
          References: `<${OLDER}@eu-central-1.amazonses.com> <somebody@mail.example> <${OURS}@eu-central-1.amazonses.com>`,
        }),
      ),
    ).toEqual([
      {
        channel: 'email',
        id: 'd6iitobk75ur44p8kdnnp7g2n800',
        at: '2026-05-04T09:57:59.000Z',
        answers: [OURS, OLDER],
      },
    ]);
    expect(reply(email({ 'in-reply-to': `<${OURS}@email.amazonses.com>` }))).toMatchObject([
      { answers: [OURS] },
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['somebody is out of office', { ...ANSWERS, 'Auto-Submitted': 'auto-replied (vacation)' }],
    ['an old mail server says so otherwise', { ...ANSWERS, Precedence: 'auto_reply' }],
    ['a list', { ...ANSWERS, precedence: 'bulk' }],
    ['a program', { ...ANSWERS, 'X-Autoreply': 'yes' }],
    ['a bounce', { ...ANSWERS, 'Return-Path': '<>' }],
    ['a receipt', { ...ANSWERS, 'Content-Type': 'multipart/report; report-type=disposition-notification' }],
    ['it answers nothing of ours', { 'In-Reply-To': '<somebody@mail.example>' }],
    ['it answers nothing', {}],
  ])('is no reply where %s', (_, headers) => {
    expect(read(email(headers)).kind).toBe('none');
  });

  it('that a human has sent says so, or nothing', () => {
    expect(read(email({ ...ANSWERS, 'Auto-Submitted': 'no' })).kind).toBe('replies');
  });

  it('of which SES thinks ill is none', () => {
    expect(read(email(ANSWERS, { spamVerdict: { status: 'FAIL' } })).kind).toBe('none');
    expect(read(email(ANSWERS, { virusVerdict: { status: 'FAIL' } })).kind).toBe('none');
  });
});

it.each([undefined, null, 'STOP', 7, [], {}, { notificationType: 'Bounce', receipt: 1 }])(
  'refuses %j without a word of it',
  (message) => {
    expect(read(message)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/not understood/) });
  },
);
