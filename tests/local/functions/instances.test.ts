// Who gets an instance: what is in use stays warm, however many functions have their turn.
import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../lib/local/functions/instance.ts';
import { Instances } from '../../../lib/local/functions/instances.ts';
import type { WorkerCall } from '../../../lib/local/functions/worker/messages.ts';

const CALL: WorkerCall = {
  payload: '{}',
  requestId: 'request',
  traceId: 'trace',
  timeoutMillis: 1000,
  clientContext: undefined,
};

/** Instances that answer when they are told to, on a clock that is moved by hand. */
function pool() {
  const started: string[] = [];
  const ended: string[] = [];
  const answers: (() => void)[] = [];
  let now = 0;
  const timers = { now: () => now, after: () => () => undefined };
  const instances = new Instances({
    timers,
    start: (functionName) => {
      started.push(functionName);
      let isBusy = false;
      const instance = {
        isOver: false,
        get isIdle() {
          return !isBusy && !this.isOver;
        },
        call() {
          isBusy = true;
          return new Promise((resolve) => {
            answers.push(() => {
              isBusy = false;
              resolve({ payload: '1', isError: false, millis: 1 });
            });
          });
        },
        end() {
          this.isOver = true;
          ended.push(functionName);
          return Promise.resolve();
        },
      };
      return instance as unknown as Instance;
    },
  });
  return {
    started,
    ended,
    pass: (millis: number) => (now += millis),
    call: (name: string) => instances.run(name, CALL),
    answerAll: () => {
      for (const answer of answers.splice(0)) answer();
    },
  };
}

describe('instances', () => {
  it('of more functions than there is room for are started once each, while all of them are in use', async () => {
    const { started, pass, call, answerAll } = pool();
    for (let round = 0; round < 5; round += 1)
      for (let index = 0; index < 15; index += 1) {
        const outcome = call(`function-${index}`);
        answerAll();
        await outcome;
        pass(100);
      }
    expect(started).toHaveLength(15);
  });

  it('make room for another function, the one that was not used for the longest time first', async () => {
    const { started, ended, pass, call, answerAll } = pool();
    for (let index = 0; index < 11; index += 1) {
      const outcome = call(`function-${index}`);
      answerAll();
      await outcome;
      pass(10_000);
    }
    expect(started).toHaveLength(11);
    expect(ended).toEqual(['function-0']);
  });

  it('beyond the first of a function make room for the first of another', async () => {
    const { ended, call, answerAll } = pool();
    const busy = ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'c', 'c', 'd'].map(call);
    answerAll();
    await Promise.all(busy);
    const first = call('e');
    expect(ended).toEqual(['a']);
    answerAll();
    await first;
  });

  it('of a function with many make room for calls that have waited long, until both have the same', async () => {
    const { started, ended, pass, call, answerAll } = pool();
    // Three of one, one of each of eleven others: more than there is room for, and all in use.
    const busy = ['many', 'many', 'many'].map((name) => call(name));
    const others = Array.from({ length: 11 }, (_, index) => call(`function-${index}`));
    answerAll();
    await Promise.all([...busy, ...others]);
    const [first, second] = [call('function-0'), call('function-0')];
    expect(started.filter((name) => name === 'function-0')).toHaveLength(1);
    pass(3_000);
    for (const name of ['many', 'many', 'many']) void call(name);
    answerAll();
    await first;
    expect(ended).toEqual(['many']);
    expect(started.filter((name) => name === 'function-0')).toHaveLength(2);
    answerAll();
    await second;
    expect(ended).toEqual(['many']);
  });

  it('beyond those that there is room for are started for calls that have waited long, a few', async () => {
    const { started, pass, call, answerAll } = pool();
    for (let index = 0; index < 11; index += 1) void call(`function-${index}`);
    for (let index = 0; index < 11; index += 1) void call(`function-${index}`);
    expect(started).toHaveLength(11);
    pass(3_000);
    void call('function-0');
    expect(started).toHaveLength(14);
    answerAll();
  });

  it('beyond the first of each function end with their calls where there are too many', async () => {
    const { started, ended, call, answerAll } = pool();
    const busy = ['many', 'many', 'many', 'more', 'more', 'more'].map((name) => call(name));
    const first = Array.from({ length: 14 }, (_, index) => call(`function-${index}`));
    expect(started).toHaveLength(20);
    answerAll();
    await Promise.all([...busy, ...first]);
    expect(ended).toHaveLength(4);
    expect(new Set(ended)).toEqual(new Set(['many', 'more']));
  });
});
