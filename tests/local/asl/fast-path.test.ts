// The fast path must say what jsonata says, or leave it to jsonata.
import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { type Json, toJson } from '#lib/local/asl/json.ts';
import { decline, fastPath } from '#lib/local/asl/jsonata/fast-path.ts';
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
async function slowly(text: string, { states, variables }: Evaluation): Promise<unknown> {
  try {
    const bindings = { ...variables.flatten(), states, millis: () => now };
    return toJson(await jsonata(text).evaluate(undefined, bindings));
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
        fc.constantFrom('$a', '$b', '$gone', '$states.input', '$states'),
        fc.array(fc.constantFrom(...names), { maxLength: 3 }),
      )
      .map(([root, path]) => [root, ...path].join('.')),
    fc.constantFrom('"x"', '0', '1', '-2.5', 'true', 'null', '$millis()', '$states.context.State.RetryCount'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', 'and', 'or', '&', 'in', '%'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    fc
      .tuple(fc.constantFrom('ceil', 'floor', 'max', 'min', 'toMillis', 'not', 'string'), tie('expression'))
      .map(([name, argument]) => `$${name}(${argument})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((members) => `[${members.join(', ')}]`),
    tie('expression').map((inner) => `(${inner}).a`),
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
    ['$ceil(($toMillis($until) - $millis()) / 1000)', 172_801],
  ])('answers %s without jsonata', async (text, expected) => {
    expect(fastPath(jsonata(text).ast() as Node)?.(typical)).toEqual(expected);
    expect(await slowly(text, typical)).toEqual(expected);
  });

  it.each([
    '$nested.list.x',
    '$unknown',
    '$max([1, 2])',
    '$states.input.constructor',
    '$list = [1]',
    '$list + 1',
  ])('leaves %s to jsonata', (text) => {
    const answer = fastPath(jsonata(text).ast() as Node)?.(typical);
    expect(answer === decline || answer === undefined).toBe(true);
  });
});
