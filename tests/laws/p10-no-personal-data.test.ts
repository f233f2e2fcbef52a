// Promise P10: no personal data in Step Functions input, output or history. Whatever customers do, and whatever functions answer,
// of it the platform keeps nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { JOURNEYS, acting, letter, manifest, pause } from './world/journeys.ts';
import { play, scenarios, type Deed } from './world/scenario.ts';

/** Values of traits, addresses, event properties and answers that these worlds are full of. */
const PLANTED = [
  'example.com',
  '4915112345678',
  'canary',
  '"gold"',
  '"basic"',
  'Europe/Berlin',
  'America/New_York',
  '"tier"',
  '"ada"',
  '"ben"',
];

/** Every step that carries values: from the profile, the entry and an answer into traits, events, calls and another journey. */
const carrying = compileManifest(
  manifest(
    'carrying',
    'Cart Filled',
    {
      ask: acting(
        {
          type: 'invoke',
          id: 'ask',
          function: 'score',
          input: { mail: '{{ profile.email }}' },
          saveAs: 'score',
          onFailure: 'continue',
        },
        'note',
      ),
      note: acting(
        { type: 'update', id: 'note', set: { cart: '{{ entry.cart }}', tier: '{{ saved.score.tier }}' } },
        'tell',
      ),
      tell: acting(
        { type: 'emit', id: 'tell', event: 'Noted', properties: { cart: '{{ entry.cart }}' } },
        'hook',
      ),
      hook: acting(
        {
          type: 'webhook',
          id: 'hook',
          endpoint: 'crm',
          body: { mail: '{{ profile.email }}', tier: '{{ saved.score.tier }}' },
          onFailure: 'exit',
        },
        'which',
      ),
      which: {
        kind: 'branch',
        cases: [{ name: 'best', when: { 'saved.score.tier': 'gold' }, next: 'seen' }],
        otherwise: 'seen',
      },
      seen: {
        kind: 'waitFor',
        within: '5 hours',
        since: 'entry',
        saveAs: 'seen',
        events: [
          { event: 'Cart Viewed', where: { 'event.cart': { 'same as': 'entry.cart' } }, next: 'hello' },
        ],
        otherwise: 'rest',
      },
      hello: letter('hello', 'rest'),
      rest: pause('1 day', null),
    },
    {
      entry: {
        trigger: { kind: 'event', event: 'Cart Filled' },
        reentry: { mode: 'after exit' },
        prints: ['cart'],
      },
      saved: { seen: ['*'], score: ['*'] },
    },
  ),
);

function planted(deed: Deed): Deed {
  if ('traits' in deed || deed.properties['cart'] === undefined) return deed;
  return {
    ...deed,
    properties: { ...deed.properties, cart: `canary ${JSON.stringify(deed.properties['cart'])}` },
  };
}

describe('no personal data', () => {
  it('of traits, events and answers the input, output and history of executions hold nothing', async () => {
    let executions = 0;
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const moments = scenario.moments.map((moment) => ({ ...moment, deed: planted(moment.deed) }));
        const world = await play(
          { ...scenario, moments },
          { history: 'full', journeys: [...JOURNEYS, carrying] },
        );
        for (const kept of world.executions.kept()) {
          executions += 1;
          for (const step of ['ask', 'note', 'tell', 'hook', 'seen', 'hello'])
            if (kept.includes(`"name":"${step}"`)) seen.add(step);
          for (const value of PLANTED) expect(kept).not.toContain(value);
        }
      }),
      { numRuns: 8 },
    );
    expect(executions).toBeGreaterThan(30);
    expect(seen.size).toBe(6);
  });
});
