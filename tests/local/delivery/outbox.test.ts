// The outbox keeps the newest, whatever comes, and tells whoever listens.
import { describe, expect, it } from 'vitest';
import { NO_JOURNAL } from '#lib/local/journal/journal.ts';
import { Outbox, type OutboxChange } from '#lib/local/delivery/outbox/outbox.ts';
import type { OutboxMessage } from '#lib/local/delivery/outbox/outbox-message.ts';

function message(number: number, more: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    id: `m-${number}`,
    channel: number % 2 === 0 ? 'sms' : 'email',
    at: number,
    to: ['a@example.com'],
    sender: 's',
    providerId: `p-${number}`,
    about: { customer: number % 3 === 0 ? 'ana' : 'ben' },
    content: { kind: 'sms', text: 'Hi', encoding: 'GSM', parts: ['Hi'], type: 'PROMOTIONAL' },
    links: [],
    states: [{ at: number, state: 'accepted' }],
    envelope: {},
    upcoming: [],
    ...more,
  };
}

function ids(page: ReturnType<Outbox['page']>): readonly string[] {
  return page.messages.map(({ id }) => id);
}

describe('the outbox', () => {
  it('keeps the newest 500 in full and of 5,000 that they were there', () => {
    const outbox = new Outbox(NO_JOURNAL);
    for (let number = 1; number <= 5600; number += 1) outbox.take(message(number));
    expect(outbox.taken).toBe(5600);
    expect(outbox.find('m-600')).toBeUndefined();
    expect(outbox.findByProvider('sms', 'p-600')).toBeUndefined();
    expect(outbox.find('m-601')).toMatchObject({ id: 'm-601', content: undefined });
    expect(outbox.find('m-5100')?.content).toBeUndefined();
    expect(outbox.find('m-5101')?.content).toBeDefined();
  });

  it('keeps older ones as long as something is to be told of them, and no longer', () => {
    const outbox = new Outbox(NO_JOURNAL);
    outbox.take(message(1, { upcoming: [{ at: 9, happening: { what: 'delivered' } }] }));
    for (let number = 2; number <= 6000; number += 1) outbox.take(message(number));
    expect(outbox.find('m-1')).toMatchObject({ content: undefined });
    expect(outbox.find('m-2')).toBeUndefined();
    outbox.note('m-1', { at: 9, state: 'delivered' }, 9);
    expect(outbox.find('m-1')).toBeUndefined();
  });

  it('is read in pages, newest first, by channel and customer', () => {
    const outbox = new Outbox(NO_JOURNAL);
    for (let number = 1; number <= 12; number += 1) outbox.take(message(number));
    const first = outbox.page(2, { channel: 'sms' });
    expect(ids(first)).toEqual(['m-12', 'm-10']);
    const second = outbox.page(4, { channel: 'sms', before: first.next });
    expect(ids(second)).toEqual(['m-8', 'm-6', 'm-4', 'm-2']);
    expect(second.next).toBeUndefined();
    expect(ids(outbox.page(10, { customer: 'ana' }))).toEqual(['m-12', 'm-9', 'm-6', 'm-3']);
  });

  it('tells what has changed, and what is known already stays', () => {
    const outbox = new Outbox(NO_JOURNAL);
    const heard: OutboxChange[] = [];
    const end = outbox.onChange((change) => void heard.push(change));
    outbox.take(message(1));
    outbox.note('m-1', { at: 5, state: 'delivered' });
    outbox.describe('m-1', { customer: 'eve', journey: 'welcome' });
    outbox.describe('m-1', { journey: 'other' });
    outbox.note('nowhere', { at: 5, state: 'delivered' });
    end();
    outbox.take(message(2));
    expect(heard.map(({ kind }) => kind)).toEqual(['taken', 'state', 'about']);
    expect(heard.at(-1)?.message.about).toEqual({ customer: 'ben', journey: 'welcome' });
  });
});
