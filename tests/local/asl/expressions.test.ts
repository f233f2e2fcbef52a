// JSONata as Step Functions runs it: its functions, virtual time, and AWS's words for what goes wrong. The expected values
// were measured on AWS by others; see the source files for where.
import { describe, expect, it } from 'vitest';
import { run } from './run-machine.ts';

/** The output of a Pass state with one expression, or the cause of its failure without AWS's two leading sentences. */
async function evaluate(text: string, input = {}): Promise<unknown> {
  const { execution } = await run(
    {
      QueryLanguage: 'JSONata',
      StartAt: 'E',
      States: { E: { Type: 'Pass', Output: { v: `{% ${text} %}` }, End: true } },
    },
    input,
  );
  if (execution.status === 'SUCCEEDED') return (execution.output as { v: unknown }).v;
  expect(execution.error).toBe('States.QueryEvaluationError');
  return execution.cause?.replace(/^An error .*? specified for the field 'Output\/v' /s, '');
}

describe('functions of Step Functions', () => {
  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2], 5)', [[1, 2]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(5, 1, -2)', [5, 3, 1]],
    ['$range(1, 1, 1)', 1],
    ['$hash("Hello", "SHA-256")', '185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969'],
    ['$parse("{\\"a\\":[1,null]}")', { a: [1, null] }],
    ['$map(["{\\"a\\":1}", "{\\"a\\":2}"], $parse).a', [1, 2]],
    ['$random(42)', 0.7275636800328681],
    ['$random(42) = $random(42)', true],
    ['$uuid()', '88888888-8888-4888-8888-888888888888'],
    ['$random()', 0.5],
    ['$shuffle([1,2,3])', [1, 3, 2]],
    ['$string(1e20)', '100000000000000000000'],
    ['$parseInteger("abc", "0")', 'NaN'],
    ['1/0', 'Infinity'],
    ['{"k": -1/0}', { k: '-Infinity' }],
  ])('%s', async (text, expected) => {
    expect(await evaluate(text)).toEqual(expected);
  });

  it.each([
    ['$now()', '2026-03-27T10:00:00.000Z'],
    ['$now("[Y]-[M01]")', '2026-03'],
    ['$millis()', Date.parse('2026-03-27T10:00:00.000Z')],
    ['$toMillis("10:30", "[H01]:[m01]")', Date.parse('2026-03-27T10:30:00.000Z')],
  ])('%s tells virtual time', async (text, expected) => {
    expect(await evaluate(text)).toEqual(expected);
  });
});

const fail = '{% $states.input.missing %}';
const rule = (rest: object) => ({ Type: 'Choice', Choices: [{ Next: 'End', ...rest }] });

/** Where AWS would say that the expression of the state failed. */
async function locate(state: object): Promise<unknown> {
  const { history } = await run({
    QueryLanguage: 'JSONata',
    StartAt: 'S',
    States: { S: state, End: { Type: 'Succeed' } },
  });
  return history.find((event) => event.type === 'EvaluationFailed')?.details?.['location'];
}

describe('failures of expressions', () => {
  const threw = 'threw an error during evaluation';

  it.each([
    ['$states.input.missing', 'returned nothing (undefined).'],
    ['$noSuchVariable', 'returned nothing (undefined).'],
    ['$sum', 'returned nothing (undefined).'],
    ['$range(1, 5)', 'returned nothing (undefined).'],
    ['$partition([1], 0)', 'returned nothing (undefined).'],
    ['$eval("1+1")', `${threw}. T1006: Attempted to invoke a non-function`],
    [
      '$split("a", "b", -1)',
      `${threw}. D3020: Third argument of split function must evaluate to a positive number`,
    ],
    ['$sum(["a"])', `${threw}. T0412: Argument 1 of function "sum" must be an array of "numbers"`],
    ['$parse(null)', `${threw}. T0410: Argument 1 of function "parse" does not match function signature`],
    ['$parse("1", 2)', `${threw}. T0410: Argument 2 of function "parse" does not match function signature`],
    ['$parse("")', `${threw}. D3137: Invalid JSON`],
    ['$uuid(1)', `${threw}. T0410: Argument 1 of function "uuid" does not match function signature`],
    ['$partition([1], -1)', `${threw}. D3137: Second argument must be zero or greater`],
    ['$partition(1, 2)', `${threw}. T0412: Argument 1 of function "partition" must be an array of undefined`],
    [
      '$hash("a", "sha256")',
      `${threw}. D3137: Hash algorithm 'sha256' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`,
    ],
    [
      '[1..873783] ~> $count()',
      `${threw}: Expression evaluation memory limit exceeded: Check for excessive memory usage`,
    ],
    [
      '($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f(40))',
      `${threw}: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.`,
    ],
    [
      Array.from({ length: 101 }, () => '1').join('+'),
      `${threw}: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.`,
    ],
    [
      '($f := function($x){ $f($x+1) }; $f(1))',
      `${threw}: Expression evaluation timeout: Check for infinite loop`,
    ],
  ])('%s', async (text, expected) => {
    expect(await evaluate(text)).toBe(expected);
  });

  it('stops at the bound and not before it', async () => {
    expect(await evaluate('($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f(30))')).toBe(30);
    expect(await evaluate(Array.from({ length: 100 }, () => '1').join('+'))).toBe(100);
    expect(await evaluate('[1..873782] ~> $count()')).toBe(873_782);
  });

  it('names the field as AWS does, also inside arrays and rules', async () => {
    expect(await locate({ Type: 'Pass', Output: { values: [1, [fail]] }, Next: 'End' })).toBe(
      'Output/values[1][0]',
    );
    expect(await locate({ Type: 'Pass', Output: [fail], Next: 'End' })).toBe('Output[0]');
    expect(await locate({ Type: 'Pass', Assign: { x: { y: fail } }, Next: 'End' })).toBe('Assign/x/y');
    expect(await locate({ Type: 'Wait', Seconds: fail, Next: 'End' })).toBe('Seconds');
    expect(await locate(rule({ Condition: fail }))).toBe('Choices[0]/Condition');
    expect(await locate(rule({ Condition: true, Output: { v: fail } }))).toBe('Choices[0]/Output/v');
    expect(await locate(rule({ Condition: true, Assign: { x: fail } }))).toBe('Choices[0]/Assign/x');
  });
});

describe('results of expressions', () => {
  it.each([
    ['$states.input.items', [7]],
    ['$states.input.items.($ + 1)', 8],
    ['[$states.input.items.($ + 1)]', [8]],
    ['$states.input.items[]', [7]],
    ['$states.input.nested.list.x', [1, 2]],
    ['$states.input.nested.list[x = 2]', { x: 2 }],
    ['$states.input.nothing', null],
    ['$exists($states.input.nothing)', true],
  ])('%s is plain JSON', async (text, expected) => {
    const input = { items: [7], nested: { list: [{ x: 1 }, { x: 2 }] }, nothing: null };
    expect(await evaluate(text, input)).toEqual(expected);
  });

  it('leaves what it reads as it was, constants of the definition too', async () => {
    const { execution } = await run({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { o: { list: [1], all: [3, 1, 2] } }, Next: 'B' },
        B: {
          Type: 'Pass',
          Output: ['{% $o.list[] %}', '{% $sort($o.all) %}', '{% $o.all^(>$) %}', '{% $o %}'],
          End: true,
        },
      },
    });
    expect(execution.output).toEqual([[1], [1, 2, 3], [3, 2, 1], { list: [1], all: [3, 1, 2] }]);
  });

  it('show the context object as AWS fills it', async () => {
    const { execution } = await run({
      QueryLanguage: 'JSONata',
      StartAt: 'E',
      States: { E: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
    });
    expect(execution.output).toEqual({
      Execution: {
        Id: 'arn:aws:states:us-east-1:000000000000:execution:machine:test',
        Input: {},
        Name: 'test',
        RedriveCount: 0,
        RoleArn: 'arn:aws:iam::000000000000:role/state-machine',
        StartTime: '2026-03-27T10:00:00.000Z',
      },
      State: { EnteredTime: '2026-03-27T10:00:00.000Z', Name: 'E' },
      StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', Name: 'machine' },
    });
  });
});
