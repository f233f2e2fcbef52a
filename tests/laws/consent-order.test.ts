// What customers, providers and operators say about consent and suppression counts by when it was said, not by when it was heard: in any
// order of arrival, also twice and late, the same is on record. And whoever imports an old list overrules nobody's refusal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { Bench, EMAIL } from '../engine/bench.ts';

const SETTINGS: EngineSettings = {
  timezone: 'Europe/Berlin',
  locale: 'en',
  topics: { news: {}, offers: { confirm: { within: '7 days' } }, updates: { withoutRecord: 'granted' } },
};

interface Saying {
  readonly event: string;
  readonly properties: Record<string, unknown>;
  /** Minutes after the beginning. Few, so that many are said at one instant. */
  readonly minute: number;
}

const channel = fc.constantFrom('email', 'sms', '*', 'E-Mail', 'pigeon', undefined);
const consents = fc.record(
  {
    topic: fc.constantFrom('news', 'offers', 'updates', 'renamed', '*'),
    channel,
    granted: fc.constantFrom(true, false, 'false'),
    source: fc.constantFrom('form', 'page'),
    confirmed: fc.boolean(),
    import: fc.boolean(),
  },
  { requiredKeys: ['topic', 'granted'] },
);

const sayings: fc.Arbitrary<Saying> = fc
  .oneof(
    fc.record({ event: fc.constant('Consent Changed'), properties: consents }),
    fc.record({
      event: fc.constant('Message Unsubscribed'),
      properties: fc.record(
        { topic: fc.constantFrom('news', 'offers', 'renamed'), channel },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      event: fc.constantFrom(
        'Message Complained',
        'Message Bounced',
        'Suppression Added',
        'Suppression Lifted',
      ),
      properties: fc.record({
        channel: fc.constantFrom('email', 'sms'),
        type: fc.constantFrom('hard', 'soft'),
        reason: fc.constantFrom('opted out', 'asked to'),
      }),
    }),
  )
  .chain((saying) => fc.nat({ max: 6 }).map((minute) => ({ ...saying, minute })));

function heard(said: readonly Saying[], order: readonly number[]): Bench {
  const ada = new Bench([], 'ada', SETTINGS);
  ada.identify({ ...EMAIL, phone: '+4915112345678' });
  const start = ada.now;
  ada.minutes(60);
  for (const index of order) {
    const one = said[index];
    if (one === undefined) continue;
    ada.minutes(1);
    ada.event(one.event, one.properties, { id: `said ${index}`, at: addMillis(start, one.minute * 60_000) });
  }
  ada.now = addMillis(start, 24 * 60 * 60_000);
  return ada;
}

function onRecord({ consent, requested, suppressed, lifted }: CustomerDocument): object {
  return { consent: kept(consent), requested, suppressed, lifted };
}

/** A topic of which nothing is on record may have an empty place or none. */
function kept(consent: CustomerDocument['consent']): object {
  return Object.fromEntries(Object.entries(consent).filter(([, records]) => Object.keys(records).length > 0));
}

const inTwoOrders = fc
  .array(sayings, { minLength: 2, maxLength: 9 })
  .chain((said) =>
    fc.tuple(fc.constant(said), fc.shuffledSubarray([...said.keys()], { minLength: said.length })),
  );

describe('what is on record about consent and suppression', () => {
  it('is the same in every order of arrival', () => {
    fc.assert(
      fc.property(inTwoOrders, ([said, order]) => {
        expect(onRecord(heard(said, order).document)).toEqual(
          onRecord(heard(said, [...said.keys()]).document),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same when everything is told once more', () => {
    fc.assert(
      fc.property(inTwoOrders, ([said, order]) => {
        const once = heard(said, order).document;
        expect(heard(said, [...order, ...order]).document.consent).toEqual(once.consent);
      }),
      { numRuns: 100 },
    );
  });

  it('an import never makes anything possible that a refusal forbids, whatever the timestamps', () => {
    const imported = consents.map((properties) => ({ ...properties, import: true, granted: true }));
    const refusals = consents.map((properties) => ({ ...properties, granted: false }));
    const lists = fc.array(saidOf(imported), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(saidOf(refusals), lists, fc.nat(), (no, yes, at) => {
        const said = yes.toSpliced(at % (yes.length + 1), 0, no);
        const refused = [...reachable(heard([no], [0]))].filter(({ isRefused }) => isRefused);
        const all = [...reachable(heard(said, [...said.keys()]))];
        const opened = refused.filter(({ name }) => all.some((one) => one.name === name && one.may));
        expect(opened).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

function saidOf(properties: fc.Arbitrary<Saying['properties']>): fc.Arbitrary<Saying> {
  return fc.record({ event: fc.constant('Consent Changed'), properties, minute: fc.nat({ max: 6 }) });
}

/** What a refusal is on record for, and what may be sent. */
function* reachable({ document, workspace, now }: Bench) {
  for (const topic of Object.keys(SETTINGS.topics))
    for (const on of ['email', 'sms'] as const) {
      const scopes = [topic, '*'].flatMap((one) => [on, '*'].map((which) => document.consent[one]?.[which]));
      yield {
        name: `${topic} by ${on}`,
        isRefused: scopes.some((record) => record?.granted === false),
        may: whyNoConsent({ document, workspace, now }, topic, on) === undefined,
      };
    }
}

describe('suppression', () => {
  const START = new Bench([]).now;
  const minute = (count: number): Instant => addMillis(START, count * 60_000);
  const orders = <T>(of: readonly T[]): readonly (readonly T[])[] =>
    of.length < 2
      ? [of]
      : of.flatMap((one, index) => orders(of.toSpliced(index, 1)).map((rest) => [one, ...rest]));

  it.each<[string, readonly [string, number][], boolean]>([
    [
      'a bounce of before it was lifted, however late it is told',
      [
        ['bounce', 1],
        ['lift', 2],
      ],
      false,
    ],
    [
      'a bounce of afterwards',
      [
        ['lift', 2],
        ['bounce', 3],
      ],
      true,
    ],
    [
      'a bounce of the same instant',
      [
        ['lift', 2],
        ['bounce', 2],
      ],
      true,
    ],
    [
      'a complaint and a later bounce, lifted in between',
      [
        ['complaint', 1],
        ['lift', 2],
        ['bounce', 3],
      ],
      true,
    ],
    [
      'a later complaint and a bounce, lifted in between',
      [
        ['bounce', 1],
        ['lift', 2],
        ['complaint', 3],
      ],
      true,
    ],
    [
      'both, lifted afterwards',
      [
        ['complaint', 1],
        ['bounce', 2],
        ['lift', 3],
      ],
      false,
    ],
    [
      'twice lifted, and a stale complaint',
      [
        ['lift', 4],
        ['complaint', 3],
        ['lift', 2],
        ['bounce', 1],
      ],
      false,
    ],
  ])('%s: suppressed %s', (_, said, isSuppressed) => {
    const events: Readonly<Record<string, string>> = {
      bounce: 'Message Bounced',
      complaint: 'Message Complained',
      lift: 'Suppression Lifted',
    };
    for (const order of orders(said)) {
      const ada = new Bench([]);
      ada.identify(EMAIL);
      ada.minutes(60);
      for (const [what, when] of order)
        ada.event(events[what] ?? '', { channel: 'email', type: 'hard' }, { at: minute(when) });
      expect(ada.document.suppressed['email'] !== undefined).toBe(isSuppressed);
    }
  });

  it('a bounce of a message that nobody remembers is about the address of that time', () => {
    const ada = new Bench([]);
    ada.identify({ email: 'old@example.com' });
    ada.minutes(10);
    ada.identify({ email: 'new@example.com' });
    ada.event('Message Bounced', { channel: 'email', type: 'hard' }, { at: minute(5) });
    expect(ada.document.suppressed).toEqual({});
    ada.minutes(10);
    ada.event('Message Bounced', { channel: 'email', type: 'hard' });
    expect(ada.document.suppressed['email']).toMatchObject({ reason: 'hard bounce' });
  });

  it('is lifted only where the channel is named; without one it is added on all of them', () => {
    const ada = new Bench([]);
    ada.event('Suppression Added', { reason: 'asked us by phone' });
    expect(Object.keys(ada.document.suppressed)).toHaveLength(6);
    ada.minutes(1);
    for (const on of [undefined, null, 'pigeon', '*', 'SMS'])
      ada.event('Suppression Lifted', { channel: on });
    expect(Object.keys(ada.document.suppressed)).toHaveLength(6);
    expect(ada.told('ignores')).toEqual(Array<string>(5).fill('ignores suppression not understood'));
    ada.event('Suppression Lifted', { channel: 'sms' });
    expect(Object.keys(ada.document.suppressed)).toHaveLength(5);
  });
});
