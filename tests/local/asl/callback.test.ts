// Callback tasks: tokens, answers, heartbeats, and what a late answer is told.
import { describe, expect, it } from 'vitest';
import { bench, refusalOf, start, typesOf } from './run-machine.ts';
import { done, invoke, taskMachine } from './task-machine.ts';

const Resource = `${invoke}.waitForTaskToken`;
const Arguments = { token: '{% $states.context.Task.Token %}' };

/** A bench whose handler only notes the tokens it was given. */
function waiting() {
  const tokens: string[] = [];
  const made = bench(async (call) => {
    tokens.push(call.token ?? '');
    expect(call.arguments).toEqual({ token: call.token });
    return 'submitted';
  });
  return { ...made, tokens, token: () => tokens.at(-1) ?? '' };
}

describe('callback tasks', () => {
  it('go on with the answer', async () => {
    const { clock, interpreter, begin, token } = waiting();
    const { id } = begin(taskMachine({ Resource, Arguments }));
    await clock.runUntil(start + 1_000_000_000);
    interpreter.succeedTask(token(), { event: 0 });
    await clock.runAll(start + 1_000_000_000);
    expect(interpreter.describe(id)).toMatchObject({ status: 'SUCCEEDED', output: { event: 0 } });
    expect(typesOf(interpreter.history(id)).slice(2)).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(interpreter.history(id)[4]?.details).toMatchObject({
      resource: 'invoke.waitForTaskToken',
      output: '"submitted"',
    });
  });

  it('fail with the error they are answered', async () => {
    const { clock, interpreter, begin, token } = waiting();
    const { id } = begin(taskMachine({ Resource, Arguments }));
    await clock.runUntil(start);
    interpreter.failTask(token(), 'Mine', 'because');
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({ status: 'FAILED', error: 'Mine', cause: 'because' });
  });

  it('take an answer that comes before their own call has returned', async () => {
    const { clock, interpreter, begin } = bench(async (call) => {
      interpreter.succeedTask(call.token ?? '', 'early');
      return 'submitted';
    });
    const { id } = begin(taskMachine({ Resource, Arguments }));
    await clock.runAll();
    expect(interpreter.describe(id).output).toBe('early');
  });

  it('answer only once, and late answers by AWS’s names', async () => {
    const { clock, interpreter, begin, token } = waiting();
    begin(taskMachine({ Resource, Arguments }));
    await clock.runUntil(start);
    interpreter.succeedTask(token(), 1);
    expect(refusalOf(() => interpreter.succeedTask(token(), 2))).toBe('TaskTimedOut');
    await clock.runAll();
    expect(refusalOf(() => interpreter.failTask(token()))).toBe('TaskTimedOut');
    expect(refusalOf(() => interpreter.heartbeat(token()))).toBe('TaskTimedOut');
    expect(refusalOf(() => interpreter.succeedTask('nonsense', 2))).toBe('InvalidToken');
    const elsewhere = waiting();
    elsewhere.begin(taskMachine({ Resource, Arguments }), {}, 'other');
    await elsewhere.clock.runUntil(start);
    expect(refusalOf(() => interpreter.succeedTask(elsewhere.token(), 2))).toBe('TaskDoesNotExist');
    expect(refusalOf(() => elsewhere.interpreter.succeedTask(elsewhere.token(), 'x'.repeat(262_143)))).toBe(
      'InvalidOutput',
    );
  });

  it('time out, and a retry has a new token', async () => {
    const { clock, interpreter, begin, tokens } = waiting();
    const { id } = begin(
      taskMachine({
        Resource,
        Arguments,
        TimeoutSeconds: 60,
        Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
      }),
    );
    await clock.runAll();
    expect(interpreter.describe(id)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      stopDate: start + 121_000,
    });
    expect(new Set(tokens).size).toBe(2);
  });

  it('live as long as they beat, and time out when they stop', async () => {
    const { clock, interpreter, begin, token } = waiting();
    const { id } = begin(
      taskMachine(
        {
          Resource,
          Arguments,
          TimeoutSeconds: 600,
          HeartbeatSeconds: 10,
          Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Done' }],
        },
        done,
      ),
    );
    for (const seconds of [0, 9, 18, 27]) {
      await clock.runUntil(start + seconds * 1000);
      interpreter.heartbeat(token());
    }
    await clock.runAll();
    const timedOut = interpreter.history(id).find((event) => event.type === 'TaskTimedOut');
    expect(timedOut).toMatchObject({ timestamp: start + 37_000, details: { error: 'States.Timeout' } });
    expect(interpreter.describe(id).status).toBe('SUCCEEDED');
  });
});
