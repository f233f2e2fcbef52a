// What counts of outcomes promise: all that is told of one journey, channel, class and day adds up, and what was sent before a count was closed
// belongs to it for ever.
import { expect, it } from 'vitest';
import { addMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { OutcomeGroup, SendOutcomes } from '#lib/engine/ports.ts';

const HOUR = 3_600_000;
const MORNING = parseInstant('2026-03-02T08:00:00.000Z') as Instant;
const NOON = addMillis(MORNING, 4 * HOUR);

const group = (journey: string, sent = MORNING): OutcomeGroup => ({
  journey,
  channel: 'email',
  class: 'marketing',
  day: sent.slice(0, 10),
  sent,
});
const counts = (delivered: number, bounced = 0, complained = 0) => ({ delivered, bounced, complained });

/** `create` gives counts in which nobody has counted yet for the journey. */
export function sendOutcomeLaws(create: () => { outcomes: SendOutcomes; journey: string }): void {
  it('what is told adds up, by journey, channel, class and day of sending', async () => {
    const { outcomes, journey } = create();
    await outcomes.add(group(journey), counts(5, 1));
    await outcomes.add({ ...group(journey), channel: 'sms' }, counts(100, 100, 100));
    await outcomes.add({ ...group(journey), class: 'transactional' }, counts(100, 100, 100));
    await outcomes.add(group(journey, addMillis(MORNING, 24 * HOUR)), counts(100, 100, 100));
    await outcomes.add(group(`${journey}-other`), counts(100, 100, 100));
    expect(await outcomes.add(group(journey, addMillis(MORNING, HOUR)), counts(2, 0, 3))).toMatchObject({
      ...counts(7, 1, 3),
      closed: false,
    });
  });

  it('one closes a count; what was sent before stays in it, what is sent after is counted anew', async () => {
    const { outcomes, journey } = create();
    const count = await outcomes.add(group(journey), counts(5, 1));
    expect(await outcomes.close(count, NOON)).toBe(true);
    expect(await outcomes.close(count, addMillis(NOON, HOUR))).toBe(false);
    expect(await outcomes.add(group(journey), counts(0, 1))).toMatchObject({ ...counts(5, 2), closed: true });
    const afternoon = await outcomes.add(group(journey, NOON), counts(3));
    expect(afternoon).toMatchObject({ ...counts(3), closed: false });
    expect(afternoon.id).not.toBe(count.id);
    expect(await outcomes.close(afternoon, addMillis(NOON, HOUR))).toBe(true);
  });
}
