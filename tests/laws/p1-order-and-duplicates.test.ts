// Promise P1: a duplicate changes nothing within the deduplication window. Events reordered among themselves before the next
// decision that reads them leave the same traits, consent, and sends of runs already inside. A late one is judged by its own
// timestamp, logged as late, and never reopens a run.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { decide } from '#lib/engine/decide.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { Bench, EMAIL } from '../engine/bench.ts';
import { SETTINGS, awaiting, letter, manifest, pause } from './world/journeys.ts';
import { changes, inputOf, play, scenarios, type Deed } from './world/scenario.ts';

/** A run that rests in a wait; what it then sends and where it then goes depends on what has been heard meanwhile. */
const resting = manifest('resting', 'Signed Up', {
  hello: letter('hello', 'rest', { channels: ['sms', 'email'], topic: 'news' }),
  rest: pause('3 hours', 'wait'),
  wait: awaiting(
    '1 day',
    [
      ['Clicked', 'which'],
      ['Replied', 'which'],
    ],
    'which',
    'entry',
  ),
  which: {
    kind: 'branch',
    cases: [
      { name: 'gold', when: { 'profile.plan': 'gold' }, next: 'more' },
      { name: 'opened', when: { send: 'hello', was: 'opened' }, next: 'more' },
    ],
    otherwise: null,
  },
  more: letter('more', null, { channels: ['sms', 'email'], topic: 'news' }),
});

/** What reaches a resting run without deciding anything: traits, consent, reports, events for the wait ahead. */
const quiet: fc.Arbitrary<Deed> = fc.oneof(
  changes().filter(
    (deed) =>
      'traits' in deed ||
      ['Consent Changed', 'Preferences Changed', 'Message Unsubscribed'].includes(deed.event),
  ),
  fc.record({
    event: fc.constantFrom('Message Opened', 'Message Clicked', 'Message Bounced', 'Message Complained'),
    properties: fc.record({ message: fc.constant('hello'), type: fc.constantFrom('hard', 'soft') }),
  }),
  fc.record({ event: fc.constantFrom('Clicked', 'Replied', 'Page Read'), properties: fc.constant({}) }),
);

function atRest(): Bench {
  const ada = new Bench([resting]);
  ada.identify({ ...EMAIL, phone: '+4915112345678' });
  ada.event('Consent Changed', { topic: 'news', granted: true });
  ada.event('Signed Up');
  ada.send('hello');
  ada.sent('hello', 'accepted', { channel: 'sms' });
  return ada;
}

/** What the promise speaks of. */
function kept({ traits, consent, preferences, suppressed, sends, runs }: CustomerDocument): object {
  return {
    traits,
    consent,
    preferences,
    suppressed,
    sends,
    memory: Object.values(runs).map((run) => run.memory),
  };
}

describe('duplicates', () => {
  it('in any history, an input told again to any later document changes nothing', async () => {
    let repeated = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { workspace, journal } = await play(scenario);
        for (const { after } of journal.of('commit')) {
          const known = journal
            .of('told')
            .filter(({ input, customer }) => customer === after.customer && isKnown(after, input));
          for (const { input } of known) {
            const again = decide(
              after,
              { ...input, received: addMillis(after.decided, 1000) },
              { now: addMillis(after.decided, 1000), workspace },
            );
            expect(again.document).toBe(after);
            expect(again.log).toEqual([]);
            repeated += 1;
          }
        }
      }),
      { numRuns: 15 },
    );
    expect(repeated).toBeGreaterThan(500);
  });

  it('an event that nobody listens to is a duplicate too, where an exit waits for a condition', () => {
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { rest: pause('9 days', null) },
        { exits: [{ when: { 'profile.plan': 'gone' }, reason: 'gone' }] },
      ),
    ]);
    ada.event('Signed Up');
    ada.event('Page Read', {}, { id: 'page' });
    const { document } = ada;
    expect(ada.event('Page Read', {}, { id: 'page' }).document).toBe(document);
  });

  it('inside one batch change nothing either, and a hundred other events later they are new', () => {
    const ada = new Bench([
      manifest(
        'journey',
        { event: 'Signed Up', reentry: { mode: 'always' } },
        { rest: pause('9 days', null) },
      ),
    ]);
    for (const id of ['a', 'a', 'b', 'a']) ada.event('Signed Up', {}, { id });
    expect(ada.told('enters')).toHaveLength(2);
    for (let index = 0; index < 99; index += 1) ada.identify({ plan: `${index}` });
    ada.event('Signed Up', {}, { id: 'b' });
    expect(ada.told('enters')).toHaveLength(2);
    ada.identify({ plan: 'last' });
    // Both have left the window: a new event, and a run with an id of its own.
    ada.event('Signed Up', {}, { id: 'b' });
    expect(ada.told('enters')).toHaveLength(3);
    expect(Object.keys(ada.document.runs)).toHaveLength(3);
  });
});

function isKnown({ recent }: CustomerDocument, { id }: CustomerEvent | Identify): boolean {
  return recent.includes(id);
}

describe('order', () => {
  it('events that nobody has read yet may arrive in any order: documents, waits and sends are the same', () => {
    const batches = fc
      .array(fc.record({ deed: quiet, minute: fc.nat({ max: 20 }) }), { minLength: 2, maxLength: 8 })
      .chain((batch) =>
        fc.tuple(fc.constant(batch), fc.shuffledSubarray([...batch.keys()], { minLength: batch.length })),
      );
    fc.assert(
      fc.property(batches, ([batch, order]) => {
        const inputs = batch.map(({ deed, minute }, index) => {
          const received = addMillis(atRest().now, 30 * 60_000);
          return inputOf(deed, `quiet ${index}`, addMillis(received, -minute * 60_000), received);
        });
        const outcomes = [[...batch.keys()], order].map((indexes) => {
          const ada = atRest();
          ada.minutes(30);
          for (const index of indexes) {
            const input = inputs[index];
            if (input !== undefined) ada.decide(input);
          }
          const after = kept(ada.document);
          ada.minutes(150);
          ada.register('wait', { since: ada.run.entered, until: addMillis(ada.now, 86_400_000) });
          const branch = ada.run.won?.plan ?? ada.plan('which', { settle: { step: 'wait', visit: 1 } });
          return { after, taken: ada.told('takes'), branch, claim: ada.send('more') };
        });
        expect(outcomes[1]).toEqual(outcomes[0]);
      }),
      { numRuns: 300 },
    );
  });

  it('of two answers about consent at one instant the refusal holds', () => {
    for (const order of [
      [true, false],
      [false, true],
    ]) {
      const ada = new Bench([]);
      for (const granted of order) ada.event('Consent Changed', { topic: 'news', channel: 'email', granted });
      expect(ada.document.consent['news']?.['email']?.granted).toBe(false);
    }
  });

  it('an event decided before an entry does not reach that run, and one older than the entry does not either', () => {
    const rules = { exits: [{ event: 'Left', reason: 'left' }], goal: { event: 'Order', ends: true } };
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { wait: awaiting('1 day', [['Clicked', null]], null, 'entry') },
        rules,
      ),
    ]);
    for (const event of ['Left', 'Order', 'Clicked']) ada.event(event);
    ada.event('Signed Up');
    ada.minutes(5);
    for (const event of ['Left', 'Order', 'Clicked'])
      ada.event(event, {}, { at: addMillis(ada.run.entered, -1) });
    expect(ada.run.over).toBeUndefined();
    expect(ada.told('takes', 'exits')).toEqual([]);
  });
});

describe('late events', () => {
  it('are logged as late, judged by their own timestamp, and never reopen a run', () => {
    const arms = [['Clicked', 'more']] as const;
    const ada = new Bench([
      manifest('journey', 'Signed Up', {
        wait: awaiting('1 hour', arms, 'rest'),
        rest: pause('1 day', 'more'),
        more: letter('more', null),
      }),
    ]);
    ada.event('Signed Up');
    const inside = addMillis(ada.now, 30 * 60_000);
    ada.register('wait');
    ada.minutes(61);
    ada.plan('rest', { settle: { step: 'wait', visit: 1 } });
    ada.minutes(5);
    const { phase, waiting } = ada.run;
    ada.event('Clicked', {}, { at: inside });
    expect(ada.log.at(-1)).toMatchObject({ kind: 'ignores', reason: 'late', late: true });
    expect({ phase: ada.run.phase, waiting: ada.run.waiting, over: ada.run.over }).toEqual({
      phase,
      waiting,
      over: undefined,
    });
    expect(ada.told('takes')).toEqual(['takes wait time is up']);
  });

  it('a late trait or consent gives way to a newer one, whatever the order', () => {
    const workspace = createWorkspace({ manifests: [], newest: {}, settings: SETTINGS });
    const ada = new Bench([]);
    expect(workspace.watched.size).toBe(0);
    const earlier = addMillis(ada.now, -60_000);
    ada.identify({ plan: 'new' });
    ada.identify({ plan: 'old' }, { at: earlier });
    ada.event('Consent Changed', { topic: 'news', channel: 'email', granted: false });
    ada.event('Consent Changed', { topic: 'news', channel: 'email', granted: true }, { at: earlier });
    expect(ada.document.traits['plan']?.value).toBe('new');
    expect(ada.document.consent['news']?.['email']?.granted).toBe(false);
  });
});
