// Random histories: what customers do over two days, told to a world in time, late or twice.
import fc from 'fast-check';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { addMillis, earlier, type Instant } from '#lib/contracts/time.ts';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { MUCH_TROUBLE, type Trouble } from './invocation.ts';
import { JOURNEYS } from './journeys.ts';
import { START, World } from './world.ts';

/** Something a customer does. */
export type Deed =
  | { readonly event: string; readonly properties: Record<string, unknown> }
  | { readonly traits: Record<string, unknown> };

interface Moment {
  /** Minutes after the start at which the engine is told. */
  readonly minute: number;
  readonly customer: 'ada' | 'ben';
  readonly deed: Deed;
  /** So many minutes earlier it happened. */
  readonly lateBy: number;
}

export interface Scenario {
  readonly seed: number;
  readonly moments: readonly Moment[];
}

const TWO_DAYS = 2 * 24 * 60;

const cart = fc.constantFrom('k1', 'k2');
const topic = fc.constantFrom('news', 'updates');

/** Events that let in, end waits, reach goals and exits, and change traits and consent. */
export const deeds: fc.Arbitrary<Deed> = fc.oneof(
  ...['Cart Filled', 'Cart Viewed', 'Order Placed'].map((event) =>
    fc.record({ event: fc.constant(event), properties: fc.record({ cart }) }),
  ),
  fc.record({
    event: fc.constantFrom('Signed Up', 'Lesson Done', 'Lesson Skipped', 'Price Dropped', 'Help Asked'),
    properties: fc.constant({}),
  }),
  fc.record({ event: fc.constantFrom('Account Closed', 'Page Read'), properties: fc.constant({}) }),
  changes(),
);

/** Traits, consent, preferences and reports: what conditions and sends read. */
export function changes(): fc.Arbitrary<Deed> {
  return fc.oneof(
    fc.record({
      event: fc.constant('Consent Changed'),
      properties: fc.record({ topic, channel: fc.constantFrom('email', 'sms'), granted: fc.boolean() }),
    }),
    fc.record({
      event: fc.constantFrom('Message Unsubscribed', 'Message Complained', 'Message Bounced'),
      properties: fc.record({
        topic,
        channel: fc.constantFrom('email', 'sms'),
        type: fc.constantFrom('hard', 'soft'),
      }),
    }),
    fc.record({
      event: fc.constant('Preferences Changed'),
      properties: fc.record(
        {
          frequency: fc.constantFrom('all', 'daily'),
          pausedUntil: fc.constantFrom(null, '2026-03-01T12:00:00Z', '2026-03-02T12:00:00Z'),
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      traits: fc.record(
        {
          plan: fc.constantFrom('gold', 'basic', 'gone', null),
          timezone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'nowhere'),
          phone: fc.constantFrom('+4915112345678', 'no number'),
        },
        { requiredKeys: [] },
      ),
    }),
  );
}

const moments: fc.Arbitrary<readonly Moment[]> = fc.array(
  fc.record({
    minute: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: TWO_DAYS })),
    customer: fc.constantFrom('ada' as const, 'ben' as const),
    deed: deeds,
    lateBy: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.nat({ max: 200 }) },
    ),
  }),
  { minLength: 1, maxLength: 30, size: 'max' },
);

export const scenarios: fc.Arbitrary<Scenario> = fc.record({ seed: fc.nat(), moments });

/** The input that tells of a deed; `id` makes it one of its own. */
export function inputOf(deed: Deed, id: string, at: Instant, received: Instant): CustomerEvent | Identify {
  const common = { id, at: earlier(at, received), received };
  return 'traits' in deed
    ? { kind: 'identify', ...common, traits: deed.traits }
    : { kind: 'event', ...common, event: deed.event, properties: deed.properties };
}

/** Everybody has an address and is known before anything else happens. */
export function introduce(world: World): void {
  for (const customer of ['ada', 'ben'])
    world.at(0, () =>
      world.tell(
        customer,
        inputOf(
          { traits: { email: `${customer}@example.com`, pushTokens: ['t1'] } },
          `${customer} 0`,
          START,
          START,
        ),
      ),
    );
}

/** Plays a scenario until everything has come to rest: trouble for two days, then a quiet week. */
export async function play(
  { seed, moments: happenings }: Scenario,
  more: {
    readonly trouble?: Trouble;
    /** When the trouble ends, in minutes; as a rule when the last has happened. */
    readonly calmAfter?: number;
    readonly journeys?: readonly CompiledJourney[];
    readonly meanwhile?: (world: World) => void;
    readonly history?: 'full' | 'count';
  } = {},
): Promise<World> {
  const { trouble = MUCH_TROUBLE, journeys = JOURNEYS, history = 'count', calmAfter = TWO_DAYS } = more;
  const world = new World({ seed, journeys, trouble, calmAfter, history });
  introduce(world);
  for (const [index, { minute, customer, deed, lateBy }] of happenings.entries())
    world.at(minute, () => {
      const received = world.now();
      world.tell(
        customer,
        inputOf(deed, `${customer} ${index + 1}`, addMillis(received, -lateBy * 60_000), received),
      );
    });
  more.meanwhile?.(world);
  await world.runUntil(TWO_DAYS + 9 * 24 * 60);
  return world;
}
