// Wait and Choice: when they end, which way they go, and how they fail.
import { describe, expect, it } from 'vitest';
import { run, start, typesOf } from './run-machine.ts';

const one = (state: object) => ({ QueryLanguage: 'JSONata', StartAt: 'S', States: { S: state } });
const until = (Timestamp: string) => one({ Type: 'Wait', Timestamp, End: true });
const choice = (rest: object) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'C',
  States: { C: { Type: 'Choice', ...rest }, A: { Type: 'Succeed' }, B: { Type: 'Succeed' } },
});

describe('a wait', () => {
  it.each([
    ['2026-03-27T10:00:01Z', 1_000],
    ['2026-03-27T12:00:00.5+01:00', 3_600_500],
    ['2026-03-27T10:01Z', 60_000],
    ['2020-01-01T00:00:00Z', 0],
  ])('until %s takes %d ms', async (text, length) => {
    const { execution } = await run(until(text));
    expect([execution.status, (execution.stopDate ?? 0) - start]).toEqual(['SUCCEEDED', length]);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-03-27',
    '2026-03-27T10:00:00',
    '2026-03-27 10:00:00Z',
    '2026-03-27T24:00:00Z',
    'soon',
  ])('until %s fails as on AWS', async (text) => {
    const { execution, history } = await run(until('{% $states.input %}'), text);
    expect(execution.error).toBe('States.QueryEvaluationError');
    expect(execution.cause).toBe(
      `An error occurred while executing the state 'S' (entered at the event id #2). The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    );
    expect(history.at(-2)?.details).toMatchObject({ location: 'Timestamp', state: 'S' });
  });

  it.each([[-1], [1.5], ['1'], [null]])('of %j seconds fails', async (seconds) => {
    const { execution } = await run(
      one({ Type: 'Wait', Seconds: '{% $states.input %}', End: true }),
      seconds,
    );
    expect(execution.error).toBe('States.QueryEvaluationError');
  });
});

describe('a Choice', () => {
  it('takes the first rule that is true, and refuses what is neither true nor false', async () => {
    const Choices = [
      { Condition: '{% $states.input.n > 5 %}', Next: 'A' },
      { Condition: '{% $states.input.n > 1 %}', Next: 'B' },
    ];
    const { history } = await run(choice({ Choices, Default: 'A' }), { n: 3 });
    expect(history.find((event) => event.type === 'SucceedStateEntered')?.details?.['name']).toBe('B');
    const wrong = await run(
      choice({ Choices: [{ Condition: '{% $states.input.n %}', Next: 'A' }], Default: 'B' }),
      { n: 1 },
    );
    expect(wrong.execution.error).toBe('States.QueryEvaluationError');
  });

  it('fails beyond catching when nothing matches', async () => {
    const { execution, history } = await run(
      choice({
        Choices: [
          { Condition: false, Next: 'A' },
          { Condition: false, Next: 'B' },
        ],
      }),
    );
    expect(typesOf(history)).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
    expect(execution.error).toBe('States.Runtime');
  });
});
