// What a deployment has to hear. The rules of the bus and the engine are made of the same list.
import { describe, expect, it } from 'vitest';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { ALWAYS_HEARD, heardEvents, watchedEvents } from '#lib/journey/watched-events.ts';

const manifest = (changes: Partial<Manifest>): Manifest => ({
  format: 1,
  journey: 'sample',
  version: 'v1',
  entry: { trigger: { kind: 'event', event: 'Entered' }, reentry: { mode: 'always' } },
  priority: 0,
  exits: [],
  flow: { start: null, nodes: {} },
  ...changes,
});

const inside = manifest({
  goal: { event: 'Goal', where: { did: 'Asked By Goal' }, ends: true },
  exits: [
    { event: 'Exit', reason: 'left', where: { any: [{ did: 'Asked By Exit' }, { 'event.a': 1 }] } },
    { when: { not: { did: 'Asked By Condition' } }, reason: 'condition' },
    { enters: 'vip', reason: 'segment' },
  ],
  flow: {
    start: 'wait',
    nodes: {
      wait: {
        kind: 'waitFor',
        within: '1 day',
        since: 'step',
        events: [{ event: 'Waited For', where: { did: 'Asked By Wait' }, next: 'branch' }],
        otherwise: null,
      },
      until: {
        kind: 'waitFor',
        within: '1 day',
        since: 'step',
        events: [],
        when: { condition: { did: 'Asked By Open Wait' }, next: null },
        otherwise: null,
      },
      branch: {
        kind: 'branch',
        cases: [{ name: 'a', when: { did: 'Asked By Branch' }, next: null }],
        otherwise: null,
      },
    },
  },
});
const segments = [
  { id: 'vip', when: { did: 'Asked By Segment', atLeast: 2 } },
  { id: 'list', members: ['u-1'] },
];
const settings = { timezone: 'UTC', locale: 'en', topics: {} };

describe('events that are watched', () => {
  it('are those of entry, goal, exits, waits, and of everything that conditions ask to have been done', () => {
    const deployed = { manifests: [inside], newest: { sample: 'v1' }, segments };
    expect([...watchedEvents(deployed)].toSorted()).toEqual(
      [
        'Asked By Branch',
        'Asked By Condition',
        'Asked By Exit',
        'Asked By Goal',
        'Asked By Open Wait',
        'Asked By Segment',
        'Asked By Wait',
        'Entered',
        'Exit',
        'Goal',
        'Waited For',
      ].toSorted(),
    );
    expect(createWorkspace({ ...deployed, settings }).watched).toEqual(watchedEvents(deployed));
  });

  it('are still those of an older version with people inside, but for what let them in', () => {
    const newer = manifest({
      version: 'v2',
      entry: { trigger: { kind: 'event', event: 'Entered Anew' }, reentry: { mode: 'always' } },
    });
    const watched = watchedEvents({ manifests: [inside, newer], newest: { sample: 'v2' }, segments: [] });
    expect(watched.has('Waited For')).toBe(true);
    expect(watched.has('Entered')).toBe(false);
    expect(watched.has('Entered Anew')).toBe(true);
  });

  it('are what the conditions of an audience ask for, which is counted', () => {
    const audience = { did: 'Order Completed', atLeast: 1 };
    const restock = manifest({
      entry: {
        trigger: { kind: 'audience', event: 'Product Restocked', audience },
        reentry: { mode: 'always' },
      },
    });
    const deployed = { manifests: [restock], newest: { sample: 'v1' }, segments: [] };
    const { watched, aggregates } = createWorkspace({ ...deployed, settings });
    expect([...watched]).toEqual(['Order Completed']);
    expect(aggregates.size).toBe(1);
    expect(heardEvents(deployed).names).toContain('Product Restocked');
  });
});

describe('what an application has to tell', () => {
  it('is what is watched, and always consent and what became of messages', () => {
    const heard = heardEvents({ manifests: [inside], newest: { sample: 'v1' }, segments: [] });
    expect(heard.any).toBe(false);
    expect(heard.names).toEqual(expect.arrayContaining(['Entered', 'Waited For', ...ALWAYS_HEARD]));
  });

  it('is not what is made where it is decided', () => {
    const built = manifest({
      entry: { trigger: { kind: 'trait', trait: 'profile.plan' }, reentry: { mode: 'always' } },
      goal: { event: 'Journey Completed', ends: true },
    });
    const { names } = heardEvents({ manifests: [built], newest: { sample: 'v1' }, segments: [] });
    expect(names).toEqual([...ALWAYS_HEARD].toSorted());
  });

  it('is a request where a journey can be requested', () => {
    const api = manifest({ entry: { trigger: { kind: 'api' }, reentry: { mode: 'always' } } });
    const heard = heardEvents({ manifests: [api], newest: { sample: 'v1' }, segments: [] });
    expect(heard.names).toContain('Journey Requested');
  });

  it('is everything where a condition asks for any event', () => {
    const any = [{ id: 'silent', when: { did: 'any event', exactly: 0, within: '60 days' } }];
    const heard = heardEvents({ manifests: [], newest: {}, segments: any });
    expect(heard.any).toBe(true);
    expect(heard.names).not.toContain('any event');
  });
});
