// Random histories of one customer: in time, late, twice, and at the very instants at which waits end.
import fc from 'fast-check';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { fromMillis } from '#lib/contracts/time.ts';

export const FIRST = Date.parse('2026-03-27T10:00:00.000Z');
const MINUTE = 60_000;

export type Told = CustomerEvent | Identify;

interface Moment {
  readonly minute: number;
  readonly lateBy: number;
  readonly what:
    | { readonly event: string; readonly properties: Readonly<Record<string, unknown>> }
    | { readonly traits: Readonly<Record<string, unknown>> };
  /** The same call again, so many minutes later. */
  readonly again: number | undefined;
}

/** Quarters of an hour: what waits last as well, so that much happens at the same instant. */
const minute = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 24 }).map((quarter) => quarter * 15) },
  { weight: 3, arbitrary: fc.nat({ max: 500 }).map((quarter) => quarter * 15) },
  { weight: 1, arbitrary: fc.nat({ max: 6000 }) },
);

/** Before, at and after most of what happens; whole seconds as all that is decided, and none. */
const day = fc.oneof(
  fc.nat({ max: 400 }).map((quarter) => fromMillis(FIRST + quarter * 15 * MINUTE)),
  fc.constantFrom('2026-03-28', '2026-03-30', 'soon'),
);

const n = fc.constantFrom(1, 2);

const what: fc.Arbitrary<Moment['what']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      event: fc.constant('Start'),
      properties: fc.record({ n, day }, { requiredKeys: ['n'] }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      event: fc.constantFrom('A', 'B'),
      properties: fc.record({ n, day }, { requiredKeys: ['n'] }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ event: fc.constantFrom('Goal', 'Goal', 'Stop'), properties: fc.constant({}) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      traits: fc.record(
        { plan: fc.constantFrom('gold', 'basic', 'gone', null), renews: fc.option(day) },
        { requiredKeys: [] },
      ),
    }),
  },
);

const moments: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc.record({
    minute,
    lateBy: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(1, 15 * MINUTE, 60 * MINUTE) },
    ),
    what,
    again: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, 30, 60, 1440) },
    ),
  }),
  { minLength: 1, maxLength: 16, size: 'max' },
);

/** In the order in which they are received. Everybody has an address from the beginning. */
export const histories: fc.Arbitrary<readonly Told[]> = fc
  .record({ moments, first: fc.option(day) })
  .map(({ moments: all, first }) => {
    const received = fromMillis(FIRST);
    const traits = { email: 'ada@example.com', ...(first === null ? {} : { renews: first }) };
    const told: Told[] = [
      { kind: 'identify', id: 'first', at: received, received, traits },
      { kind: 'event', id: 'start', at: received, received, event: 'Start', properties: { n: 1 } },
    ];
    for (const [index, { minute: after, lateBy, what: deed, again }] of all.entries()) {
      const receivedAt = FIRST + after * MINUTE;
      const at = fromMillis(Math.max(FIRST, receivedAt - lateBy));
      for (const later of again === undefined ? [0] : [0, again]) {
        const common = { id: `call ${index}`, at, received: fromMillis(receivedAt + later * MINUTE) };
        told.push(
          'traits' in deed
            ? { kind: 'identify', ...common, traits: { ...deed.traits } }
            : { kind: 'event', ...common, event: deed.event, properties: { ...deed.properties } },
        );
      }
    }
    return told.toSorted((a, b) => Date.parse(a.received) - Date.parse(b.received));
  });

/** What the function or endpoint of a step says, whenever it is asked. */
export function answerOf(step: string): { readonly n: number } | undefined {
  const number = Number(step.slice(1));
  return number % 3 === 0 ? undefined : { n: number % 3 };
}
