// A new version while people are inside, wherever they are: they go their own version's way, and what is drawn stays drawn.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, it } from 'vitest';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { CallBehaviour } from '#lib/adapters/memory/calls.ts';
import type { CallAnswer } from '#lib/engine/ports.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { compileJourneys, hours, START } from './small-shop.ts';

const HOUR = 3_600_000;
const SETTINGS = {
  timezone: 'UTC',
  locale: 'en',
  topics: { promotions: { withoutRecord: 'granted' as const } },
};
const send = (id: string): object => ({ id, type: 'send', message: 'reminder', channel: 'email' });
const wait = (length: string): object => ({ id: 'rest', type: 'wait', for: length });

function compiled(steps: readonly unknown[], rules: object = {}): CompiledJourney {
  const [journey] = compileJourneys({
    journey: {
      name: 'J',
      status: 'live',
      entry: { event: 'Product Added', reentry: 'always' },
      delivery: { topic: 'promotions', quietHours: 'none' },
      steps,
      ...rules,
    },
  });
  if (journey === undefined) throw new Error('nothing was compiled');
  return journey;
}

/** A shop whose journeys are deployed one version after the other, and what everybody gets: hour, customer, what. */
class Shop {
  readonly told: string[] = [];
  readonly #simulation: Simulation;
  readonly #deployed: CompiledJourney[];
  #calls = 0;

  constructor(first: CompiledJourney, answers?: CallBehaviour) {
    this.#deployed = [first];
    this.#simulation = new Simulation({
      journeys: { journeys: [first], settings: SETTINGS },
      renderer: {
        channels: () => ['email'],
        render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
      },
      start: START,
      ...(answers === undefined ? {} : { answers }),
      onDecision: (customer, { kind, step, branch, reason, outcome, at }) => {
        if (!['sends', 'takes', 'completes', 'fails', 'exits', 'refuses', 'calls'].includes(kind)) return;
        const hour = Math.floor((Date.parse(at) - Date.parse(START)) / HOUR);
        const words = [hour, this.#simulation.externalOf(customer), kind, step, branch, reason];
        const what = kind === 'calls' ? [...words, outcome] : words;
        this.told.push(what.filter((word) => word !== undefined).join(' '));
      },
    });
  }

  async tell(hour: number, external: string, event: string, properties: object = {}): Promise<void> {
    const common = { id: `call ${(this.#calls += 1)}`, at: hours(hour), received: hours(hour) };
    const input = { kind: 'event', ...common, event, properties: { ...properties } } as const;
    await this.#simulation.feed({ external, input });
  }

  async identify(hour: number, external: string, traits: Record<string, unknown>): Promise<void> {
    const common = { id: `call ${(this.#calls += 1)}`, at: hours(hour), received: hours(hour) };
    await this.#simulation.feed({ external, input: { kind: 'identify', ...common, traits } });
  }

  async enters(hour: number, external: string, traits: Record<string, unknown> = {}): Promise<void> {
    await this.identify(hour, external, { email: `${external}@example.com`, ...traits });
    await this.tell(hour, external, 'Product Added');
  }

  /** All versions stay, the given one is the newest. */
  async deploy(hour: number, version: CompiledJourney): Promise<void> {
    await this.#simulation.runUntil(hours(hour));
    const earlier = this.#deployed.filter((one) => one.version !== version.version);
    await this.#simulation.deploy({ journeys: [version], earlier, settings: SETTINGS });
    this.#deployed.push(version);
  }

  async switch(hour: number, to: 'paused' | 'live'): Promise<void> {
    await this.#simulation.runUntil(hours(hour));
    await this.#simulation.switchJourney('journey', to);
  }

  async end(): Promise<readonly string[]> {
    await this.#simulation.runUntil(addMillis(START, 2000 * 24 * HOUR));
    return this.told;
  }

  get arms(): ReadonlyMap<string, string | undefined> {
    const all = [...this.#simulation.documents()];
    return new Map(
      all.map(({ customer, splits }) => [this.#simulation.externalOf(customer), Object.values(splits)[0]]),
    );
  }
}

/** The only step of the version that takes the place of whatever was before. */
const SUCCESSOR = compiled([send('new')]);

/** Whoever is inside when the successor is deployed in hour 48, and what becomes of them. */
interface Inside {
  readonly steps: readonly unknown[];
  readonly rules?: object;
  readonly traits?: Record<string, unknown>;
  readonly before?: (shop: Shop) => Promise<void>;
  readonly after?: (shop: Shop) => Promise<void>;
  /** What an endpoint says, one after the other. */
  readonly answers?: readonly CallAnswer[];
  readonly told: readonly string[];
}

const DATED = { id: 'rest', type: 'wait', until: { date: 'profile.renewsOn' } };
const HEARING = (then: readonly unknown[]): object => ({
  id: 'rest',
  type: 'waitFor',
  within: '10 days',
  events: [{ event: 'Cart Viewed', then }],
});

const INSIDE: Readonly<Record<string, Inside>> = {
  'a wait': { steps: [wait('10 days'), send('old')], told: ['240 ada sends old', '240 ada completes'] },
  'the first of two exact waits': {
    steps: [wait('60 hours'), { ...wait('60 hours'), id: 'more' }, send('old')],
    told: ['120 ada sends old', '120 ada completes'],
  },
  'a wait of years, between two executions': {
    steps: [wait('800 days'), send('old')],
    told: [`${800 * 24} ada sends old`, `${800 * 24} ada completes`],
  },
  'a wait for a date': {
    steps: [DATED, send('old')],
    traits: { renewsOn: '2026-04-01' },
    told: ['110 ada sends old', '110 ada completes'],
  },
  'a wait for a date that moves afterwards': {
    steps: [DATED, send('old')],
    traits: { renewsOn: '2026-04-01' },
    after: (shop) => shop.identify(60, 'ada', { renewsOn: '2026-04-03' }),
    told: ['158 ada sends old', '158 ada completes'],
  },
  'a wait for an event that does not come': {
    steps: [HEARING([]), send('old')],
    told: ['240 ada takes rest time is up', '240 ada sends old', '240 ada completes'],
  },
  'a wait for an event that no other version listens to': {
    steps: [HEARING([send('seen')])],
    after: (shop) => shop.tell(60, 'ada', 'Cart Viewed'),
    told: ['60 ada takes rest Cart Viewed', '60 ada sends seen', '60 ada completes'],
  },
  'a wait for a condition': {
    steps: [
      {
        id: 'rest',
        type: 'waitFor',
        within: '10 days',
        when: { 'profile.plan': 'gold' },
        then: [send('old')],
      },
    ],
    after: (shop) => shop.identify(60, 'ada', { plan: 'gold' }),
    told: ['60 ada takes rest when', '60 ada sends old', '60 ada completes'],
  },
  'a send that is put off': {
    steps: [HEARING([send('old')])],
    rules: { delivery: { topic: 'promotions', quietHours: { from: '06:00', to: '12:00' } } },
    before: (shop) => shop.tell(47, 'ada', 'Cart Viewed'),
    told: ['50 ada sends old', '50 ada completes'],
  },
  'a call that is tried again': {
    steps: [
      wait('48 hours'),
      { id: 'call', type: 'webhook', endpoint: 'crm', onFailure: 'exit' },
      send('old'),
    ],
    answers: [
      { kind: 'try later', reason: 'it is busy' },
      { kind: 'try later', reason: 'it is still busy' },
      { kind: 'answered', value: {} },
    ],
    told: ['48 ada calls call answered', '48 ada sends old', '48 ada completes'],
  },
  'a step that is held': {
    steps: [wait('24 hours'), { ...send('old'), expires: '5 days' }],
    before: (shop) => shop.switch(12, 'paused'),
    after: (shop) => shop.switch(71, 'live'),
    told: ['71 ada sends old', '71 ada completes'],
  },
  'the steps of the goal': {
    steps: [wait('20 days'), send('unreached')],
    rules: { goal: { event: 'Order Completed', then: [{ ...wait('3 days'), id: 'days' }, send('thanks')] } },
    before: (shop) => shop.tell(24, 'ada', 'Order Completed', { total: 5 }),
    told: ['96 ada sends thanks', '96 ada exits goal'],
  },
};

/** Ada enters the first version, the successor is deployed in hour 48, later Ben enters: what was told from then on. */
async function succeeded({ steps, rules, traits, before, after, answers = [], told }: Inside) {
  let asked = 0;
  const nextAnswer = (): CallAnswer => answers[asked++] ?? { kind: 'answered', value: {} };
  const shop = new Shop(compiled(steps, rules), nextAnswer);
  await shop.enters(0, 'ada', traits);
  await before?.(shop);
  await shop.deploy(48, SUCCESSOR);
  const known = shop.told.length;
  await after?.(shop);
  await shop.enters(80, 'ben');
  await shop.end();
  const { told: all } = shop;
  const ben = all.filter((line) => line.includes(' ben '));
  return { ada: all.slice(known).filter((line) => line.includes(' ada ')), ben, expected: told };
}

describe('a new version without any of the old steps', () => {
  it.each(Object.entries(INSIDE))('leaves alone who is in %s', async (_, inside) => {
    const { ada, ben, expected } = await succeeded(inside);
    expect(ada).toEqual(expected);
    expect(ben).toEqual(['80 ben sends new', '80 ben completes']);
  });

  it('with a shorter wait lets nobody go earlier who is in the longer one', async () => {
    const shop = new Shop(compiled([wait('10 days'), send('hello')]));
    await shop.enters(0, 'ada');
    await shop.deploy(48, compiled([wait('1 day'), send('hello')]));
    await shop.enters(48, 'ben');
    expect(await shop.end()).toEqual([
      '72 ben sends hello',
      '72 ben completes',
      '240 ada sends hello',
      '240 ada completes',
    ]);
  });
});

const arm = (name: string, share: string): object => ({ name, share, steps: [send(`to-${name}`)] });
const drawing = (arms: readonly object[]): CompiledJourney =>
  compiled([{ id: 'draw', type: 'split', experiment: 'offer', arms }]);
const PEOPLE = Array.from({ length: 60 }, (_, index) => `c${index}`);

describe('a new version with other shares', () => {
  it('keeps everybody in their arm, and draws newcomers by the new shares', async () => {
    const shop = new Shop(drawing([arm('a', '50%'), arm('b', '50%')]));
    for (const one of PEOPLE) await shop.enters(0, one);
    const before = shop.arms;
    await shop.deploy(1, drawing([arm('a', '1%'), arm('b', '99%')]));
    for (const one of PEOPLE) await shop.enters(2, one);
    expect(shop.arms).toEqual(before);
    expect(PEOPLE.filter((one) => before.get(one) === 'a').length).toBeGreaterThan(15);
    for (const one of PEOPLE) await shop.enters(3, `new ${one}`);
    expect(PEOPLE.filter((one) => shop.arms.get(`new ${one}`) === 'a').length).toBeLessThan(5);
  });

  it('draws only the customers of a removed arm anew, into all that are left', async () => {
    const shop = new Shop(drawing([arm('a', '34%'), arm('b', '33%'), arm('c', '33%')]));
    for (const one of PEOPLE) await shop.enters(0, one);
    const before = shop.arms;
    await shop.deploy(1, drawing([arm('a', '50%'), arm('c', '50%')]));
    for (const one of PEOPLE) await shop.enters(2, one);
    const after = shop.arms;
    const others = PEOPLE.filter((one) => before.get(one) !== 'b');
    expect(others.map((one) => after.get(one))).toEqual(others.map((one) => before.get(one)));
    const moved = PEOPLE.filter((one) => before.get(one) === 'b').map((one) => after.get(one));
    expect(new Set(moved)).toEqual(new Set(['a', 'c']));
  });
});

describe('a bad version', () => {
  it('is taken back by deploying the one before: who is in it goes on in it, newcomers get the old one', async () => {
    const good = compiled([wait('10 days'), send('good')]);
    const bad = compiled([wait('5 days'), send('bad')]);
    const shop = new Shop(good);
    await shop.enters(0, 'ada');
    await shop.deploy(24, bad);
    await shop.enters(24, 'ben');
    await shop.deploy(48, good);
    await shop.enters(48, 'eve');
    expect(await shop.end()).toEqual([
      `${24 + 5 * 24} ben sends bad`,
      `${24 + 5 * 24} ben completes`,
      '240 ada sends good',
      '240 ada completes',
      `${48 + 240} eve sends good`,
      `${48 + 240} eve completes`,
    ]);
  });

  it('is stopped at once by the switch, without a deployment, for every version', async () => {
    const shop = new Shop(compiled([wait('3 days'), { ...send('first'), expires: '10 days' }]));
    await shop.enters(0, 'ada');
    await shop.deploy(24, compiled([wait('2 days'), { ...send('second'), expires: '10 days' }]));
    await shop.enters(24, 'ben');
    await shop.switch(71, 'paused');
    await shop.enters(71, 'eve');
    await shop.deploy(80, compiled([send('third')]));
    await shop.enters(80, 'eve');
    await shop.switch(100, 'live');
    expect(await shop.end()).toEqual([
      '71 eve refuses paused',
      '80 eve refuses paused',
      '100 ada sends first',
      '100 ada completes',
      '100 ben sends second',
      '100 ben completes',
    ]);
  });
});
