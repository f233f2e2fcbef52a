// The fast path must say what jsonata says, or leave it to jsonata.
import { globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it, vi } from 'vitest';
import { type Json, toJson } from '#lib/local/asl/json.ts';
import { decline } from '#lib/local/asl/jsonata/fast-operators.ts';
import { fastPath } from '#lib/local/asl/jsonata/fast-path.ts';
import { evaluationBinding, registerFunctions } from '#lib/local/asl/jsonata/functions.ts';
import { functionNames } from '#lib/local/asl/jsonata/function-names.ts';
import type { Evaluation } from '#lib/local/asl/jsonata/evaluation.ts';
import type { Node } from '#lib/local/asl/jsonata/syntax.ts';
import { Variables } from '#lib/local/asl/variables.ts';

const now = Date.parse('2026-03-27T10:00:00.123Z');

function evaluation(variables: Record<string, Json>, input: Json): Evaluation {
  const scope = new Variables();
  scope.assign(new Map(Object.entries(variables)));
  return {
    states: { input, context: { State: { RetryCount: 1 } } },
    variables: scope,
    now,
    random: () => 0.5,
  };
}

/** What jsonata answers, or the text 'fails'. */
async function slowly(text: string, given: Evaluation): Promise<unknown> {
  const { states, variables } = given;
  const parsed = jsonata(text);
  registerFunctions(parsed);
  try {
    const bindings = { ...variables.flatten(), states, eval: undefined, [evaluationBinding]: given };
    return toJson(await parsed.evaluate(undefined, bindings));
  } catch {
    return 'fails';
  }
}

/** The fast path's answer beside jsonata's; nothing where the fast path leaves it to jsonata. */
async function answers(
  text: string,
  given: Evaluation,
): Promise<{ fast: unknown; slow: unknown } | undefined> {
  const fast = fastPath(jsonata(text).ast() as Node);
  const answer = fast === undefined ? decline : fast(given);
  if (answer === decline) return undefined;
  return { fast: answer === undefined ? undefined : toJson(answer), slow: await slowly(text, given) };
}

const names = ['a', 'b', 'c', 'constructor', 'toString', 'length'];
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, '', 'x', '2026-03-29T10:00:01Z', '{"a":1}', 'not json'),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const expression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom('$a', '$b', '$gone', '$states.input', '$states', '$parse($b)'),
        fc.array(fc.constantFrom(...names), { maxLength: 3 }),
      )
      .map(([root, path]) => [root, ...path].join('.')),
    fc.constantFrom(
      '"x"',
      '""',
      '{}',
      '$gone',
      '$exists',
      '0',
      '1',
      '-2.5',
      'true',
      'null',
      '$millis()',
      '$states.context.State.RetryCount',
    ),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', 'and', 'or', '&', 'in', '%'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(
        fc.constantFrom('exists', 'parse', 'ceil', 'floor', 'max', 'min', 'toMillis', 'not', 'string'),
        tie('expression'),
      )
      .map(([name, argument]) => `$${name}(${argument})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((members) => `[${members.join(', ')}]`),
    tie('expression').map((inner) => `(${inner}).a`),
    tie('expression').map((inner) => `$exists(${inner})`),
    fc
      .tuple(tie('expression'), tie('expression'), fc.option(tie('expression')))
      .map(([test, yes, no]) => (no === null ? `(${test} ? ${yes})` : `(${test} ? ${yes} : ${no})`)),
    fc
      .array(fc.tuple(fc.constantFrom(...names, '__proto__', '1'), tie('expression')), { maxLength: 3 })
      .map((members) => `{${members.map(([key, member]) => `"${key}": ${member}`).join(', ')}}`),
  ),
})).expression;

describe('the fast path', () => {
  it('agrees with jsonata wherever it answers, which is often', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(expression, value, value, value, async (text, a, b, input) => {
        const both = await answers(text, evaluation({ a, b }, input));
        if (both !== undefined) answered += 1;
        expect(both?.fast).toEqual(both?.slow);
        expect(JSON.stringify(both?.fast)).toBe(JSON.stringify(both?.slow));
      }),
      { numRuns: 2_000 },
    );
    expect(answered).toBeGreaterThan(500);
  });

  const typical = evaluation(
    {
      until: '2026-03-29T10:00:01Z',
      case: 0,
      list: [1],
      empty: [],
      nested: { list: [{ x: 1 }] },
      nothing: null,
      max: 'hides',
    },
    { run: 'r1', items: [0] },
  );

  it.each([
    ['$states.input', { run: 'r1', items: [0] }],
    ['$states.input.run', 'r1'],
    ['$states.input.items', [0]],
    ['$states.context.State.RetryCount', 1],
    ['$case = 0', true],
    ['$case != 0', false],
    ['$case + 1 > 3', false],
    ['$states.input.no = $states.input.no', false],
    ['$states.input.no != 1', false],
    ['$empty', []],
    ['$exists($unknown)', false],
    ['$exists($list)', true],
    ['$exists($unknown.a.b)', false],
    ['$exists($states.input.run)', true],
    ['$exists($nothing)', true],
    ['$nothing', null],
    ['$case ? 1 : 2', 2],
    ['"" ? 1 : 2', 2],
    ['$unknown ? 1 : 2', 2],
    ['$nothing ? 1 : 2', 2],
    ['$nested ? 1 : 2', 1],
    ['{} ? 1 : 2', 2],
    ['{"2": 1, "b": $unknown, "1": {"list": $list}}', { 1: { list: [1] }, 2: 1 }],
    ['($exists($unknown) ? $unknown : $states.input).run', 'r1'],
    ['$ceil(($toMillis($until) - $millis()) / 1000)', 172_801],
  ])('answers %s without jsonata', async (text, expected) => {
    expect(fastPath(jsonata(text).ast() as Node)?.(typical)).toEqual(expected);
    expect(await slowly(text, typical)).toEqual(expected);
  });

  it.each([
    '$nested.list.x',
    '$parse',
    '$exists($millis)',
    '$list ? 1 : 2',
    '($case = 0 ? $list : 1).x',
    '{"a": 1, "a": 2}',
    '{"__proto__": 1}',
    '{"hasOwnProperty": 1, "b": 2}',
    '$max([1, 2])',
    '$states.input.constructor',
    '$list = [1]',
    '$list + 1',
  ])('leaves %s to jsonata', (text) => {
    const answer = fastPath(jsonata(text).ast() as Node)?.(typical);
    expect(answer === decline || answer === undefined).toBe(true);
  });

  it('knows every name that is a function without being assigned', async () => {
    const source = await readFile(createRequire(import.meta.url).resolve('jsonata'), 'utf8');
    const bound = [...source.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g)].map(([, name]) => name);
    expect(bound.length).toBeGreaterThan(60);
    const parsed = jsonata('1');
    const registered = vi.spyOn(parsed, 'registerFunction');
    registerFunctions(parsed);
    const added = registered.mock.calls.map(([name]) => name);
    expect(functionNames).toEqual(new Set([...bound, ...added]));
  });
});

const machines = globSync('state-machines/*/*/machine.asl.json');
const expressions = [
  ...new Set(
    machines.flatMap((file) => {
      const texts = readFileSync(file, 'utf8').matchAll(/"(?:[^"\\]|\\.)*"/g);
      return [...texts].map(([text]) => JSON.parse(text) as string).filter((text) => text.startsWith('{%'));
    }),
  ),
].map((text) => text.slice(2, -2).trim());

describe.skipIf(machines.length === 0)('the expressions of the committed machines', () => {
  const plan = { from: '2026-03-29T10:00:00Z', until: '2026-03-29T10:00:01Z', route: { offer: 0 } };
  const failed = { Cause: JSON.stringify({ errorMessage: JSON.stringify({ until: plan.until, plan }) }) };
  const usual = {
    ...evaluation(
      { plan, wakeAt: plan.until, fault: {}, arm: 0, settle: {}, loop: { visit: 2, jumps: {} } },
      {},
    ),
    states: {
      input: {},
      context: { Execution: { Input: { first: plan } }, State: { RetryCount: 0 }, Task: { Token: 't' } },
      result: { arm: 1, plan, Payload: { plan } },
      errorOutput: { Error: 'Wait', ...failed },
    },
  };

  it('are answered without jsonata, but for those that count the jumps of a loop', async () => {
    const unanswered: string[] = [];
    for (const text of expressions) {
      const both = await answers(text, usual);
      if (both === undefined) unanswered.push(text);
      expect([text, JSON.stringify(both?.fast)]).toEqual([text, JSON.stringify(both?.slow)]);
    }
    expect(unanswered).toEqual(expressions.filter((text) => text.includes(':=')));
  });

  const words = [
    'plan',
    'first',
    'until',
    'from',
    'route',
    'jumps',
    'visit',
    'round',
    'Payload',
    'Input',
    'offer',
  ];
  const instants = fc.constantFrom<Json>(
    plan.until,
    '2026-03-29',
    '2026-02-30T10:00:00Z',
    failed.Cause,
    '[]',
    '{',
  );
  const odd: fc.Arbitrary<Json> = fc.letrec<{ odd: Json }>((tie) => ({
    odd: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(instants, scalar),
      fc.array(tie('odd'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom(...words), tie('odd'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).odd;
  const oddPlan = fc.record(
    { from: odd, until: odd, route: odd, jumps: odd, visit: odd },
    { requiredKeys: [] },
  );
  const something = fc.oneof(odd, oddPlan);
  const context: fc.Arbitrary<Evaluation> = fc
    .record({
      variables: fc.record(
        {
          plan: something,
          wakeAt: odd,
          fault: odd,
          arm: odd,
          settle: something,
          loop: something,
          exists: odd,
        },
        { requiredKeys: [] },
      ),
      first: something,
      input: odd,
      error: fc.record({ Error: odd, Cause: fc.oneof(odd, fc.constant(failed.Cause)) }, { requiredKeys: [] }),
      result: fc.oneof(odd, fc.record({ plan: odd, arm: odd, Payload: something })),
    })
    .map(({ variables, first, input, error, result }) => ({
      ...evaluation(variables as Record<string, Json>, {}),
      states: {
        input,
        context: { Execution: { Input: { first } }, State: { RetryCount: 0 } },
        result,
        errorOutput: error,
      },
    }));

  it('mean the same in any context', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...expressions), context, async (text, given) => {
        const both = await answers(text, given);
        if (both !== undefined) answered += 1;
        expect(both?.fast).toEqual(both?.slow);
        expect(JSON.stringify(both?.fast)).toBe(JSON.stringify(both?.slow));
      }),
      { numRuns: 3_000 },
    );
    expect(answered).toBeGreaterThan(1_000);
  });
});
