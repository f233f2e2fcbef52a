// Promises P2 and P4 for what the clock and priorities forbid: whatever goes wrong, no marketing message is claimed at a closed
// time of the customer, and where everybody comes in time the place under a cap goes to the highest priority.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { claimsOf, type Claim } from './world/claims.ts';
import { MUCH_TROUBLE, NO_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { World } from './world/world.ts';

const HOURS = {
  quietHours: { from: '20:00', to: '07:00' },
  windows: {
    email: [
      { on: ['monday', 'wednesday', 'sunday'], from: '09:00', to: '13:00' },
      { on: ['tuesday'], from: '18:00', to: '08:00' },
    ],
  },
  closed: [{ from: '2026-03-29', to: '2026-03-29' }],
  expires: '9 days',
} satisfies Partial<SendSettings>;

const journey = compileManifest(
  manifest('hours', 'Cart Filled', {
    first: letter('first', 'rest', HOURS),
    rest: pause('7 hours', 'second'),
    second: letter('second', 'more', HOURS),
    more: awaiting('5 hours', [['Cart Viewed', 'third']], 'third'),
    third: letter('third', null, HOURS),
  }),
);

/** Why the clocks on the customer's wall forbade the claim, read from Intl and not by the engine. */
function forbiddenByTheClock({ commit: { after }, record }: Claim): string | undefined {
  const named = after.traits['timezone']?.value;
  const phone = 'Europe/Berlin';
  const timeZone = named === 'America/New_York' ? named : phone;
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(record.at));
  const read = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const date = `${read('year')}-${read('month')}-${read('day')}`;
  const time = `${read('hour')}:${read('minute')}`;
  const day = read('weekday').toLowerCase();
  const isOpen =
    (['monday', 'wednesday', 'sunday'].includes(day) && time >= '09:00' && time < '13:00') ||
    (day === 'tuesday' && time >= '18:00') ||
    (day === 'wednesday' && time < '08:00');
  if (date === '2026-03-29') return `${date} is closed`;
  if (time >= '20:00' || time < '07:00') return `${time} is quiet`;
  return isOpen ? undefined : `${day} ${time} is outside the windows`;
}

describe('what the clock forbids', () => {
  it('in any history, nothing is claimed in quiet hours, outside the windows or on a closed day', async () => {
    let claimed = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = await play(scenario, { journeys: [journey], trouble: MUCH_TROUBLE });
        const claims = claimsOf(world.journal);
        claimed += claims.length;
        expect(claims.flatMap((claim) => forbiddenByTheClock(claim) ?? [])).toEqual([]);
      }),
      { numRuns: 25 },
    );
    expect(claimed).toBeGreaterThan(0);
  });
});

describe('the place under a cap', () => {
  it('goes to the highest priority, in whatever order the sends are called', async () => {
    const priorities = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), priorities, fc.boolean(), async (seed, ranks, waits) => {
        const journeys = ranks.map((priority) => {
          const name = `p${priority}`;
          const settings = {
            caps: [{ most: 1, per: '1 day', of: 'all' as const }],
            ifCapped: waits ? ('wait' as const) : ('skip' as const),
            expires: '12 hours',
          };
          return compileManifest(
            manifest(name, 'Signed Up', { [name]: letter(name, null, settings) }, { priority }),
          );
        });
        const world = new World({ seed, journeys, trouble: NO_TROUBLE, calmAfter: 0 });
        introduce(world);
        world.at(5, () =>
          world.tell(
            'ada',
            inputOf({ event: 'Signed Up', properties: {} }, 'entry', world.now(), world.now()),
          ),
        );
        await world.runUntil(24 * 60);
        expect(claimsOf(world.journal).map(({ record }) => record.step)).toEqual([`p${Math.max(...ranks)}`]);
      }),
      { numRuns: 25 },
    );
  });
});
