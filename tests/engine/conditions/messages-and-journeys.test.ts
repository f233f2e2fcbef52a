// What is known across runs: what became of a message, which journeys a customer is in or has been through.
import { describe, expect, it } from 'vitest';
import type { FlowNode } from '#lib/journey/flow.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { EMAIL, Bench, at } from '../bench.ts';

/** Asks in a journey of its own, with each event `Asked`: whether the condition holds. */
function asking(when: unknown) {
  const asks: FlowNode = { kind: 'branch', cases: [{ name: 'yes', when, next: null }], otherwise: null };
  return manifest('question', { event: 'Asked', reentry: { mode: 'always' } }, { asks });
}

function holds(ada: Bench): boolean {
  const before = ada.log.length;
  ada.event('Asked');
  const taken = ada.log.slice(before).find(({ kind, step }) => kind === 'takes' && step === 'asks');
  return taken?.branch === 'yes';
}

/** A customer of a journey that sends `hello` at once, with the question beside it. */
function customer(when: unknown, traits: Record<string, unknown> = EMAIL, settings = {}): Bench {
  const flow = { hello: letter('hello', null, settings) };
  const ada = new Bench([
    manifest('greeting', { event: 'Signed Up', reentry: { mode: 'always' } }, flow),
    asking(when),
  ]);
  ada.identify(traits);
  ada.event('Signed Up');
  return ada;
}

function sent(when: unknown): Bench {
  const ada = customer(when);
  ada.send('hello');
  ada.sent('hello');
  return ada;
}

describe('message … was', () => {
  it.each([
    ['delivered', 'Message Delivered', {}],
    ['opened', 'Message Opened', {}],
    ['clicked', 'Message Clicked', {}],
    ['replied', 'Message Replied', {}],
    ['bounced', 'Message Bounced', { type: 'hard' }],
    ['hardBounced', 'Message Bounced', { type: 'hard' }],
    ['softBounced', 'Message Bounced', { type: 'soft' }],
    ['complained', 'Message Complained', {}],
    ['unsubscribed', 'Message Unsubscribed', { topic: 'updates' }],
    ['shown', 'Message Shown', {}],
    ['dismissed', 'Message Dismissed', {}],
  ])('%s once it is reported, in whatever run', (was, event, properties) => {
    const ada = sent({ message: 'hello', was });
    expect(holds(ada)).toBe(false);
    ada.event(event, { ...properties, send: ada.document.sends[0]?.key });
    expect(holds(ada)).toBe(true);
  });

  it('an open by a machine is none', () => {
    const ada = sent({ message: 'hello', was: 'opened' });
    ada.event('Message Opened', { send: ada.document.sends[0]?.key, machine: true });
    expect(holds(ada)).toBe(false);
  });

  it('sent, once the provider has it, and of no other message', () => {
    const ada = customer({ message: 'hello', was: 'sent' });
    expect(holds(ada)).toBe(false);
    ada.send('hello');
    expect(holds(ada)).toBe(false);
    ada.sent('hello');
    expect(holds(ada)).toBe(true);
    expect(holds(sent({ message: 'hell', was: 'sent' }))).toBe(false);
    expect(holds(sent({ message: 'hello-again', was: 'sent' }))).toBe(false);
  });

  it('skipped: neither sent nor failed', () => {
    for (const [was, expected] of Object.entries({ skipped: true, sent: false, failed: false })) {
      const ada = customer({ message: 'hello', was }, {});
      ada.send('hello');
      expect(ada.told('skips')).toEqual(['skips hello email no address']);
      expect([was, holds(ada)]).toEqual([was, expected]);
    }
  });

  it('failed and rejected: every provider has refused it for good', () => {
    for (const [was, expected] of Object.entries({
      failed: true,
      rejected: true,
      skipped: false,
      sent: false,
    })) {
      const ada = customer({ message: 'hello', was });
      ada.send('hello');
      ada.sent('hello', 'refused');
      ada.send('hello');
      expect([was, holds(ada)]).toEqual([was, expected]);
    }
  });

  it('within counts from the sending and excludes its end', () => {
    const ada = sent({ message: 'hello', was: 'sent', within: '90 days' });
    // Sent on 2 March at 11:00 in Berlin; 90 days later it is summer time there.
    ada.wait(at('2026-05-31T08:59:59.999Z'));
    expect(holds(ada)).toBe(true);
    ada.wait(at('2026-05-31T09:00:00Z'));
    expect(holds(ada)).toBe(false);
  });
});

describe('what is kept for it', () => {
  it('a send is known as long as the window asks, and no longer', () => {
    const ada = sent({ message: 'hello', was: 'opened', within: '90 days' });
    ada.wait(at('2026-05-20T10:00:00Z'));
    holds(ada);
    ada.event('Message Opened', { send: ada.document.sends[0]?.key });
    expect(holds(ada)).toBe(true);
    ada.wait(at('2026-06-10T10:00:00Z'));
    expect(holds(ada)).toBe(false);
    expect(ada.document.sends).toEqual([]);
  });

  it('without a window the answer is known for ever, by the one send that gives it', () => {
    const ada = sent({ message: 'hello', was: 'opened' });
    ada.event('Message Opened', { send: ada.document.sends[0]?.key });
    for (const year of [2027, 2028, 2029]) {
      ada.wait(at(`${year}-03-02T10:00:00Z`));
      expect(holds(ada)).toBe(true);
    }
    expect(ada.document.sends).toHaveLength(1);
  });

  it('a message that nobody asks about is forgotten', () => {
    const ada = sent({ message: 'other', was: 'sent' });
    ada.wait(at('2026-04-02T10:00:00Z'));
    holds(ada);
    expect(ada.document.sends).toEqual([]);
  });

  it('hundreds of later sends do not drive out the one that answers', () => {
    const ada = new Bench([
      manifest(
        'greeting',
        { event: 'Signed Up', reentry: { mode: 'always' } },
        { hello: letter('hello', null) },
      ),
      manifest('flood', { event: 'Flooded', reentry: { mode: 'always' } }, { more: letter('more', null) }),
      asking({ message: 'hello', was: 'opened' }),
    ]);
    ada.identify(EMAIL);
    ada.event('Signed Up');
    ada.send('hello');
    ada.sent('hello');
    ada.event('Message Opened', { message: 'hello' });
    for (let count = 0; count < 230; count += 1) {
      ada.event('Flooded');
      ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
      ada.send('more');
      ada.sent('more');
      ada.minutes(1);
    }
    expect(ada.document.sends.length).toBeLessThanOrEqual(201);
    expect(holds(ada)).toBe(true);
  });
});

describe('journeys', () => {
  it('inJourney from the entry until the run is over', () => {
    const ada = customer({ inJourney: 'greeting' });
    expect(holds(ada)).toBe(true);
    ada.send('hello');
    ada.sent('hello');
    expect(ada.told('completes')).toContain('completes');
    expect(holds(ada)).toBe(false);
    expect(holds(customer({ inJourney: 'farewell' }))).toBe(false);
  });

  it('completed once a run has gone to its end, for ever', () => {
    const ada = customer({ completed: 'greeting' });
    expect(holds(ada)).toBe(false);
    ada.send('hello');
    ada.sent('hello');
    expect(holds(ada)).toBe(true);
    ada.wait(at('2030-01-01T00:00:00Z'));
    expect(holds(ada)).toBe(true);
  });

  it('who reached the goal or was led out has not completed', () => {
    const flow = { rest: pause('1 day', null) };
    const rules = {
      goal: { event: 'Order Placed', ends: true },
      exits: [{ event: 'Closed', reason: 'closed' }],
    };
    for (const event of ['Order Placed', 'Closed']) {
      const ada = new Bench([
        manifest('greeting', 'Signed Up', flow, rules),
        asking({ completed: 'greeting' }),
      ]);
      ada.event('Signed Up');
      ada.event(event);
      expect(ada.told('exits')).toHaveLength(1);
      expect(holds(ada)).toBe(false);
    }
  });
});
