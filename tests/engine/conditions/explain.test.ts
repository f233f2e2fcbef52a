// Why a condition is true or false, in words; and that the explanation never says another answer than the decision took.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Deciding } from '#lib/engine/deciding.ts';
import { newDocument } from '#lib/engine/document.ts';
import { isTrue, type Scope } from '#lib/engine/conditions/evaluate.ts';
import { explain, explanationText } from '#lib/engine/conditions/explain.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { SETTINGS, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { EMAIL, Bench, at } from '../bench.ts';

const NOW = at('2026-03-02T10:00:00Z');

function read(written: unknown): Condition {
  const parsed = parseCondition(written);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.condition;
}

function deciding(traits: Record<string, unknown>): Deciding {
  const document = newDocument('c1', 'ada', NOW);
  for (const [name, value] of Object.entries(traits)) document.traits[name] = { value, at: NOW };
  return {
    document,
    now: NOW,
    clock: NOW,
    workspace: createWorkspace({ manifests: [], newest: {}, settings: SETTINGS }),
    log: [],
    announced: [],
    announcements: 0,
    isNew: false,
    ownRuns: new Set(),
    late: false,
    changed: false,
  };
}

function event(properties: Record<string, unknown>): Scope {
  const made: CustomerEvent = {
    kind: 'event',
    id: 'e',
    at: NOW,
    received: NOW,
    event: 'Happened',
    properties,
  };
  return { event: made };
}

function said(written: unknown, traits: Record<string, unknown> = {}, properties = {}): string {
  return explanationText(explain(read(written), deciding(traits), event(properties)));
}

describe('in words', () => {
  it.each([
    [{ 'profile.country': 'DE' }, { country: 'FR' }, 'profile.country is DE: no, it is FR'],
    [{ 'profile.country': 'DE' }, { country: 'DE' }, 'profile.country is DE: yes'],
    [{ 'profile.country': 'DE' }, {}, 'profile.country is DE: no, it is not known'],
    [
      { 'profile.country': ['DE', 'AT'] },
      { country: 'AT' },
      'profile.country is one of DE, AT: yes, it is AT',
    ],
    [{ 'profile.age': { gte: 18 } }, { age: 33 }, 'profile.age is at least 18: yes, it is 33'],
    [{ 'profile.vip': true }, { vip: false }, 'profile.vip is yes: no, it is no'],
    [{ 'profile.vip': { exists: false } }, {}, 'profile.vip is not known: yes'],
    [
      { 'profile.on': { 'within next': '30 days' } },
      { on: '2026-07-01' },
      'profile.on is within the next 30 days: no, it is 2026-07-01',
    ],
    [
      { 'profile.on': { before: '2026-03-02' } },
      { on: '2026-03-01' },
      'profile.on is before 2026-03-02: yes, it is 2026-03-01',
    ],
    [
      { 'profile.tags': { contains: 'red' } },
      { tags: ['blue', 'green'] },
      'profile.tags contains red: no, it is blue, green',
    ],
    [{ not: { 'profile.country': 'DE' } }, { country: 'DE' }, 'profile.country is DE: yes'],
    [{ reachable: 'email', topic: 'news' }, {}, 'reachable by email about news: no, no address'],
    [{ reachable: 'email', topic: 'news' }, EMAIL, 'reachable by email about news: no, no consent'],
    [{ inJourney: 'welcome' }, {}, 'in journey welcome: no'],
    [{ completed: 'welcome' }, {}, 'completed journey welcome: no'],
    [
      { message: 'nps', was: 'sent', within: '90 days' },
      {},
      'message nps was sent in 90 days: no, nothing is known of one',
    ],
  ])('%j of %j', (condition, traits, text) => {
    expect(said(condition, traits)).toBe(text);
  });

  it('of two fields both values are told', () => {
    const same = { 'event.cart': { 'same as': 'profile.cart' } };
    expect(said(same, { cart: 'k1' }, { cart: 'k2' })).toBe(
      'event.cart is profile.cart: no, they are k2 and k1',
    );
    expect(said(same, { cart: 'k1' }, { cart: 'k1' })).toBe('event.cart is profile.cart: yes, both are k1');
  });

  it('of all what is missing, of any what was enough', () => {
    const traits = { country: 'FR', age: 17 };
    const parts = [{ 'profile.country': 'FR' }, { 'profile.age': { gte: 18 } }];
    expect(said({ all: parts }, traits)).toBe('profile.age is at least 18: no, it is 17');
    expect(said({ any: parts }, traits)).toBe('profile.country is FR: yes');
    expect(said({ all: parts }, { country: 'FR', age: 40 })).toBe(
      'profile.country is FR: yes; profile.age is at least 18: yes, it is 40',
    );
    expect(said({ any: parts }, {})).toBe(
      'profile.country is FR: no, it is not known; profile.age is at least 18: no, it is not known',
    );
  });

  it('never grows beyond what a log can carry', () => {
    const long = 'x'.repeat(5000);
    const all = Array.from({ length: 50 }, (_, index) => ({ [`profile.f${index}`]: long }));
    const text = said(
      { any: all },
      Object.fromEntries(all.map((_, index) => [`f${index}`, 'y'.repeat(900)])),
    );
    expect(text.length).toBe(240);
    expect(text.endsWith('…')).toBe(true);
  });
});

const value = fc.constantFrom<unknown>(
  0,
  1,
  2,
  'a',
  'b',
  true,
  false,
  ['a', 'b'],
  null,
  undefined,
  '2026-03-01',
  '2026-03-09',
);
const operator = fc.constantFrom<unknown>(
  'a',
  1,
  ['a', 'b'],
  { gte: 1 },
  { lt: 2 },
  { ne: 'a' },
  { notIn: ['a'] },
  { exists: true },
  { exists: false },
  { contains: 'a' },
  { startsWith: 'a' },
  { before: '2026-03-05' },
  { 'within next': '30 days' },
  { 'more than ago': '1 day' },
  { 'same as': 'profile.b' },
  { gt: { 'same as': 'event.c' } },
);
const leaf = fc.oneof(
  fc
    .record({ field: fc.constantFrom('profile.a', 'profile.b', 'event.c'), operator })
    .map((one) => ({ [one.field]: one.operator })),
  fc.constantFrom(
    { inJourney: 'x' },
    { completed: 'x' },
    { message: 'm', was: 'sent' },
    { reachable: 'email', topic: 'updates' },
  ),
);
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));

describe('truth', () => {
  it('the explanation says what the evaluation says, of the whole and of each part', () => {
    const told = fc.record({ a: value, b: value, email: fc.constantFrom(undefined, 'a@example.com') });
    fc.assert(
      fc.property(condition, told, value, (written, traits, c) => {
        const parsed = read(written);
        const surroundings = deciding(traits);
        const scope = event({ c });
        const explained = explain(parsed, surroundings, scope);
        expect(explained.holds).toBe(isTrue(parsed, surroundings, scope));
        expect(explanationText(explained)).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

function because(ada: Bench, kind: string): (string | undefined)[] {
  return ada.log.filter((line) => line.kind === kind).map((line) => line.because);
}

describe('where it is told', () => {
  const asks: FlowNode = {
    kind: 'branch',
    cases: [
      { name: 'gold', when: { 'profile.plan': 'gold' }, next: null },
      { name: 'old', when: { 'entry.n': { gte: 5 } }, next: null },
    ],
    otherwise: 'rest',
  };
  const nodes = { asks, rest: pause('1 day', null) };
  const entry = { event: 'Signed Up', where: { 'event.n': { gt: 0 } }, reentry: { mode: 'always' } } as const;

  it('an entry says what let the customer in, a branch why its case and why none before it', () => {
    const ada = new Bench([manifest('journey', entry, nodes)]);
    ada.identify({ plan: 'free' });
    ada.event('Signed Up', { n: 7 });
    ada.event('Signed Up', { n: 3 });
    expect(because(ada, 'enters')[0]).toBe('event.n is more than 0: yes, it is 7');
    expect(because(ada, 'takes')).toEqual([
      'entry.n is at least 5: yes, it is 7; profile.plan is gold: no, it is free',
      'profile.plan is gold: no, it is free; entry.n is at least 5: no, it is 3',
    ]);
  });

  it('those whom the condition keeps out are told where everything is to be explained, and there only', () => {
    for (const [explains, expected] of [
      ['everything', ['event.n is more than 0: no, it is 0']],
      ['decisions', []],
      ['nothing', []],
    ] as const) {
      const ada = new Bench([manifest('journey', entry, nodes)], 'ada', { ...SETTINGS, explains });
      ada.event('Signed Up', { n: 0 });
      expect([explains, because(ada, 'refuses')]).toEqual([explains, expected]);
    }
    const ada = new Bench([manifest('journey', entry, nodes)], 'ada', { ...SETTINGS, explains: 'nothing' });
    ada.event('Signed Up', { n: 7 });
    expect(ada.log.filter((line) => line.because !== undefined)).toEqual([]);
  });

  it('an event that is late is told as late, whatever is explained', () => {
    for (const explains of ['everything', 'decisions', 'nothing'] as const) {
      const ada = new Bench([manifest('journey', entry, nodes)], 'ada', { ...SETTINGS, explains });
      ada.event('Signed Up', { n: 7 });
      ada.event('Signed Up', { n: 0 }, { at: at('2026-01-01T00:00:00Z') });
      expect([explains, ada.log.at(-1)?.reason]).toEqual([explains, 'late']);
    }
  });

  it('an exit says which condition led the customer out, a goal which event was meant', () => {
    const rules = {
      goal: { event: 'Order', where: { 'event.n': { 'same as': 'entry.n' } }, ends: true },
      exits: [{ when: { 'profile.plan': 'gone' }, reason: 'gone' }],
    };
    const ada = new Bench([manifest('journey', entry, { rest: letter('rest', null) }, rules)]);
    ada.event('Signed Up', { n: 7 });
    ada.event('Order', { n: 7 });
    ada.event('Signed Up', { n: 8 });
    ada.identify({ plan: 'gone' });
    expect(because(ada, 'exits')).toEqual([
      'event.n is entry.n: yes, both are 7',
      'profile.plan is gone: yes',
    ]);
  });
});
