// Random journeys as marketers write them: every kind of step, nested, with loops, gotos and exits, such as the checks accept.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import fc from 'fast-check';
import type { Condition, Step, WrittenDate, WrittenJourney } from './steps.ts';

/** A step before it has an id; `loop` and `leave` become gotos and exits where they are allowed. */
type Sketch =
  | { readonly kind: 'plain'; readonly make: (id: string) => Step }
  | { readonly kind: 'dated'; readonly make: (id: string, later: string | undefined) => Step }
  | {
      readonly kind: 'arms';
      readonly arms: readonly (readonly Sketch[])[];
      readonly leaves: boolean;
      readonly make: (id: string, arms: readonly (readonly Step[])[]) => Step;
    }
  | {
      readonly kind: 'loop';
      readonly body: readonly Sketch[];
      readonly length: string;
      readonly atMost: number;
    };

const LENGTHS = ['15 minutes', '30 minutes', '1 hour', '2 hours', '1 day', '2 days', 'P1DT2H'];
const TIMES = ['09:00', '12:00', '10:30'];
const PLANS = ['gold', 'basic'];

const length = fc.constantFrom(...LENGTHS);
const time = fc.constantFrom(...TIMES);
const plain = (make: (id: string) => Step): Sketch => ({ kind: 'plain', make });

const date: fc.Arbitrary<WrittenDate> = fc.record(
  {
    date: fc.constantFrom(
      'profile.renews',
      'profile.renews',
      'entry.day',
      'saved.heard.day',
      '2026-03-29T09:30:00Z',
    ),
    offset: fc.constantFrom('1 day before', '1 day after'),
    at: time,
  },
  { requiredKeys: ['date'] },
);

const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition>(
  { 'profile.plan': 'gold' },
  { 'profile.plan': 'basic' },
  { 'profile.points': { gte: 2 } },
  { 'entry.n': 1 },
  { 'saved.score.n': 1 },
  { 'saved.heard.n': 1 },
  { 'run.round': { gte: 1 } },
);

const sends: fc.Arbitrary<Sketch> = fc.record({ sms: fc.integer({ min: 0, max: 9 }) }).map(({ sms }) =>
  plain((id) => ({
    type: 'send',
    id,
    message: 'letter',
    channel: sms > 7 ? 'sms' : 'email',
    ...(sms === 9 ? { onFailure: 'exit' } : {}),
  })),
);

const waits: fc.Arbitrary<Sketch> = fc.oneof(
  { weight: 3, arbitrary: length.map((one) => plain((id) => ({ type: 'wait', id, for: one }))) },
  { weight: 1, arbitrary: time.map((until) => plain((id) => ({ type: 'wait', id, until }))) },
  {
    weight: 2,
    arbitrary: fc
      .record(
        {
          for: length,
          until: time,
          on: fc.constantFrom(['weekdays'], ['monday', 'sunday'], ['weekend']),
          spread: fc.constant('45 minutes'),
        },
        { requiredKeys: ['for'] },
      )
      .map((fields) => plain((id) => ({ type: 'wait', id, ...fields }))),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        until: date,
        first: fc.option(fc.constantFrom('1 hour', '1 day'), { nil: undefined, freq: 4 }),
        ifPast: fc.constantFrom('continue', 'exit', 'goto', undefined),
      })
      .map(({ until, first, ifPast }): Sketch => ({
        kind: 'dated',
        make: (id, later) => ({
          type: 'wait',
          id,
          until,
          ...(first === undefined ? {} : { for: first }),
          ...(ifPast === undefined || (ifPast === 'goto' && later === undefined)
            ? {}
            : { ifPast: ifPast === 'goto' ? { goto: later ?? '' } : ifPast }),
        }),
      })),
  },
);

const actions: fc.Arbitrary<Sketch> = fc.oneof(
  fc.constantFrom(...PLANS).map((plan) => plain((id) => ({ type: 'update', id, set: { plan } }))),
  fc.constant(plain((id) => ({ type: 'update', id, increment: { points: 1 } }))),
  fc.constant(plain((id) => ({ type: 'emit', id, event: 'Told' }))),
  fc
    .constantFrom('continue' as const, 'continue' as const, 'exit' as const)
    .map((onFailure) =>
      plain((id) => ({ type: 'invoke', id, function: 'score', saveAs: 'score', onFailure })),
    ),
  fc
    .constantFrom('continue' as const, 'continue' as const, 'exit' as const)
    .map((onFailure) => plain((id) => ({ type: 'webhook', id, endpoint: 'crm', onFailure }))),
  fc.constant(plain((id) => ({ type: 'enter', id, journey: 'other' }))),
);

const heard = fc.record(
  {
    event: fc.constantFrom('A', 'A', 'B', 'Told'),
    where: fc.constantFrom({ 'event.n': 1 }, { 'event.n': 2 }),
  },
  { requiredKeys: ['event'] },
);

const window = fc.oneof(
  { weight: 3, arbitrary: length.map((within) => ({ within })) },
  { weight: 1, arbitrary: time.map((until) => ({ until })) },
  { weight: 1, arbitrary: date.map((until) => ({ until })) },
);

const { list } = fc.letrec<{ list: readonly Sketch[]; one: Sketch }>((tie) => {
  const inner: fc.Arbitrary<readonly Sketch[]> = fc.oneof(
    { depthIdentifier: 'steps' },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: tie('list') },
  );
  const leaves = fc.integer({ min: 0, max: 3 }).map((draw) => draw === 0);
  const one = fc.oneof(
    { maxDepth: 3, depthIdentifier: 'steps' },
    { weight: 4, arbitrary: sends },
    { weight: 5, arbitrary: waits },
    { weight: 3, arbitrary: actions },
    {
      weight: 5,
      arbitrary: fc
        .record({
          heard: fc
            .uniqueArray(heard, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(each) })
            // An event without a `where` hides the same event behind it.
            .map((all) =>
              all.toSorted((a, b) => Number(a.where === undefined) - Number(b.where === undefined)),
            ),
          window,
          since: fc.constantFrom(undefined, undefined, 'step', 'entry', '1 hour', '1 day'),
          saves: fc.boolean(),
          arms: fc.array(inner, { minLength: 4, maxLength: 4 }),
          leaves,
        })
        .map(({ heard: events, window: ends, since, saves, arms, leaves: leaving }): Sketch => ({
          kind: 'arms',
          arms: arms.slice(0, events.length + 1),
          leaves: leaving,
          make: (id, linked) => ({
            type: 'waitFor',
            id,
            events: events.map((event, index) => ({ ...event, then: linked[index] ?? [] })),
            ...ends,
            ...(since === undefined ? {} : { since }),
            ...(saves ? { saveAs: 'heard' } : {}),
            otherwise: linked[events.length] ?? [],
          }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ when: condition, window, arms: fc.tuple(inner, inner), leaves })
        .map(({ when, window: ends, arms, leaves: leaving }): Sketch => ({
          kind: 'arms',
          arms,
          leaves: leaving,
          make: (id, [then = [], otherwise = []]) => ({
            type: 'waitFor',
            id,
            when,
            then,
            ...ends,
            otherwise,
          }),
        })),
    },
    {
      weight: 3,
      arbitrary: fc
        .record({
          cases: fc.uniqueArray(condition, {
            minLength: 1,
            maxLength: 3,
            selector: (each) => JSON.stringify(each),
          }),
          arms: fc.array(inner, { minLength: 4, maxLength: 4 }),
          leaves,
        })
        .map(({ cases, arms, leaves: leaving }): Sketch => ({
          kind: 'arms',
          arms: arms.slice(0, cases.length + 1),
          leaves: leaving,
          make: (id, linked) => ({
            type: 'branch',
            id,
            cases: cases.map((when, index) => ({ name: `case ${index}`, when, then: linked[index] ?? [] })),
            otherwise: linked[cases.length] ?? [],
          }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ arms: fc.array(inner, { minLength: 2, maxLength: 2 }), leaves })
        .map(({ arms, leaves: leaving }): Sketch => ({
          kind: 'arms',
          arms,
          leaves: leaving,
          make: (id, linked) => ({
            type: 'split',
            id,
            arms: linked.map((steps, index) => ({ name: `arm ${index}`, share: '50%', steps })),
          }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('loop' as const),
        body: inner,
        length: fc.constantFrom('30 minutes', '1 hour', '1 day'),
        atMost: fc.constantFrom(1, 2, 3),
      }),
    },
  );
  return {
    list: fc.array(tie('one'), { minLength: 1, maxLength: 4, size: 'max', depthIdentifier: 'steps' }),
    one,
  };
});

/** Gives every step its id, in the order of writing, and every goto its target. */
function written(sketches: readonly Sketch[], numbers: { next: number }): Step[] {
  const steps: Step[] = [];
  const dated: { at: number; id: string; sketch: Extract<Sketch, { kind: 'dated' }> }[] = [];
  for (const sketch of sketches) {
    const id = `s${(numbers.next += 1)}`;
    switch (sketch.kind) {
      case 'plain':
        steps.push(sketch.make(id));
        break;
      case 'dated':
        dated.push({ at: steps.length, id, sketch });
        steps.push(sketch.make(id, undefined));
        break;
      case 'arms': {
        const arms = sketch.arms.map((arm) => written(arm, numbers));
        if (sketch.leaves) arms[0] = [...(arms[0] ?? []), { type: 'exit', reason: `left at ${id}` }];
        steps.push(sketch.make(id, arms));
        break;
      }
      case 'loop':
        steps.push({ type: 'wait', id, for: sketch.length }, ...written(sketch.body, numbers), {
          type: 'goto',
          step: id,
          atMost: sketch.atMost,
        });
    }
  }
  for (const { at, id, sketch } of dated) {
    const later = steps.slice(at + 2).findLast((step) => 'id' in step);
    steps[at] = sketch.make(id, later !== undefined && 'id' in later ? later.id : undefined);
  }
  return steps;
}

const goals: fc.Arbitrary<{
  goal?: Omit<NonNullable<WrittenJourney['goal']>, 'then'>;
  then: readonly Sketch[];
}> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ then: [] }) },
  {
    weight: 2,
    arbitrary: fc.record({
      goal: fc.record(
        { event: fc.constant('Goal' as const), within: fc.constantFrom('3 hours', '2 days') },
        { requiredKeys: ['event'] },
      ),
      then: fc.oneof(fc.constant([]), fc.array(fc.oneof(sends, waits), { minLength: 1, maxLength: 3 })),
    }),
  },
);

export const writtenJourneys: fc.Arbitrary<WrittenJourney> = fc
  .record({
    lists: fc.tuple(list, list),
    reentry: fc.constantFrom('after exit' as const, 'after exit' as const, 'never' as const),
    goals,
    leaves: fc.boolean(),
    quiet: fc.boolean(),
  })
  .map(({ lists, reentry, goals: { goal, then }, leaves, quiet }) => {
    const numbers = { next: 0 };
    const steps = written(lists.flat(), numbers);
    const goalSteps = written(then, numbers);
    return {
      entry: { event: 'Start', where: { not: { 'profile.plan': 'gone' } }, reentry },
      ...(goal === undefined
        ? {}
        : { goal: { ...goal, ...(goalSteps.length === 0 ? {} : { then: goalSteps }) } }),
      exit: leaves
        ? [{ event: 'Stop' }, { when: { 'profile.plan': 'gone' }, reason: 'gone' }]
        : [{ event: 'Stop' }],
      quiet,
      delivery: { topic: 'news', quietHours: quiet ? { from: '22:00', to: '08:00' } : 'none' },
      steps,
    };
  });
