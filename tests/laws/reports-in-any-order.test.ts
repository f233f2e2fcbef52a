// What providers report is best effort: it comes late, twice and in any order (C04, C07). By the providers' own times, the same reports
// leave the same customer; and what was in doubt is no longer, whichever report was first.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { reportEvent } from '#lib/contracts/provider-events/provider-event.ts';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { at, Bench, EMAIL } from '../engine/bench.ts';
import { letter, manifest } from './world/journeys.ts';

/** About one e-mail, each with a time of SES's own. */
const TOLD: readonly (readonly [eventType: string, object: string, more: object])[] = [
  ['Send', 'send', {}],
  ['DeliveryDelay', 'deliveryDelay', { delayType: 'MailboxFull' }],
  ['Delivery', 'delivery', {}],
  ['Open', 'open', { isBotEvent: 'Likely' }],
  ['Open', 'open', { isBotEvent: 'Unlikely' }],
  ['Click', 'click', { link: 'https://shop.example/a', isBotEvent: 'Unlikely' }],
  ['Bounce', 'bounce', { bounceType: 'Transient', bounceSubType: 'MailboxFull' }],
  ['Bounce', 'bounce', { bounceType: 'Permanent', bounceSubType: 'General' }],
  ['Complaint', 'complaint', { complaintFeedbackType: 'abuse' }],
  ['Complaint', 'complaint', { complaintFeedbackType: 'not-spam' }],
  ['Reject', 'reject', { reason: 'Bad content' }],
];
const SENT_AT = '2026-03-02T10:00:00.000Z';
const report = fc.record({
  which: fc.nat(TOLD.length - 1),
  second: fc.integer({ min: 1, max: 4 }),
});
interface Report {
  readonly which: number;
  readonly second: number;
}

function busEvent(sent: SentMessage, { which, second }: Report): unknown {
  const [eventType, object, more] = TOLD[which] ?? ['Send', 'send', {}];
  const tags = Object.fromEntries(messageTags('wend-test', sent).map(({ Name, Value }) => [Name, [Value]]));
  return {
    source: 'aws.ses',
    'detail-type': `Email ${eventType}`,
    detail: {
      eventType,
      mail: { messageId: 'm', timestamp: SENT_AT, tags },
      [object]: { timestamp: `2026-03-02T10:00:0${second}.000Z`, ...more },
    },
  };
}

/** A customer whose first message is out, or in doubt, after these reports. */
function after(answer: 'accepted' | 'unknown', reports: readonly Report[]) {
  const ada = new Bench([manifest('journey', 'Signed Up', { hello: letter('hello', null) })]);
  ada.identify(EMAIL);
  ada.event('Signed Up');
  ada.send('hello');
  ada.sent('hello', answer);
  ada.wait(at('2026-03-02T10:05:00.000Z'));
  const sent: SentMessage = {
    customer: ada.document.customer,
    run: ada.runId,
    step: 'hello',
    visit: 1,
    journey: 'journey',
    message: 'hello',
  };
  for (const one of reports) {
    const reading = readProviderEvent('wend-test', busEvent(sent, one));
    if (reading.kind === 'about')
      ada.decide(reportEvent(reading.report, reading.sent, reading.channel, ada.now));
  }
  const { sends, suppressed, consent, revision, recent } = ada.document;
  return { told: { sends, suppressed, consent }, revision, recent };
}

describe('reports', () => {
  it('twice, late and in any order leave the same customer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('accepted' as const, 'unknown' as const),
        fc
          .uniqueArray(report, { maxLength: 8, selector: ({ which, second }) => `${which} ${second}` })
          .chain((reports) =>
            fc.tuple(
              fc.constant(reports),
              fc.shuffledSubarray([...reports, ...reports], {
                minLength: reports.length * 2,
                maxLength: reports.length * 2,
              }),
            ),
          ),
        (answer, [inOrder, shuffled]) => {
          const expected = after(answer, inOrder);
          const got = after(answer, shuffled);
          expect(got.told).toEqual(expected.told);
          expect(got.recent.toSorted()).toEqual(expected.recent.toSorted());
          // A repetition is not even written.
          expect(got.revision).toBe(expected.revision);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(TOLD.map(([eventType], which) => [eventType, which] as const))(
    'a send in doubt is one no longer once SES tells of it: %s',
    (eventType, which) => {
      const [send] = after('unknown', [{ which, second: 1 }]).told.sends;
      const tells = eventType !== 'Send' && eventType !== 'DeliveryDelay' && TOLD[which]?.[2];
      const isPassedOver = tells === false || JSON.stringify(tells).includes('not-spam');
      expect(send?.state).toBe(isPassedOver ? 'unknown' : 'accepted');
    },
  );

  it('accepted is not delivered, and an opening by a machine is no opening', () => {
    expect(after('accepted', []).told.sends[0]?.reports).toBeUndefined();
    expect(after('accepted', [{ which: 3, second: 1 }]).told.sends[0]?.reports).toBeUndefined();
    expect(after('accepted', [{ which: 2, second: 1 }]).told.sends[0]?.reports).toEqual({
      delivered: '2026-03-02T10:00:01.000Z',
    });
  });
});
