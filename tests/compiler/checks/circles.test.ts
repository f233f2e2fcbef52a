// Journeys that set each other off by what they change of the customer: found where it is certain, left alone where it is not.
import { describe, expect, it } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

const SETTINGS = {
  brand: { name: 'Shop' },
  timezone: 'UTC',
  locale: 'en',
  vocabulary: { events: {}, traits: { plan: 'text', points: 'number' } },
};

const SEGMENTS = {
  gold: { name: 'Gold', when: { 'profile.plan': ['gold', 'platinum'] } },
  keen: { name: 'Keen', when: { 'profile.plan': 'gold', 'profile.points': { gte: 3 } } },
};

interface Sketch {
  readonly entry: object;
  readonly reentry?: unknown;
  readonly before?: readonly object[];
  readonly change: object;
}

/** The journeys that are said to set each other off. */
function circles(...sketches: readonly Sketch[]): string[] {
  const journeys = sketches.map(({ entry, reentry = 'always', before = [], change }, index) => ({
    path: `journeys/j${index}.json`,
    text: JSON.stringify({
      name: `J${index}`,
      status: 'live',
      entry: { ...entry, reentry },
      steps: [...before, { id: 'change', type: 'update', ...change }],
    }),
  }));
  const { diagnostics } = readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: JSON.stringify(SETTINGS) },
    journeys,
    messages: [],
    segments: Object.entries(SEGMENTS).map(([id, segment]) => ({
      path: `segments/${id}.json`,
      text: JSON.stringify(segment),
    })),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.filter(({ code }) => code !== 'endless-circle')).toEqual([]);
  return errors.map(({ message, line, pointer }) => {
    expect(line).toBe(1);
    return `${pointer}: ${message}`;
  });
}

const GOLD = { trait: 'profile.plan', to: 'gold' };
const BASIC = { trait: 'profile.plan', to: 'basic' };
const set = (plan: string): object => ({ set: { plan } });
const TOLD = ['/steps/0/set/plan: "j0" and "j1" set each other off, at once and without end.'];

describe('a circle', () => {
  it('by a trait that one journey sets and the other sets back', () => {
    expect(circles({ entry: GOLD, change: set('basic') }, { entry: BASIC, change: set('gold') })).toEqual(
      TOLD,
    );
    const any = { trait: 'profile.plan' };
    expect(circles({ entry: any, change: set('basic') }, { entry: any, change: set('gold') })).toEqual(TOLD);
  });

  it('by a segment that is entered and left', () => {
    expect(
      circles(
        { entry: { enters: 'gold', existing: 'ignore' }, change: set('basic') },
        { entry: { leaves: 'gold' }, change: set('platinum') },
      ),
    ).toEqual(TOLD);
  });

  it('of one journey that counts up what lets into it', () => {
    const entry = { trait: 'profile.points' };
    expect(circles({ entry, change: { increment: { points: 1 } } })).toEqual([
      '/steps/0/increment/points: This step sets off its own journey again, at once and without end.',
    ]);
  });
});

describe('no circle', () => {
  it.each<[string, readonly Sketch[]]>([
    [
      'where a wait lies between',
      [
        { entry: GOLD, before: [{ id: 'rest', type: 'wait', for: '1 hour' }], change: set('basic') },
        { entry: BASIC, change: set('gold') },
      ],
    ],
    [
      'where re-entry is limited',
      [
        { entry: GOLD, change: set('basic'), reentry: { after: '1 day' } },
        { entry: BASIC, change: set('gold') },
      ],
    ],
    [
      'where the value stays the same',
      [
        { entry: { trait: 'profile.plan' }, change: set('gold') },
        { entry: GOLD, change: set('gold') },
      ],
    ],
    [
      'where the value is another one',
      [
        { entry: GOLD, change: set('basic') },
        { entry: BASIC, change: set('silver') },
      ],
    ],
    [
      'where a condition decides',
      [
        { entry: { ...GOLD, where: { 'profile.points': { gte: 3 } } }, change: set('basic') },
        { entry: BASIC, change: set('gold') },
      ],
    ],
    [
      'where the segment asks for something else as well',
      [
        { entry: { enters: 'keen', existing: 'ignore' }, change: set('basic') },
        { entry: { leaves: 'keen' }, change: set('gold') },
      ],
    ],
    [
      'where the counter reaches its value once',
      [{ entry: { trait: 'profile.points', to: 5 }, change: { increment: { points: 1 } } }],
    ],
    [
      'where the value is not known',
      [{ entry: { trait: 'profile.plan' }, change: set('{{ profile.plan }}') }],
    ],
  ])('%s', (_, sketches) => {
    expect(circles(...sketches)).toEqual([]);
  });
});
