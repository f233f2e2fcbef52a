// Calls that nobody waits for, where the local cloud itself cannot go on: nobody loses them in silence, and the process goes on.
import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { AsynchronousCalls } from '#lib/local/functions/asynchronous-calls.ts';
import { functionNotFound } from '#lib/local/functions/function-name.ts';
import { EVENT_INVOKE_DEFAULTS } from '#lib/local/functions/function-resource.ts';
import type { InvocationResult } from '#lib/local/functions/functions.ts';
import type { JournalPart } from '#lib/local/journal/journal.ts';
import { FakeTimers, turn } from '../time/fake-timers.ts';

const ARN = 'arn:aws:lambda:eu-central-1:111122223333:function:reader';
const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:failures';

function asynchronousCalls(
  call: (requestId: string) => Promise<InvocationResult>,
  { onFailure, append }: { readonly onFailure?: string; readonly append?: (record: Json) => void } = {},
) {
  const timers = new FakeTimers();
  const called: string[] = [];
  const delivered: unknown[] = [];
  const givenUp: string[] = [];
  const faults: unknown[] = [];
  const parts: JournalPart[] = [];
  const calls = new AsynchronousCalls({
    timers,
    journal: { register: (part) => void parts.push(part), append: (_, record) => append?.(record) },
    now: () => 0,
    configOf: () => ({ ...EVENT_INVOKE_DEFAULTS, ...(onFailure !== undefined && { onFailure }) }),
    arnOf: () => ARN,
    call: (_, __, requestId) => {
      called.push(requestId);
      return call(requestId);
    },
    deliver: async (_, payload) => void delivered.push(JSON.parse(payload) as unknown),
    onGivenUp: (name, reason) => givenUp.push(`${name}: ${reason}`),
    onFault: (error) => faults.push(error),
  });
  const kept = () => parts.flatMap((part) => Array.from(part.snapshot() as Iterable<Json>));
  return { timers, calls, called, delivered, givenUp, faults, kept };
}

const answered = (functionError?: 'Unhandled'): Promise<InvocationResult> =>
  Promise.resolve({ requestId: '1', payload: '{}', millis: 1, ...(functionError && { functionError }) });

const HOURS = 7 * 3_600_000;

describe('a journal that cannot be written when a call is over', () => {
  const full = new Error('no space left on device');
  const append = (record: Json): void => {
    if (JSON.stringify(record).includes('done')) throw full;
  };

  it.each([
    ['well', () => answered()],
    ['with an error', () => answered('Unhandled')],
  ])('%s is told, and the call stays for the next run', async (_, call) => {
    const all = asynchronousCalls(call, { append });
    all.calls.accept('1', 'reader', '{}');
    await all.timers.pass(HOURS);
    expect(all.faults).toEqual([full]);
    expect(all.kept()).toEqual([{ accepted: { id: '1', functionName: 'reader', payload: '{}' } }]);
  });

  it('is told too for the calls of a former run', async () => {
    let isFull = false;
    const all = asynchronousCalls(() => (isFull ? answered() : new Promise(() => undefined)), {
      append: (record) => {
        if (isFull) append(record);
      },
    });
    all.calls.accept('1', 'reader', '{}');
    isFull = true;
    all.calls.resume();
    await turn();
    expect(all.faults).toEqual([full]);
  });
});

const gone = () => Promise.reject(functionNotFound(ARN));

describe('a function that is gone', () => {
  it('is called once, and whoever runs the cloud is told by its name', async () => {
    const all = asynchronousCalls(gone);
    all.calls.accept('1', 'reader', '{}');
    await all.timers.pass(HOURS);
    expect(all.called).toEqual(['1']);
    expect(all.givenUp).toEqual([`reader: Function not found: ${ARN}`]);
    expect(all.kept()).toEqual([]);
  });

  it('is told to the destination', async () => {
    const all = asynchronousCalls(gone, { onFailure: QUEUE });
    all.calls.accept('1', 'reader', '{"order":7}');
    await all.timers.pass(HOURS);
    expect(all.givenUp).toEqual([]);
    expect(all.delivered).toMatchObject([
      {
        requestContext: { requestId: '1', functionArn: `${ARN}:$LATEST`, approximateInvokeCount: 1 },
        requestPayload: { order: 7 },
      },
    ]);
    expect(all.kept()).toEqual([]);
  });
});
