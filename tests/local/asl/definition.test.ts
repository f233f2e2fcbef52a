// What a definition may say: everything else is refused at once, by name and place.
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { DefinitionError } from '#lib/local/asl/failure.ts';

function problemsOf(definition: unknown): string[] {
  try {
    parseMachine(definition);
    return [];
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

/** The problems of one state that is the whole machine, with places told from the state on. */
function problemsOfState(state: object): string[] {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'S',
    States: { S: state, Other: { Type: 'Succeed' } },
  };
  return problemsOf(definition)
    .filter((problem) => !problem.startsWith('/States/Other: No state leads'))
    .map((problem) => problem.replace('/States/S', ''));
}

describe('a definition', () => {
  it('may be a text or a value', () => {
    const definition = { QueryLanguage: 'JSONata', StartAt: 'S', States: { S: { Type: 'Succeed' } } };
    expect(problemsOf(definition)).toEqual([]);
    expect(problemsOf(JSON.stringify(definition))).toEqual([]);
    expect(problemsOf('{')).toEqual([expect.stringContaining('is not JSON')]);
    expect(problemsOf([])).toEqual([': An object is expected here.']);
  });

  it('tells all problems at once', () => {
    const problems = problemsOf({
      QueryLanguage: 'JSONata',
      Extra: 1,
      StartAt: 'Gone',
      States: { A: { Type: 'Activity' }, B: { Type: 'Pass', Next: 'Nowhere' } },
    });
    expect(problems).toEqual([
      "/States/A/Type: 'Activity' is not supported; Pass or Task or Choice or Wait or Parallel or Map or Succeed or Fail is.",
      "/StartAt: There is no state 'Gone' here.",
      "/States/B: There is no state 'Nowhere' to go to here.",
      '/Extra: Extra is not a field of a state machine.',
    ]);
  });

  it('is refused above one megabyte, and with names above 80 characters', () => {
    const name = 'n'.repeat(81);
    const definition = {
      Comment: 'x'.repeat(1_048_576),
      QueryLanguage: 'JSONata',
      StartAt: name,
      States: { [name]: { Type: 'Succeed' } },
    };
    expect(problemsOf(definition)).toEqual([
      ': The definition is larger than 1048576 bytes.',
      `/States/${name}: A state name has 1 to 80 characters.`,
    ]);
    expect(
      problemsOf({
        QueryLanguage: 'JSONata',
        StartAt: 'é'.repeat(80),
        States: { ['é'.repeat(80)]: { Type: 'Succeed' } },
      }),
    ).toEqual([]);
  });

  it('needs every state reached, an end, and unique names', () => {
    const pass = { Type: 'Pass', Next: 'A' };
    expect(problemsOf({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: pass, B: pass } })).toEqual([
      '/States: No state ends here: one needs End, or to be Succeed or Fail.',
      '/States/B: No state leads to this one.',
    ]);
    const branch = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
    const parallel = { Type: 'Parallel', Branches: [branch], End: true };
    expect(problemsOf({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: parallel } })).toEqual([
      "/States/A/Branches/0/States/A: The state name 'A' is used twice, first at /States/A.",
    ]);
  });
});

describe('what is not supported', () => {
  it.each([
    [
      { Type: 'Pass', Result: 1, End: true },
      '/Result: Result belongs to JSONPath; only JSONata is supported.',
    ],
    [
      { Type: 'Pass', InputPath: '$', End: true },
      '/InputPath: InputPath belongs to JSONPath; only JSONata is supported.',
    ],
    [{ Type: 'Succeed', Assign: {} }, '/Assign: Assign is not a field of a Succeed state.'],
    [
      { Type: 'Wait', Seconds: 1, TimeoutSeconds: 1, End: true },
      '/TimeoutSeconds: TimeoutSeconds is not a field of a Wait state.',
    ],
    [
      { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Credentials: {}, End: true },
      '/Credentials: Credentials is not supported locally.',
    ],
    [
      { Type: 'Task', Resource: 'arn:aws:states:us-east-1:000000000000:activity:a', End: true },
      "/Resource: The resource 'arn:aws:states:us-east-1:000000000000:activity:a' is not supported.",
    ],
    [
      { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.later', End: true },
      "/Resource: The resource 'arn:aws:states:::lambda:invoke.later' is not supported.",
    ],
    [
      {
        Type: 'Map',
        ItemReader: {},
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } },
        End: true,
      },
      '/ItemReader: ItemReader is not supported locally.',
    ],
    [
      {
        Type: 'Map',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          StartAt: 'I',
          States: { I: { Type: 'Succeed' } },
        },
        End: true,
      },
      "/ItemProcessor/ProcessorConfig/ExecutionType: 'EXPRESS' is not supported; STANDARD is.",
    ],
    [
      {
        Type: 'Map',
        Label: 'each',
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } },
        End: true,
      },
      '/Label: Label belongs to the distributed Map.',
    ],
    [
      { Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, End: true },
      ': The QueryLanguage JSONPath (the default) is not supported; set QueryLanguage to JSONata.',
    ],
    [
      { Type: 'Choice', Choices: [{ Variable: '$.x', Condition: true, Next: 'Other' }] },
      '/Choices/0/Variable: Variable belongs to JSONPath; only JSONata is supported.',
    ],
  ])('is named: %j', (state, problem) => {
    expect(problemsOfState(state)).toContain(problem);
  });

  it('is JSONPath by default, but a state that means the same in both languages may stay', () => {
    const states = {
      A: { Type: 'Pass', Assign: { one: 1, list: ['$.x'] }, Next: 'B' },
      B: { Type: 'Wait', Seconds: 1, Next: 'C' },
      C: { Type: 'Succeed' },
    };
    expect(problemsOf({ StartAt: 'A', States: states })).toEqual([]);
    const refusal =
      '/States/A: The QueryLanguage JSONPath (the default) is not supported; set QueryLanguage to JSONata.';
    const choice = { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] };
    expect(problemsOf({ StartAt: 'A', States: { ...states, A: choice } })).toEqual([refusal]);
    const path = { Type: 'Pass', Assign: { 'x.$': '$.x' }, Next: 'B' };
    expect(problemsOf({ StartAt: 'A', States: { ...states, A: path } })).toEqual([refusal]);
  });
});

describe('fields', () => {
  const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true };

  it.each([
    [{ Type: 'Pass' }, ': Next or End is missing.'],
    [{ Type: 'Pass', Next: 'Other', End: true }, ': Next and End exclude each other.'],
    [{ Type: 'Wait', End: true }, ': A Wait state has either Seconds or Timestamp.'],
    [
      { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true },
      ': A Wait state has either Seconds or Timestamp.',
    ],
    [
      { Type: 'Wait', Seconds: 100_000_000, End: true },
      '/Seconds: A whole number of seconds from 0 to 99999999 or an expression is expected here.',
    ],
    [
      { Type: 'Wait', Seconds: '10', End: true },
      '/Seconds: A whole number of seconds from 0 to 99999999 or an expression is expected here.',
    ],
    [
      { ...task, TimeoutSeconds: 0 },
      '/TimeoutSeconds: A whole number of seconds from 1 to 99999999 or an expression is expected here.',
    ],
    [
      { ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 },
      '/HeartbeatSeconds: HeartbeatSeconds must be smaller than TimeoutSeconds.',
    ],
    [{ ...task, Retry: [{ ErrorEquals: [] }] }, '/Retry/0: ErrorEquals needs at least one error name.'],
    [
      { ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] },
      '/Retry/0/ErrorEquals: States.ALL must stand alone, in the last entry of Retry.',
    ],
    [
      { ...task, Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] },
      `/Retry/0/BackoffRate: A number from 1 to ${Number.MAX_VALUE} is expected here.`,
    ],
    [
      { ...task, Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] },
      '/Retry/0/MaxDelaySeconds: MaxDelaySeconds must be greater than IntervalSeconds.',
    ],
    [
      { ...task, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] },
      "/Retry/0/JitterStrategy: 'HALF' is not supported; FULL or NONE is.",
    ],
    [{ ...task, Catch: [{ ErrorEquals: ['A'], Next: 'Gone' }] }, ": There is no state 'Gone' to go to here."],
    [
      { ...task, Catch: [{ ErrorEquals: ['A'], Next: 'Other', ResultPath: '$' }] },
      '/Catch/0/ResultPath: ResultPath belongs to JSONPath; only JSONata is supported.',
    ],
    [{ Type: 'Pass', Assign: { states: 1 }, End: true }, '/Assign/states: The variable states is reserved.'],
    [
      { Type: 'Pass', Assign: { 'a b': 1 }, End: true },
      '/Assign/a b: A variable name is an identifier of at most 80 characters.',
    ],
  ])('%j', (state, problem) => {
    expect(problemsOfState(state)).toContain(problem);
  });

  it('hold variables of outer states readable, not assignable, inside a Parallel or a Map', () => {
    const inner = {
      StartAt: 'I',
      States: { I: { Type: 'Pass', Assign: { x: 2, y: '{% $x %}' }, End: true } },
    };
    const problems = problemsOf({
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [inner], End: true },
      },
    });
    expect(problems).toEqual([
      '/States/P/Branches/0/States/I: The variable x belongs to the states around; it can be read here, not assigned.',
    ]);
  });
});

const withOutput = (Output: unknown) => ({ Type: 'Pass', Output, End: true });

describe('expressions in a definition', () => {
  it.each([
    ['{% $states.input.a', '/Output: An expression starts with {% and ends with %}, with nothing around it.'],
    [
      ' {% $states.input.a %}',
      '/Output: An expression starts with {% and ends with %}, with nothing around it.',
    ],
    ['{% 1 + %}', "/Output: Invalid JSONata expression '1 +': Unexpected end of expression"],
    ['{% $a ?: 1 %}', expect.stringContaining('Invalid JSONata expression')],
    ['{% phone %}', "/Output: Reference to 'phone' at the top level is not supported."],
    [
      '{% $map($states.input, function($v) { phone }) %}',
      "/Output: Reference to 'phone' at the top level is not supported.",
    ],
    ['{% $$.a %}', "/Output: Reference to '$$' at the top level is not supported."],
    ['{% $states.result %}', '/Output: $states.result is not available in this field.'],
    ['{% $states.errorOutput %}', '/Output: $states.errorOutput is not available in this field.'],
  ])('%s is refused', (text, problem) => {
    expect(problemsOfState(withOutput(text))).toEqual([problem]);
  });

  it.each([
    ' {% states.input %} ',
    '$states.input',
    '{% $states.input.list[price > 3].name %}',
    '{% $states.input.list.{ "n": name, "p": $price } %}',
    '{% $states.input.list^(>price).name %}',
    '{% $states.input.list{ kind: $count(price) } %}',
    '{% $states.input ~> |list|{ "seen": true }| %}',
    '{% $filter($states.input.list, function($v) { $v.price > 3 }) %}',
    '{% $states.input.list#$i[$i = 0].name %}',
    '{% $states.input.list@$l.($l.name) %}',
  ])('%s is accepted', (text) => {
    expect(problemsOfState(withOutput(text))).toEqual([]);
  });
});

describe('asl-validator, as a second opinion', () => {
  const accepted = {
    QueryLanguage: 'JSONata',
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: '{% $max([1, 2]) %}',
        Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
        Assign: { answer: '{% $states.result %}' },
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 1,
            MaxAttempts: 2,
            BackoffRate: 1.5,
            JitterStrategy: 'FULL',
          },
        ],
        Catch: [
          { ErrorEquals: ['States.ALL'], Assign: { error: '{% $states.errorOutput.Error %}' }, Next: 'Fan' },
        ],
        Next: 'Fan',
      },
      Fan: {
        Type: 'Map',
        Items: '{% $states.input %}',
        ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
        End: true,
      },
    },
  };

  it('accepts what is accepted here, and refuses what is refused here', () => {
    expect(problemsOf(accepted)).toEqual([]);
    expect(validate(accepted)).toMatchObject({ isValid: true });
    const refused = { ...accepted, StartAt: 'Gone' };
    expect(problemsOf(refused)).not.toEqual([]);
    expect(validate(refused)).toMatchObject({ isValid: false });
  });
});
