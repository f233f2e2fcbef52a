// Promise P9: the same inputs give byte-identical decisions. A decision changes nothing that it was given, and no input, however
// odd its values, makes it fail.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_LOOP, type ActionCall, type SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { decide } from '#lib/engine/decide.ts';
import { documentSchema, type CustomerDocument } from '#lib/engine/document.ts';
import type { Input } from '#lib/engine/input.ts';
import type { CallAnswer } from '#lib/engine/ports.ts';
import { createWorkspace, type Workspace } from '#lib/engine/workspace.ts';
import { Bench } from '../engine/bench.ts';
import { manifest, pause } from './world/journeys.ts';
import { deeds, inputOf, play, scenarios } from './world/scenario.ts';
import type { World } from './world/world.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

/** Every call of a step that a world has seen, as the input it became, and the confirmations that a relay could bring. */
function callsOf(world: World): Input[] {
  const calls = world.journal.of('called').map(({ step, payload }): Input => {
    const call = payload as SendCall;
    switch (step) {
      case 'send':
        return { kind: 'send', call, content: ['email', 'sms'] };
      case 'update':
      case 'emit':
      case 'invoke':
      case 'webhook':
      case 'enter': {
        const filled = { values: { set: { plan: 'gold' }, increment: { points: 2 } }, missing: [] };
        return { kind: 'act', call: payload as ActionCall, filled };
      }
      case 'decide':
        return { kind: 'decide', call };
      case 'await':
        return { kind: 'await', call: payload as Extract<Input, { kind: 'await' }>['call'] };
      case 'end':
        return { kind: 'end run', call: { run: call.run, failed: 'broken' } };
    }
  });
  const answers = ['accepted', 'refused', 'try later', 'unknown'] as const;
  const sent = calls.flatMap((input, index): Input[] => {
    if (input.kind !== 'send') return [];
    const kind = answers[index % answers.length] ?? 'accepted';
    const { call } = input;
    const answer = kind === 'accepted' ? { kind, id: 'm' } : { kind, reason: 'so it says' };
    return [
      { kind: 'sent', call, channel: 'email', answer },
      { kind: 'not rendered', call, channel: 'email' },
      { kind: 'execution ended', run: call.run, status: 'failed' },
      { kind: 'confirm', run: call.run.run, leg: 1, answer: 'stopped' },
      { ...input, unsent: true },
    ];
  });
  const said: readonly CallAnswer[] = [
    { kind: 'answered', value: { tier: 'gold' } },
    { kind: 'refused', reason: 'so it says' },
    { kind: 'try later', reason: 'so it says' },
  ];
  const called = calls.flatMap((input, index): Input[] => {
    if (input.kind !== 'act') return [];
    const answer = said[index % said.length] ?? { kind: 'refused', reason: 'so it says' };
    const { run, step, loop } = input.call;
    return [
      { kind: 'called', call: input.call, answer, missing: [] },
      { kind: 'emitted', ids: [`${run.run}/${step.id}/${loop.visit}`] },
    ];
  });
  return [...calls, ...sent, ...called, { kind: 'time' }];
}

/** The call as a broken caller might make it: of another run and leg, of a step that is not there. */
function estranged(input: Input, id: string, name: string, leg: number): Input {
  if (!('call' in input)) return input;
  const { call } = input;
  const step = 'step' in call ? { step: { ...call.step, id: name } } : {};
  const next = 'next' in call ? { next: name } : {};
  const settle = 'settle' in call ? { settle: { step: name, visit: leg } } : {};
  return {
    ...input,
    call: { ...call, ...step, ...next, ...settle, run: { ...call.run, run: id, leg } },
  } as Input;
}

/** Decides twice over frozen arguments; the decision, as text. */
function decided(document: CustomerDocument, input: Input, workspace: Workspace): string {
  const context = { now: addMillis(document.decided, 1000), workspace };
  const [once, again] = [0, 1].map(() => JSON.stringify(decide(document, input, context)));
  expect(again).toBe(once);
  return once ?? '';
}

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    '',
    'Europe/Nowhere',
    '+49',
    'a@b',
    '2026-02-30',
    '0000-00-00',
    '9999-12-31',
    '2026-03-29T02:30:00Z',
    Number.MAX_VALUE,
    -0,
    null,
    [[]],
    { lat: 'x' },
    '__proto__',
    'constructor',
  ),
);
const names = fc.constantFrom(
  'email',
  'phone',
  'timezone',
  'country',
  'locale',
  'pushTokens',
  'address',
  'plan',
  'cart',
  'topic',
  'channel',
  'granted',
  'source',
  'send',
  'message',
  'type',
  'machine',
  'constructor',
  'toString',
  'hasOwnProperty',
);
const garbage = fc.dictionary(fc.oneof(names, fc.string()), odd, { maxKeys: 8 });

describe('decisions repeat', () => {
  it('any document of any history decides any call twice in the same bytes, and changes nothing that it was given', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.array(deeds, { minLength: 4, maxLength: 4 }), async (scenario, more) => {
        const world = await play(scenario);
        const calls = callsOf(world);
        const commits = world.journal.of('commit').filter((_, index) => index % 4 === 0);
        for (const [index, { after }] of commits.entries()) {
          frozen(after);
          const received = addMillis(after.decided, 500);
          const events = more.map((deed, other) => inputOf(deed, `more ${other}`, received, received));
          // Each document meets some of the calls; over all documents every kind of call comes up.
          const some = calls.filter((_, other) => (other + index) % 7 === 0).slice(0, 12);
          for (const input of [...events, ...some]) decided(after, frozen(input), world.workspace);
        }
        expect(commits.length).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });

  it('two plays of the same history are the same to the last byte', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const [once, again] = [await play(scenario), await play(scenario)];
        expect(JSON.stringify(again.documents())).toBe(JSON.stringify(once.documents()));
        expect(again.journal.all.length).toBe(once.journal.all.length);
      }),
      { numRuns: 6 },
    );
  });

  it('no value makes a decision fail, and every document stays one that can be stored', async () => {
    const world = await play({
      seed: 7,
      moments: ['Cart Filled', 'Signed Up', 'Price Dropped', 'Help Asked'].map((event, index) => ({
        minute: index,
        customer: 'ada' as const,
        deed: { event, properties: { cart: 'k1' } },
        lateBy: 0,
      })),
    });
    const inside = world.journal.of('commit').filter(({ after }) => Object.keys(after.runs).length > 1);
    const start = inside.at(-1)?.after;
    const events = fc.constantFrom(
      'Cart Filled',
      'Cart Viewed',
      'Order Placed',
      'Signed Up',
      'Price Dropped',
      'Help Asked',
      'Consent Changed',
      'Message Bounced',
      'Message Complained',
      'Message Opened',
      'Message Unsubscribed',
      'Trait Changed',
      'constructor',
    );
    const deed = fc.oneof(
      fc.record({ traits: garbage }),
      fc.record({ event: fc.oneof(events, fc.string()), properties: garbage }),
    );
    expect(start).toBeDefined();
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 6 }), (strange) => {
        let document = start as CustomerDocument;
        for (const [index, one] of strange.entries()) {
          const now = addMillis(document.decided, index * 60_000);
          document = decide(document, inputOf(one, `strange ${index}`, now, now), {
            now,
            workspace: world.workspace,
          }).document;
          for (const [run, { journey, version, waiting }] of Object.entries(document.runs)) {
            const input = {
              run: { run, leg: 1, customer: document.customer, journey, version },
              attempt: 0,
              loop: waiting?.loop ?? FIRST_LOOP,
            };
            decide(
              document,
              { kind: 'decide', call: { ...input, step: { id: 'x' }, next: null } },
              { now, workspace: world.workspace },
            );
          }
        }
        expect(documentSchema.safeParse(JSON.parse(JSON.stringify(document))).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('no input makes a decision fail, though versions, segments, runs and steps that it speaks of are gone', async () => {
    const steps = fc.constantFrom('rest', 'hello', 'gone', 'constructor', '', '(end)');
    let decisions = 0;
    await fc.assert(
      fc.asyncProperty(scenarios, steps, fc.nat({ max: 3 }), async (scenario, name, leg) => {
        const world = await play(scenario);
        const { settings, versions } = world.workspace;
        const manifests = [...versions.values()].map(({ manifest: one }) => one);
        const newest = Object.fromEntries(manifests.map((one) => [one.journey, one.version]));
        const some = manifests.filter((_, index) => index % 2 === scenario.seed % 2);
        const workspaces = [
          world.workspace,
          createWorkspace({ manifests: some, newest, settings }),
          createWorkspace({ manifests: [], newest: {}, settings }),
          createWorkspace({
            manifests,
            newest,
            settings,
            segments: [{ id: 'constructor', when: { segment: 'gone', for: '1 day' } }],
            journeys: Object.fromEntries(
              manifests.map((one, index) => [
                one.journey,
                { status: 'paused', whilePaused: index % 2 === 0 ? 'hold' : 'drop' } as const,
              ]),
            ),
          }),
        ];
        const calls = callsOf(world);
        const commits = world.journal.of('commit').filter((_, index) => index % 9 === 0);
        for (const [index, { after }] of commits.entries()) {
          const now = addMillis(after.decided, (index % 5) * 3_600_000);
          const own = Object.keys(after.runs)[0] ?? 'gone';
          for (const [other, input] of calls.filter((_, at) => (at + index) % 11 === 0).entries())
            for (const workspace of workspaces)
              for (const strange of [input, estranged(input, other % 2 === 0 ? own : 'gone', name, leg)]) {
                decide(after, strange, { now, workspace });
                decisions += 1;
              }
        }
      }),
      { numRuns: 10 },
    );
    expect(decisions).toBeGreaterThan(1000);
  });

  it('a value nested deeper than a stack is high is taken for one that is too large', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { rest: pause('1 day', null) },
        { exits: [{ event: 'Left', where: { 'event.why': { 'same as': 'entry.why' } }, reason: 'left' }] },
      ),
    ]);
    ada.identify({ plan: deep });
    ada.event('Signed Up', { why: deep, price: 3 });
    expect(ada.document.traits).toEqual({});
    expect(ada.told('ignores', 'enters')).toEqual([
      'ignores trait plan is too large',
      'ignores too large to keep: why',
      'enters',
    ]);
    expect(ada.run.event).toEqual({});
  });
});
