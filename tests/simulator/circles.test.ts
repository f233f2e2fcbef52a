// Journeys that set each other off by what their steps change, where no check has seen it: they come to rest.
import { describe, expect, it } from 'vitest';
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { MOST_SET_OFF } from '#lib/engine/budgets.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { acting, letter, manifest, SETTINGS } from '../laws/world/journeys.ts';
import { hours, START } from './small-shop.ts';

type Trigger = Manifest['entry']['trigger'];

const setting = (journey: string, trigger: Trigger, plan: string) => {
  const change: ActionSettings = { type: 'update', id: 'change', set: { plan } };
  return manifest(journey, { trigger, reentry: { mode: 'always' } }, { change: acting(change, null) });
};
const trait = (to: string): Trigger => ({ kind: 'trait', trait: 'profile.plan', to });
const segments: readonly SegmentDefinition[] = [{ id: 'gold', when: { 'profile.plan': 'gold' } }];

/** How often Ada has entered which journey, and why she was refused in the end. */
async function played(journeys: readonly Parameters<typeof compileManifest>[0][]) {
  const reasons = new Set<string | undefined>();
  const simulation = new Simulation({
    journeys: { journeys: journeys.map(compileManifest), settings: SETTINGS, segments },
    renderer: {
      channels: () => ['email'],
      render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
    },
    start: START,
    onDecision: (_, { kind, reason }) => {
      if (kind === 'refuses') reasons.add(reason);
    },
  });
  const tell = (hour: number, plan: string): Promise<void> => {
    const common = { id: `plan ${hour}`, at: hours(hour), received: hours(hour) };
    const traits = { plan, email: 'ada@example.com' };
    return simulation.feed({ external: 'ada', input: { kind: 'identify', ...common, traits } });
  };
  const entered = (): number =>
    [...simulation.documents()]
      .flatMap(({ tallies }) => Object.values(tallies))
      .reduce((sum, one) => sum + one.entered, 0);
  await tell(0, 'gold');
  await simulation.runUntil(addMillis(START, 1));
  const first = entered();
  await simulation.runUntil(hours(2));
  const second = entered();
  return { first, second, reasons: [...reasons] };
}

/** The entry by the source counts as well: it too comes by what is built in. */
const BOUNDED = {
  first: MOST_SET_OFF,
  second: MOST_SET_OFF,
  reasons: ['too much set off by journeys within an hour'],
};

describe('journeys that turn in a circle come to rest', () => {
  it('by a trait that is set and set back', async () => {
    expect(
      await played([setting('down', trait('gold'), 'basic'), setting('up', trait('basic'), 'gold')]),
    ).toEqual(BOUNDED);
  });

  it('by a segment that is entered and left', async () => {
    expect(
      await played([
        setting('down', { kind: 'enters', segment: 'gold', existing: 'ignore' }, 'basic'),
        setting('up', { kind: 'leaves', segment: 'gold' }, 'gold'),
      ]),
    ).toEqual(BOUNDED);
  });

  it('by the messages that they send', async () => {
    const start = setting('start', { kind: 'trait', trait: 'profile.plan', to: 'gold' }, 'basic');
    const sent = manifest(
      'sent',
      { event: 'Message Sent', reentry: { mode: 'always' } },
      { hello: letter('hello', null) },
    );
    const first = manifest(
      'first',
      { trigger: { kind: 'trait', trait: 'profile.plan' }, reentry: { mode: 'never' } },
      { hello: letter('hello', null) },
    );
    const { first: entered, reasons } = await played([start, sent, first]);
    expect(entered).toBe(MOST_SET_OFF);
    expect(reasons).toContain('too much set off by journeys within an hour');
  });
});
