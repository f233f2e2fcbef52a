// Which cases are never taken: what is told is always true, and the usual mistakes are told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImpossible } from '#lib/compiler/checks/satisfiable.ts';
import { isTrue } from '#lib/engine/conditions/evaluate.ts';
import type { Deciding } from '#lib/engine/deciding.ts';
import { newDocument } from '#lib/engine/document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import { at } from '../../engine/bench.ts';
import { SETTINGS } from '../../laws/world/journeys.ts';

function read(written: unknown): Condition {
  const parsed = parseCondition(written);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.condition;
}

/** Whether the last of these cases is never taken. */
function hidden(...cases: readonly unknown[]): boolean {
  const conditions = cases.map(read);
  return isImpossible(conditions.slice(-1), conditions.slice(0, -1));
}

const age = (range: unknown) => ({ 'profile.age': range });
const country = (value: unknown) => ({ 'profile.country': value });

describe('hidden', () => {
  it.each([
    ['the same', [country('DE'), country('DE')]],
    ['one of a list', [country(['DE', 'AT']), country('AT')]],
    ['a list of a list', [country(['DE', 'AT', 'CH']), country(['CH', 'DE'])]],
    ['a list that earlier cases share', [country('DE'), country('AT'), country(['DE', 'AT'])]],
    ['a narrower range', [age({ gte: 18 }), age({ gte: 65 })]],
    ['a number in a range', [age({ gte: 18, lt: 65 }), age(30)]],
    ['a range that two share', [age({ lt: 40 }), age({ gte: 40 }), age({ gte: 18, lt: 65 })]],
    ['whatever has a value', [age({ exists: true }), age({ gte: 18 })]],
    ['with one condition more', [country('DE'), { ...country('DE'), ...age({ gte: 18 }) }]],
    ['one of any', [{ any: [country('DE'), age(18)] }, age(18)]],
    [
      'behind a case that is always true',
      [{ any: [age({ exists: true }), age({ exists: false })] }, country('DE')],
    ],
    ['not unequal', [{ not: { not: country('DE') } }, country('DE')]],
    ['a segment', [{ segment: 'vip' }, { all: [{ segment: 'vip' }, country('DE')] }]],
    [
      'a date asked twice',
      [{ 'profile.on': { before: '2026-01-01' } }, { 'profile.on': { before: '2026-01-01' } }],
    ],
    [
      'a send asked twice',
      [{ send: 'hello', was: 'opened' }, { all: [{ send: 'hello', was: 'opened' }, age(1)] }],
    ],
  ])('%s', (_, cases) => {
    expect(hidden(...cases)).toBe(true);
  });
});

describe('not hidden, or not decided', () => {
  it.each([
    ['another value', [country('DE'), country('AT')]],
    ['a wider list', [country(['DE', 'AT']), country(['AT', 'CH'])]],
    ['a wider range', [age({ gte: 65 }), age({ gte: 18 })]],
    ['the bound itself', [age({ gt: 18 }), age({ gte: 18 })]],
    [
      'yes and no leave those of whom it is not known',
      [{ 'profile.vip': true }, { 'profile.vip': false }, { 'profile.vip': { exists: false } }],
    ],
    ['not is true of a missing value, ne is not', [country({ ne: 'DE' }), { not: country('DE') }]],
    ['another field', [age({ gte: 18 }), { 'profile.children': { gte: 18 } }]],
    ['another segment', [{ segment: 'vip' }, { segment: 'new' }]],
    [
      'opened or sent: not decided',
      [
        { send: 'hello', was: 'sent' },
        { send: 'hello', was: 'opened' },
      ],
    ],
    [
      'dates: not decided',
      [{ 'profile.on': { before: '2027-01-01' } }, { 'profile.on': { before: '2026-01-01' } }],
    ],
    ['texts: not decided', [country({ startsWith: 'D' }), country('DE')]],
  ])('%s', (_, cases) => {
    expect(hidden(...cases)).toBe(false);
  });

  it('what would take too long is taken as possible', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      any: [{ [`profile.a${index}`]: 1 }, { [`profile.b${index}`]: 1 }],
    }));
    const started = many.map((one) => read(one));
    expect(isImpossible([read({ 'profile.z': 1 })], started)).toBe(false);
  });
});

describe('contradictions', () => {
  it.each([
    [{ ...age({ gte: 50, lt: 20 }) }, true],
    [{ all: [country('DE'), country('AT')] }, true],
    [{ all: [country({ exists: false }), country('AT')] }, true],
    [{ all: [country('DE'), { not: country(['DE', 'AT']) }] }, true],
    [{ all: [{ segment: 'vip' }, { not: { segment: 'vip' } }] }, true],
    [age({ gte: 20, lt: 50 }), false],
    [age({ gte: 20, lte: 20 }), false],
    [{ not: country('DE') }, false],
  ])('%j: %s', (written, expected) => {
    expect(isImpossible([read(written)], [])).toBe(expected);
  });
});

const value = fc.constantFrom<unknown>(
  0,
  1,
  2,
  2.5,
  3,
  9,
  'a',
  'b',
  'c',
  true,
  false,
  null,
  undefined,
  ['a'],
  { a: 1 },
);
const asked = fc.constantFrom<unknown>(
  'a',
  1,
  true,
  ['a', 'b'],
  [1, 2, true],
  { ne: 'a' },
  { ne: 2 },
  { notIn: ['a', 1] },
  { gt: 1 },
  { gte: 2 },
  { gte: 1, lt: 3 },
  { lt: 2 },
  { lte: 2 },
  { exists: true },
  { exists: false },
  { contains: 'a' },
  { startsWith: 'a' },
  { 'same as': 'profile.b' },
);
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(fc.constantFrom('a', 'b', 'c'), asked).map(([name, one]) => ({ [`profile.${name}`]: one })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
  ),
}));

describe('soundness', () => {
  it('no customer takes a case of which it is said that nobody does', () => {
    const now = at('2026-03-02T10:00:00Z');
    const workspace = createWorkspace({ manifests: [], newest: {}, settings: SETTINGS });
    const traits = fc.record({ a: value, b: value, c: value });
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        fc.array(traits, { minLength: 20, maxLength: 20 }),
        (cases, customers) => {
          const conditions = cases.map(read);
          const [last] = conditions.slice(-1);
          const before = conditions.slice(0, -1);
          if (last === undefined || !isImpossible([last], before)) return;
          for (const customer of customers) {
            const document = newDocument('c', 'c', now);
            for (const [name, one] of Object.entries(customer))
              document.traits[name] = { value: one, at: now };
            const deciding: Deciding = {
              document,
              now,
              clock: now,
              workspace,
              log: [],
              announced: [],
              announcements: 0,
              isNew: false,
              ownRuns: new Set(),
              late: false,
              changed: false,
            };
            const takes = isTrue(last, deciding, {}) && !before.some((one) => isTrue(one, deciding, {}));
            expect(takes).toBe(false);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
