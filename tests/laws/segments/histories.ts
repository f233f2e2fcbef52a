// Random segments and random histories of one customer: events in any order, told twice, told late, with time between them
// that hits the instants at which something is due exactly, just misses them, or jumps over many.
import fc from 'fast-check';
import type { SegmentDefinition } from '#lib/journey/segment.ts';

export type Deed =
  | { readonly kind: 'event'; readonly event: string; readonly total: number; readonly lateMinutes: number }
  /** One of the events before, told again. */
  | { readonly kind: 'again'; readonly which: number }
  | { readonly kind: 'trait'; readonly name: string; readonly value: string | undefined }
  /** The present as a trait. */
  | { readonly kind: 'today' }
  | { readonly kind: 'minutes'; readonly count: number }
  /** Up to the instant at which something is due, or to the millisecond before. */
  | { readonly kind: 'due'; readonly before: boolean };

const length = fc.constantFrom('90 minutes', '1 day', '3 days', '1 month', 'P1DT2H');
const event = fc.constantFrom('Ordered', 'Viewed');

const did = fc
  .record({
    did: fc.oneof(event, fc.constant('any event')),
    measure: fc.oneof(
      fc.constant({}),
      fc.record({ atLeast: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ atMost: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ exactly: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ sum: fc.constant('total'), gte: fc.integer({ min: -1, max: 30 }) }),
      fc.record({
        sum: fc.constant('total'),
        lt: fc.integer({ min: 0, max: 30 }),
        gt: fc.integer({ min: -5, max: 5 }),
      }),
    ),
    within: fc.option(length, { nil: undefined }),
    where: fc.option(fc.constant({ 'event.total': { gte: 5 } }), { nil: undefined }),
  })
  .map(({ did: what, measure, within, where }) => ({
    did: what,
    ...measure,
    ...(within === undefined ? {} : { within }),
    ...(where === undefined || what === 'any event' ? {} : { where }),
  }));

const leaf = fc.oneof(
  { weight: 4, arbitrary: did },
  fc.constant({ 'profile.plan': 'gold' }),
  length.map((within) => ({ 'profile.renewed': { 'within last': within } })),
  length.map((ago) => ({ 'profile.renewed': { 'more than ago': ago } })),
);

const condition: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  leaf.map((one) => ({ not: one })),
  fc.tuple(leaf, leaf).map((both) => ({ all: both })),
  fc.tuple(leaf, leaf).map((both) => ({ any: both })),
  fc.tuple(leaf, leaf).map(([one, other]) => ({ all: [one, { not: other }] })),
);

/** The last refer to the first. */
export const segments: fc.Arbitrary<readonly SegmentDefinition[]> = fc
  .tuple(condition, condition, leaf, fc.option(length, { nil: undefined }))
  .map(([first, second, part, since]) => [
    { id: 'both', when: { all: [{ segment: 'first' }, { not: { segment: 'second' } }] } },
    { id: 'first', when: first },
    { id: 'second', when: second },
    {
      id: 'stays',
      when: { any: [{ segment: 'first', ...(since === undefined ? {} : { for: since }) }, part] },
    },
  ]);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      event,
      total: fc.integer({ min: -200, max: 2000 }).map((cents) => cents / 100),
      lateMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6000 })),
    }),
  },
  fc.record({ kind: fc.constant('again' as const), which: fc.nat(20) }),
  fc.record({
    kind: fc.constant('trait' as const),
    name: fc.constant('plan'),
    value: fc.constantFrom('gold', 'none'),
  }),
  fc.record({
    kind: fc.constant('trait' as const),
    name: fc.constant('timezone'),
    value: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Asia/Kolkata'),
  }),
  fc.constant({ kind: 'today' as const }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('minutes' as const), count: fc.integer({ min: 0, max: 3000 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('due' as const), before: fc.boolean() }) },
);

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(deed, { minLength: 5, maxLength: 30 });
