// The page on delivery says what the code does: which reports become which events, and what an e-mail carries.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { SMS_EVENT_TYPES } from '#lib/contracts/provider-events/sms-event.ts';
import { BUILT_IN_EVENTS } from '#lib/journey/vocabulary.ts';

const page = readFileSync(new URL('../../docs/delivery.md', import.meta.url), 'utf8');

/** Rows of the table of reports: provider, what it reports, the event, and whether a bounce is hard. */
const rows = page
  .split('\n')
  .map((line) =>
    /^\| (SES|SMS|WhatsApp) \| (.+) \| `(Message [A-Za-z]+)`(?:.*`type: "(hard|soft)"`)?/.exec(line),
  )
  .filter((row) => row !== null)
  .map(([, provider = '', reports = '', event = '', type]) => ({ provider, reports, event, type }));

/** What is heard of a report that says no more than its kind. */
function heard(source: string, detailType: string, detail: object): unknown {
  const reading = readProviderEvent('wend-test', { source, 'detail-type': detailType, detail });
  if (!('report' in reading)) return reading.kind;
  const { event, properties } = reading.report;
  return { event, type: properties['type'] };
}

describe('the table of reports', () => {
  it('names built-in events', () => {
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ event }) => !Object.hasOwn(BUILT_IN_EVENTS, event))).toEqual([]);
  });

  it('has every type of report on text messages, and what it becomes', () => {
    const told = rows
      .filter(({ provider }) => provider === 'SMS')
      .flatMap(({ reports, event, type }) => reports.split(', ').map((report) => ({ report, event, type })));
    expect(told.map(({ report }) => report).toSorted()).toEqual([...SMS_EVENT_TYPES].toSorted());
    for (const { report, event, type } of told) {
      const detail = { eventType: report, eventTimestamp: 0, messageId: 'm' };
      expect(heard('aws.sms-voice', 'Text Message Delivery Status Updated', detail)).toEqual({ event, type });
    }
  });

  it('has every status of WhatsApp messages that is heard', () => {
    const told = rows.filter(({ provider }) => provider === 'WhatsApp');
    expect(told.map(({ reports }) => reports)).toEqual(['delivered', 'read', 'failed']);
    for (const { reports, event, type } of told) {
      const detail = { status: reports, eventTimestamp: '0', messageId: 'm' };
      expect(heard('aws.social-messaging', 'WhatsApp', detail)).toEqual({ event, type });
    }
  });
});

it('the tags of an e-mail are those that the page names', () => {
  const sent = { customer: 'c', run: 'r', step: 's', visit: 1, journey: 'j', message: 'm', topic: 't' };
  const named = /carries these tags: ([^.]+)\./.exec(page.replaceAll('\n', ' '))?.[1] ?? '';
  const names = [...named.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name);
  expect(names.toSorted()).toEqual(
    messageTags('wend-test', sent)
      .map(({ Name }) => Name)
      .toSorted(),
  );
});
