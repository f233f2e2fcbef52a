// An open case with the service holds marketing back, and nothing else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { serviceCasesSchema } from '#lib/journey/service-cases.ts';
import { SETTINGS, letter, manifest } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

const CASES = serviceCasesSchema.parse({
  opened: { event: 'Ticket Opened', case: 'event.ticket_id' },
  closed: { event: 'Ticket Closed', case: 'event.ticket_id' },
  atMost: '3 days',
});

function inside(settings: Partial<SendSettings> = {}): Bench {
  const flow = { hello: letter('hello', null, { expires: '10 days', ...settings }) };
  const ada = new Bench([manifest('journey', 'Signed Up', flow)], 'ada', {
    ...SETTINGS,
    serviceCases: CASES,
  });
  ada.identify(EMAIL);
  ada.event('Signed Up');
  return ada;
}

/** The execution of the leg before is gone: the next one begins, and reaches the send. */
function nextLeg(ada: Bench) {
  const { leg } = ada.run;
  ada.decide({ kind: 'confirm', run: ada.runId, leg, answer: 'stopped' });
  const call = ada.sendCall('hello');
  return ada.decide({ kind: 'send', call: { ...call, run: { ...call.run, leg } }, content: ['email'] })
    .answer;
}

const run = (ada: Bench) => Object.values(ada.document.runs)[0];

describe('while a case is open', () => {
  it('a marketing message rests without an execution, and goes on at once when the case is closed', () => {
    const ada = inside();
    ada.event('Ticket Opened', { ticket_id: 7 });
    expect(ada.send('hello')).toMatchObject({ kind: 'leave', name: 'LegEnded' });
    expect(run(ada)).toMatchObject({ phase: 'parked', leg: 2 });
    expect(ada.told('defers')).toEqual(['defers hello email open service case']);
    ada.minutes(90);
    ada.event('Ticket Closed', { ticket_id: 7 });
    expect(run(ada)).toMatchObject({ phase: 'moving', leg: 2, at: 'hello' });
    expect(nextLeg(ada)).toMatchObject({ kind: 'claim' });
  });

  it('a transactional one goes out', () => {
    const ada = inside({ class: 'transactional' });
    ada.event('Ticket Opened', { ticket_id: 7 });
    expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
  });

  it('who has two cases waits for both', () => {
    const ada = inside();
    ada.event('Ticket Opened', { ticket_id: 'a' });
    ada.event('Ticket Opened', { ticket_id: 'b' });
    ada.send('hello');
    ada.event('Ticket Closed', { ticket_id: 'a' });
    expect(run(ada)?.phase).toBe('parked');
    ada.event('Ticket Closed', { ticket_id: 'b' });
    expect(run(ada)?.phase).toBe('moving');
  });

  it('an open case is not forgotten for many that are closed', () => {
    const ada = inside();
    ada.event('Ticket Opened', { ticket_id: 'open' });
    for (let other = 0; other < 30; other += 1) {
      ada.event('Ticket Opened', { ticket_id: other });
      ada.event('Ticket Closed', { ticket_id: other });
    }
    expect(ada.send('hello')).toMatchObject({ kind: 'leave', name: 'LegEnded' });
  });

  it('a case that nobody closes is over after the time that the settings say', () => {
    const ada = inside();
    ada.event('Ticket Opened', { ticket_id: 'a' });
    ada.send('hello');
    ada.passTime(at('2026-03-05T10:00:00Z'));
    expect(run(ada)?.phase).toBe('moving');
    expect(nextLeg(ada)).toMatchObject({ kind: 'claim' });
  });

  it('the message expires as it would otherwise, with the case as the reason', () => {
    const ada = inside({ expires: '1 day' });
    ada.event('Ticket Opened', { ticket_id: 'a' });
    ada.send('hello');
    ada.passTime(at('2026-03-03T10:00:00Z'));
    nextLeg(ada);
    expect(ada.told('skips')).toEqual(['skips hello email open service case']);
  });

  it('what would be skipped anyway is skipped at once', () => {
    const ada = inside({ topic: 'news' });
    ada.event('Ticket Opened', { ticket_id: 'a' });
    ada.send('hello');
    expect(ada.told('skips')).toEqual(['skips hello email no consent']);
  });
});

it('a case that was closed before it was heard of is not open', () => {
  const ada = inside();
  const opened = at('2026-03-02T08:00:00Z');
  ada.event('Ticket Closed', { ticket_id: 'a' }, { at: at('2026-03-02T09:00:00Z') });
  ada.event('Ticket Opened', { ticket_id: 'a' }, { at: opened });
  expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
});

it('events that name no case are all about one', () => {
  const ada = inside();
  ada.event('Ticket Opened');
  ada.event('Ticket Closed', { ticket_id: '' });
  expect(ada.send('hello')).toMatchObject({ kind: 'claim' });
});

it('in whatever order and however often events come, the same cases are open', () => {
  const happening = fc.record({
    open: fc.boolean(),
    ticket: fc.constantFrom('a', 'b', 'c'),
    minute: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 8 }), fc.infiniteStream(fc.nat(7)), (happenings, picks) => {
      const casesAfter = (order: readonly (typeof happenings)[number][]) => {
        const ada = inside();
        for (const { open, ticket, minute } of order)
          ada.event(
            open ? 'Ticket Opened' : 'Ticket Closed',
            { ticket_id: ticket },
            { at: at(`2026-03-02T09:0${minute}:00Z`) },
          );
        return ada.document.cases ?? {};
      };
      const shuffled = happenings
        .map((one, index) => ({ one, key: picks.next().value * 10 + index }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ one }) => one);
      expect(casesAfter([...shuffled, ...happenings])).toEqual(casesAfter(happenings));
    }),
    { numRuns: 200 },
  );
});
