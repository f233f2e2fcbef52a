// Parallel: which events it writes, how those are linked, and what a failing branch cuts. The shapes were read off AWS
// (https://github.com/floci-io/floci/pull/3167 and recordings of the LocalStack project).
import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '#lib/local/asl/history.ts';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { RunTask } from '#lib/local/asl/task-call.ts';
import { sleepUntil } from '#lib/local/clock.ts';
import { bench, run, start, typesOf } from './run-machine.ts';

const jsonata = (states: object, startAt = 'P') => ({
  QueryLanguage: 'JSONata',
  StartAt: startAt,
  States: states,
});
const pass = (name: string, rest: object = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Pass', End: true, ...rest } },
});
const failing = { StartAt: 'Boom', States: { Boom: { Type: 'Fail', Error: 'MyError', Cause: 'my cause' } } };
const previous = (history: readonly HistoryEvent[]) => history.map((event) => event.previousEventId);
const task: RunTask = async () => {
  throw new TaskFailure('Broken', 'as planned');
};
const send = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };

describe('a Parallel state', () => {
  it('gives every branch the same input and answers in order of definition', async () => {
    const slow = {
      StartAt: 'Slow',
      States: {
        Slow: { Type: 'Wait', Seconds: 60, Next: 'Out' },
        Out: { Type: 'Pass', Output: 'slow', End: true },
      },
    };
    const { execution, history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [slow, pass('Fast')],
          Arguments: { n: '{% $states.input.a %}' },
          Next: 'After',
        },
        After: { Type: 'Pass', End: true },
      }),
      { a: 1 },
    );
    expect(execution.output).toEqual(['slow', { n: 1 }]);
    expect(typesOf(history).slice(0, 3)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
    ]);
    expect(typesOf(history).slice(-5)).toEqual([
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    const first = history
      .filter((event) => event.previousEventId === 3)
      .map((event) => event.details?.['name']);
    expect(first).toEqual(['Slow', 'Fast']);
    // ParallelStateSucceeded is passed over: the exited event points at the last event of a branch, too.
    const last = history.findIndex((event) => event.type === 'ParallelStateSucceeded');
    expect(previous(history).slice(last, last + 2)).toEqual([last, last]);
  });

  it('fails with the error of a branch', async () => {
    const { execution, history } = await run(
      jsonata({ P: { Type: 'Parallel', Branches: [failing], End: true } }),
    );
    expect([execution.status, execution.error, execution.cause]).toEqual(['FAILED', 'MyError', 'my cause']);
    expect(typesOf(history).slice(3)).toEqual(['FailStateEntered', 'ParallelStateFailed', 'ExecutionFailed']);
    expect(previous(history)).toEqual([0, 0, 2, 3, 4, 5]);
  });

  it('starts again when it is retried, and fails once', async () => {
    const { execution, history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [failing],
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 5 }],
          End: true,
        },
      }),
    );
    expect(typesOf(history).slice(2)).toEqual([
      'ParallelStateStarted',
      'FailStateEntered',
      'ParallelStateStarted',
      'FailStateEntered',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(previous(history)).toEqual([0, 0, 2, 3, 4, 5, 6, 7]);
    // Three states entered and one retry.
    expect(execution.transitions).toBe(4);
  });

  it('is caught with the error of the branch, whose expression was reported where it failed', async () => {
    const { execution, history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [pass('Undef', { Output: { v: '{% $states.input.missing %}' } })],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handled' }],
          End: true,
        },
        Handled: { Type: 'Pass', End: true },
      }),
    );
    const cause =
      "An error occurred while executing the state 'Undef' (entered at the event id #4). The JSONata expression " +
      "'$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).";
    expect(execution.output).toEqual({ Error: 'States.QueryEvaluationError', Cause: cause });
    expect(typesOf(history).slice(3)).toEqual([
      'PassStateEntered',
      'EvaluationFailed',
      'ParallelStateFailed',
      'ParallelStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(previous(history)).toEqual([0, 0, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('fails a second time when the catcher itself fails', async () => {
    const { history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [failing],
          Catch: [
            { ErrorEquals: ['Other'], Next: 'Done' },
            { ErrorEquals: ['States.ALL'], Output: { v: '{% $states.input.missing %}' }, Next: 'Done' },
          ],
          End: true,
        },
        Done: { Type: 'Pass', End: true },
      }),
    );
    expect(typesOf(history).slice(3)).toEqual([
      'FailStateEntered',
      'ParallelStateFailed',
      'EvaluationFailed',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(previous(history)).toEqual([0, 0, 2, 3, 4, 4, 6, 7]);
    expect(history[5]?.details).toMatchObject({ location: 'Catch[1]/Output/v', state: 'P' });
  });

  it('cuts the other branches, naming the kind of state each was in', async () => {
    const pause = {
      StartAt: 'Pause',
      States: { Pause: { Type: 'Wait', Seconds: 1, Next: 'Boom' }, Boom: { Type: 'Fail', Error: 'Boom' } },
    };
    const long = { StartAt: 'Long', States: { Long: { Type: 'Wait', Seconds: 20, End: true } } };
    const { execution, history } = await run(
      jsonata({ P: { Type: 'Parallel', Branches: [long, pause, pass('Done')], End: true } }),
    );
    const failure = history.find((event) => event.type === 'FailStateEntered')?.id;
    expect(typesOf(history).slice(-3)).toEqual([
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(previous(history).slice(-3, -1)).toEqual([failure, failure]);
    expect(typesOf(history).filter((type) => type === 'WaitStateExited')).toHaveLength(1);
    expect((execution.stopDate ?? 0) - execution.startDate).toBe(1_000);
  });

  it('records a Task that failed its branch as aborted', async () => {
    const branch = { StartAt: 'Send', States: { Send: { ...send, End: true } } };
    const { history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [branch],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handled' }],
          End: true,
        },
        Handled: { Type: 'Pass', End: true },
      }),
      {},
      task,
    );
    expect(typesOf(history).slice(3, 10)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'TaskStateAborted',
      'ParallelStateFailed',
      'ParallelStateExited',
    ]);
    expect(previous(history).slice(0, 10)).toEqual([0, 0, 2, 3, 4, 5, 6, 7, 7, 9]);
  });

  it.each([{}, { TimeoutSeconds: 60 }])('leaves the late answer of a cut task unheard: %j', async (time) => {
    const boom = {
      StartAt: 'Pause',
      States: { Pause: { Type: 'Wait', Seconds: 1, Next: 'Boom' }, Boom: { Type: 'Fail', Error: 'Boom' } },
    };
    const slow = { StartAt: 'Slow', States: { Slow: { ...send, ...time, End: true } } };
    const { clock, interpreter, begin } = bench(async () => sleepUntil(clock, start + 10_000));
    const { id } = begin(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [boom, slow],
          Catch: [{ ErrorEquals: ['Boom'], Next: 'Later' }],
          End: true,
        },
        Later: { Type: 'Wait', Seconds: 60, End: true },
      }),
    );
    await clock.runAll();
    const types = typesOf(interpreter.history(id));
    expect(types).not.toContain('TaskSucceeded');
    expect(types.filter((type) => type === 'TaskStateAborted')).toHaveLength(1);
    expect(interpreter.describe(id).stopDate).toBe(start + 61_000);
  });

  it('ends the execution at once when a branch cannot go on at all', async () => {
    const stuck = {
      StartAt: 'C',
      States: { C: { Type: 'Choice', Choices: [{ Condition: false, Next: 'D' }] }, D: { Type: 'Succeed' } },
    };
    const { execution, history } = await run(
      jsonata({
        P: {
          Type: 'Parallel',
          Branches: [stuck],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'H' }],
          End: true,
        },
        H: { Type: 'Succeed' },
      }),
    );
    expect(typesOf(history).slice(3)).toEqual(['ChoiceStateEntered', 'ExecutionFailed']);
    expect([execution.error, execution.cause]).toEqual([
      'States.Runtime',
      "An error occurred while executing the state 'C' (entered at the event id #4). Failed to transition out of the state. The state does not point to a next state.",
    ]);
  });
});
