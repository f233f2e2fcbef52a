// Why somebody got a message, or did not: found in what the engine itself has told.
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { explainMessages, type Question } from '#lib/engine/explanation/explain-messages.ts';
import type { Explanation } from '#lib/engine/explanation/fact.ts';
import { explanationInWords } from '#lib/engine/explanation/in-words.ts';
import { letter, manifest, SETTINGS } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';
import { before } from '../rules/before-send.ts';

const QUIET: Partial<SendSettings> = { quietHours: { from: '21:00', to: '09:30' } };

function explained(ada: Bench, question: Question, ledger?: readonly LedgerEntry[]): readonly Explanation[] {
  const consent = {
    records: ada.document.consent,
    withoutRecord: new Set(['updates']),
    ...(ledger === undefined ? {} : { ledger }),
  };
  return explainMessages({ entries: ada.log, consent }, question);
}

function words(
  ada: Bench,
  question: Question,
  locale = 'en',
  ledger?: readonly LedgerEntry[],
): readonly string[] {
  return explained(ada, question, ledger).flatMap((one) =>
    explanationInWords(one, { locale, zone: 'Europe/Berlin' }),
  );
}

function consenting(settings: Partial<SendSettings> = {}): Bench {
  const ada = before({ topic: 'news', ...settings });
  ada.event('Consent Changed', { topic: 'news', channel: 'email', granted: true, source: 'checkout' });
  return ada;
}

describe('a message that was sent', () => {
  it('is explained from the event that let in to the consent that it rested on', () => {
    const ada = consenting(QUIET);
    ada.wait(at('2026-03-02T21:00:00Z'));
    ada.send('hello');
    ada.wait(at('2026-03-03T08:30:00Z'));
    ada.send('hello');
    ada.sent('hello');
    expect(words(ada, { message: 'hello' })).toEqual([
      'On 2 March 2026 at 11:00 “Signed Up” was recorded: with that “journey” began.',
      'On 2 March 2026 at 22:00 the message by e-mail was held back until 3 March 2026 at 09:30, because it was in the quiet hours.',
      'Consent to “news” by e-mail was given on 2 March 2026 at 11:00 (here: “checkout”).',
      'Quiet hours and the number of messages sent lately were looked at, and nothing stood against it.',
      'On 3 March 2026 at 09:30 “hello” was sent by e-mail.',
    ]);
    expect(words(ada, { message: 'hello' }, 'de-AT')).toEqual([
      'Am 2. März 2026 um 11:00 wurde „Signed Up“ verzeichnet: Damit begann die Strecke „journey“.',
      'Am 2. März 2026 um 22:00 wurde die Nachricht per E-Mail bis 3. März 2026 um 09:30 zurückgehalten, weil Ruhezeit war.',
      'Die Einwilligung in „news“ per E-Mail wurde am 2. März 2026 um 11:00 erteilt (hier: „checkout“).',
      'Ruhezeiten und die Zahl der zuletzt gesendeten Nachrichten wurden geprüft, und nichts sprach dagegen.',
      'Am 3. März 2026 um 09:30 wurde „hello“ per E-Mail gesendet.',
    ]);
  });

  it('tells no consent that is newer than itself', () => {
    const ada = consenting();
    ada.send('hello');
    ada.sent('hello');
    ada.minutes(5);
    ada.event('Consent Changed', { topic: 'news', granted: false });
    expect(words(ada, { message: 'hello' })).toContain(
      'What was allowed for “news” has changed since, on 2 March 2026 at 11:05; when the message was sent, it was allowed.',
    );
  });

  it.each([
    ['everything', { topic: '*', granted: false }],
    ['the channel', { topic: '*', channel: 'email', granted: false }],
    ['the topic on every channel', { topic: 'news', channel: '*', granted: false }],
    ['the topic on the channel', { topic: 'news', channel: 'email', granted: false }],
  ])('rests on the consent of then, which was taken back since for %s', (_, refusal) => {
    const ada = consenting();
    ada.minutes(5);
    ada.send('hello');
    ada.sent('hello');
    const ledger = ada.document.ledger ?? [];
    ada.minutes(5);
    ada.event('Consent Changed', refusal);
    const then = 'Consent to “news” by e-mail was given on 2 March 2026 at 11:00 (here: “checkout”).';
    const since =
      'What was allowed for “news” has changed since, on 2 March 2026 at 11:10; when the message was sent, it was allowed.';
    expect(words(ada, { message: 'hello' }, 'en', [...ledger, ...(ada.document.ledger ?? [])])).toEqual(
      expect.arrayContaining([then, since]),
    );
  });

  it('rests on the consent of then, though another was given since', () => {
    const ada = consenting();
    ada.minutes(5);
    ada.send('hello');
    ada.sent('hello');
    ada.minutes(5);
    ada.event('Consent Changed', { topic: 'news', channel: 'email', granted: true, source: 'fair' });
    const told = words(ada, { message: 'hello' }, 'en', ada.document.ledger ?? []);
    expect(told).toContain(
      'Consent to “news” by e-mail was given on 2 March 2026 at 11:00 (here: “checkout”).',
    );
    expect(told.join(' ')).not.toContain('has changed since');
  });

  it('needs no consent where it is transactional, and none on record where silence is enough', () => {
    const order = before({ class: 'transactional' });
    order.send('hello');
    order.sent('hello');
    expect(words(order, { message: 'hello' }).slice(1)).toEqual([
      'It is a message about a matter of the customer’s own, such as an order or an account, and no advertising: it needs no consent.',
      'On 2 March 2026 at 11:00 “hello” was sent by e-mail.',
    ]);
    const update = before({});
    update.send('hello');
    update.sent('hello', 'unknown');
    expect(words(update, { message: 'hello' }).slice(1)).toEqual([
      '“updates” is sent until somebody objects, and no objection was on record.',
      'Quiet hours and the number of messages sent lately were looked at, and nothing stood against it.',
      'On 2 March 2026 at 11:00 “hello” was handed over to be sent by e-mail; whether it was taken is not known.',
    ]);
  });

  it('names branches with the value that decided, and of addresses nothing', () => {
    const entry = {
      event: 'Cart Filled',
      where: { 'profile.email': { endsWith: '@example.com' } },
      reentry: { mode: 'always' as const },
    };
    const ada = new Bench([
      manifest('journey', entry, {
        dear: {
          kind: 'branch',
          cases: [{ name: 'dear', when: { 'entry.price': { gte: 15 } }, next: 'hello' }],
          otherwise: null,
        },
        hello: letter('hello', null),
      }),
    ]);
    ada.identify(EMAIL);
    ada.event('Cart Filled', { price: 39 });
    ada.send('hello');
    ada.sent('hello');
    const [entered, branch] = words(ada, { message: 'hello' });
    expect(entered).toBe(
      'On 2 March 2026 at 11:00 “Cart Filled” was recorded (email ends with @example.com: yes, it is …@…): with that “journey” began.',
    );
    expect(branch).toBe('At “dear” the way “dear” was taken (price is at least 15: yes, it is 39).');
    expect(words(ada, { message: 'hello' }, 'de')[1]).toBe(
      'Bei „dear“ wurde der Weg „dear“ genommen (price ist mindestens 15: ja, es ist 39).',
    );
  });
});

describe('a message that did not come', () => {
  it('was skipped for a reason', () => {
    const ada = before({ topic: 'news' });
    ada.send('hello');
    expect(words(ada, { message: 'hello' }).at(-1)).toBe(
      'On 2 March 2026 at 11:00 “hello” was not sent by e-mail, because there was no consent to it.',
    );
  });

  it('is held back now', () => {
    const ada = consenting(QUIET);
    ada.wait(at('2026-03-02T21:00:00Z'));
    ada.send('hello');
    expect(explained(ada, { message: 'hello' })).toMatchObject([
      { outcome: 'held back', journey: 'journey' },
    ]);
  });

  it('was cut off by the end of the run, or by not being let in', () => {
    const entry = {
      event: 'Signed Up',
      where: { 'event.plan': 'gold' },
      reentry: { mode: 'always' as const },
    };
    const exits = [{ event: 'Signed Off', reason: 'Signed Off' }];
    const ada = new Bench([manifest('journey', entry, { hello: letter('hello', null) }, { exits })], 'ada', {
      ...SETTINGS,
      explains: 'everything',
    });
    ada.identify(EMAIL);
    ada.event('Signed Up', { plan: 'iron' });
    ada.minutes(1);
    ada.event('Signed Up', { plan: 'gold' });
    ada.event('Signed Off');
    const question = { message: 'hello', journeys: ['journey'] };
    expect(explained(ada, question).map(({ outcome }) => outcome)).toEqual(['not let in', 'not reached']);
    expect(words(ada, question)).toEqual([
      'On 2 March 2026 at 11:00 “journey” did not begin, because what it asks for was not so (plan is gold: no, it is iron).',
      'On 2 March 2026 at 11:01 “Signed Up” was recorded (plan is gold: yes): with that “journey” began.',
      'On 2 March 2026 at 11:01 “journey” ended, because of this: “Signed Off”.',
    ]);
  });
});

describe('a question', () => {
  it('can be about one run and step, and finds nothing of others', () => {
    const ada = consenting();
    ada.send('hello');
    ada.sent('hello');
    expect(explained(ada, { run: ada.runId, step: 'hello' })).toMatchObject([
      { outcome: 'sent', message: 'hello' },
    ]);
    expect(explained(ada, { message: 'goodbye' })).toEqual([]);
    expect(explained(ada, { run: 'another' })).toEqual([]);
  });
});
