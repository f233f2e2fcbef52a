// From steps to a graph: names of nodes, edges, and the rules of each send with all defaults filled in.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, test } from 'vitest';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { changed, GOOD_JOURNEY, readJourneys, SETTINGS } from './checks/good-journey.ts';

function manifestOf(text: string, settings: unknown = SETTINGS): Omit<Manifest, 'version'> {
  const { journeys, diagnostics } = readJourneys({ 'sample.json': text }, settings);
  const [journey] = journeys;
  if (journey === undefined) throw new Error(JSON.stringify(diagnostics));
  return journey.manifest;
}

function flowOf(steps: readonly unknown[]): Flow {
  return manifestOf(changed({ '/steps': steps })).flow;
}

function sendOf(values: Readonly<Record<string, unknown>>, settings: unknown = SETTINGS): unknown {
  const node: FlowNode | undefined = manifestOf(changed(values), settings).flow.nodes['remind'];
  return node?.kind === 'send' ? node.settings : undefined;
}

const wait = (id: string): unknown => ({ id, type: 'wait', for: '1 day' });
const branch = (
  id: string,
  cases: readonly (readonly unknown[])[],
  otherwise?: readonly unknown[],
): unknown => ({
  id,
  type: 'branch',
  cases: cases.map((then, index) => ({ name: `case ${index}`, when: { 'profile.age': index }, then })),
  ...(otherwise && { otherwise }),
});

describe('edges', () => {
  test('steps follow each other, the last leads to the end', () => {
    const flow = flowOf([wait('a'), wait('b')]);
    expect(flow.start).toBe('a');
    expect(flow.nodes).toMatchObject({ a: { next: 'b' }, b: { next: null } });
  });

  test('the steps of an arm are followed by the step after the branch; an empty arm leads there at once', () => {
    const flow = flowOf([branch('ask', [[wait('in')], []]), wait('after')]);
    expect(flow.nodes).toMatchObject({
      ask: { cases: [{ next: 'in' }, { next: 'after' }], otherwise: 'after' },
      in: { next: 'after' },
    });
  });

  test('arms inside arms lead out of all of them', () => {
    const flow = flowOf([branch('outer', [[branch('inner', [[wait('deep')]])]]), wait('after')]);
    expect(flow.nodes).toMatchObject({ deep: { next: 'after' }, inner: { otherwise: 'after' } });
  });

  test('a goto with a bound leads on where it is used up; one without only to its target', () => {
    const flow = flowOf([
      wait('a'),
      branch('ask', [[{ type: 'goto', step: 'b' }]], [{ type: 'goto', step: 'a', atMost: 2 }]),
      wait('skipped'),
      wait('b'),
    ]);
    expect(flow.nodes['ask case 0 (goto)']).toEqual({
      kind: 'goto',
      target: 'b',
      backward: false,
      next: null,
    });
    expect(flow.nodes['ask otherwise (goto)']).toEqual({
      kind: 'goto',
      target: 'a',
      atMost: 2,
      backward: true,
      next: 'skipped',
    });
  });

  test('a jump to a step that contains the goto is backward', () => {
    const flow = flowOf([branch('ask', [[wait('in'), { type: 'goto', step: 'ask', atMost: 1 }]])]);
    expect(flow.nodes['in (goto)']).toMatchObject({ backward: true });
  });

  test('a holdout arm without steps leads on', () => {
    expect(manifestOf(changed({})).flow.nodes['test']).toMatchObject({
      experiment: 'sample/test',
      arms: [
        { name: 'a', share: 50, next: 'pause' },
        { name: 'b', share: 50, holdout: true, next: 'again' },
      ],
    });
  });
});

describe('names of steps without an id', () => {
  const exit = { type: 'exit' };

  test('they are named after the step before, or the arm that they begin', () => {
    const flow = flowOf([branch('ask', [[exit], [wait('in'), exit]]), wait('last'), exit]);
    expect(Object.keys(flow.nodes).filter((id) => id.endsWith(')'))).toEqual([
      'ask case 0 (exit)',
      'in (exit)',
      'last (exit)',
    ]);
  });

  test('arms of the same name are told apart, long and strange names stay usable', () => {
    const events = [
      { event: 'Cart Viewed', anyKey: true, where: { 'profile.age': 1 }, then: [exit] },
      { event: 'Cart Viewed', anyKey: true, then: [exit] },
    ];
    const cases = [{ name: '`{% x %}` '.repeat(8), when: { 'profile.age': 1 }, then: [exit] }];
    const flow = flowOf([
      { id: 'seen', type: 'waitFor', within: '1 day', events },
      { id: 'ask', type: 'branch', cases },
    ]);
    const names = Object.keys(flow.nodes).filter((id) => id.endsWith(')'));
    expect(names.slice(0, 2)).toEqual(['seen Cart Viewed (exit)', 'seen Cart Viewed (exit 2)']);
    expect(names[2]).toMatch(/^ask [\p{L}\p{N} ._-]+ \(exit\)$/u);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(70);
  });

  test('a change elsewhere leaves the names alone', () => {
    const before = flowOf([branch('ask', [[exit]]), wait('last')]);
    const after = flowOf([wait('new'), branch('ask', [[exit]], [wait('more')]), wait('last')]);
    expect(Object.keys(after.nodes)).toEqual(expect.arrayContaining(Object.keys(before.nodes)));
  });
});

describe('sends', () => {
  const full = {
    id: 'remind',
    message: 'cart-reminder@hash-of-cart-reminder',
    channels: ['email'],
    topic: 'promotions',
    class: 'marketing',
    quietHours: { from: '21:00', to: '08:00' },
    ifQuiet: 'wait',
    caps: [{ most: 3, per: '1 week', of: 'all' }],
    ifCapped: 'skip',
    expires: '1 day',
    onFailure: 'continue',
  };

  test('all defaults are filled in', () => {
    expect(sendOf({})).toEqual(full);
  });

  test('caps of the settings and of the journey hold together', () => {
    const settings = { ...SETTINGS, caps: [{ most: 1, per: '1 day', of: 'all' }] };
    expect(sendOf({}, settings)).toMatchObject({
      caps: [
        { most: 1, per: '1 day' },
        { most: 3, per: '1 week' },
      ],
    });
  });

  test('the step goes before the journey, the journey before the settings', () => {
    const settings = {
      ...SETTINGS,
      topics: { promotions: { name: 'P' }, news: { name: 'N' } },
      defaultTopic: 'news',
    };
    expect(sendOf({ '/delivery/topic': undefined }, settings)).toMatchObject({ topic: 'news' });
    expect(sendOf({}, settings)).toMatchObject({ topic: 'promotions' });
    expect(sendOf({ '/steps/1/topic': 'news' }, settings)).toMatchObject({ topic: 'news' });
    expect(sendOf({ '/steps/1/expires': '2 hours' })).toMatchObject({ expires: '2 hours' });
  });

  test('quiet hours: named, written, the default ones, or none', () => {
    const window = { from: '22:00', to: '07:00' };
    expect(sendOf({ '/delivery/quietHours': window })).toMatchObject({ quietHours: window });
    expect(sendOf({ '/delivery/quietHours': undefined })).toMatchObject({ quietHours: full.quietHours });
    expect(sendOf({ '/delivery/quietHours': 'none' })).not.toHaveProperty('quietHours');
  });

  test('a transactional message obeys neither caps nor quiet hours', () => {
    const send = sendOf({ '/steps/1/class': 'transactional', '/steps/1/ifCapped': undefined });
    expect(send).toMatchObject({ class: 'transactional', caps: [] });
    expect(send).not.toHaveProperty('quietHours');
  });

  test('a date and time becomes an instant', () => {
    expect(sendOf({ '/steps/1/expires': '2026-12-24T18:00:00+01:00' })).toMatchObject({
      expires: '2026-12-24T17:00:00.000Z',
    });
  });
});

describe('the rest of the manifest', () => {
  test.each([
    [undefined, { mode: 'after exit' }],
    ['never', { mode: 'never' }],
    [{ after: '30 days' }, { mode: 'after', after: '30 days' }],
    [
      { after: '30 days', atMost: 3 },
      { mode: 'after', after: '30 days', atMost: 3 },
    ],
    [
      { mode: 'always', atMost: 2 },
      { mode: 'always', atMost: 2 },
    ],
  ])('reentry %j', (written, mode) => {
    expect(manifestOf(changed({ '/entry/reentry': written })).entry.reentry).toEqual(mode);
  });

  test('goal, exits and their reasons', () => {
    const manifest = manifestOf(changed({ '/exit/0/reason': undefined }));
    expect(manifest.goal).toEqual({
      event: 'Order Completed',
      where: GOOD_JOURNEY.goal.where,
      within: '7 days',
      ends: true,
    });
    expect(manifest.exits).toEqual([
      { event: 'Cart Viewed', reason: 'Cart Viewed' },
      { when: { 'profile.country': 'FR' }, reason: 'condition' },
    ]);
    expect(manifest.entry).toMatchObject({ key: 'event.cart_id', holdout: 5 });
    expect(manifest.priority).toBe(50);
  });

  test('reachable without a topic gets the topic of the journey, wherever it stands', () => {
    const where = { all: [{ not: { reachable: 'sms' } }, { reachable: 'email', topic: 'promotions' }] };
    expect(manifestOf(changed({ '/entry/where': where })).entry.where).toEqual({
      all: [{ not: { reachable: 'sms', topic: 'promotions' } }, { reachable: 'email', topic: 'promotions' }],
    });
  });

  test('days of the week are resolved', () => {
    const flow = flowOf([{ id: 'a', type: 'wait', until: '09:00', on: ['weekend', 'monday', 'sunday'] }]);
    expect(flow.nodes['a']).toMatchObject({ on: ['monday', 'saturday', 'sunday'] });
  });
});
