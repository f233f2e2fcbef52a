import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { readEnding } from '#lib/runtime/relay/execution-ending.ts';
import { recordEnding } from '#lib/runtime/relay/record-ending.ts';
import { writtenLines } from '../written-lines.ts';

const ARN = 'arn:aws:states:eu-central-1:123456789012:execution:wend-test-welcome-v1:0-1';
const RUN = { run: '0'.repeat(24), leg: 1, customer: 'c'.repeat(32), journey: 'welcome', version: 'v1' };
const INPUT = JSON.stringify(RUN);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** As EventBridge puts it into the queue, with what the tests leave out. */
function event(detail: object): unknown {
  return {
    version: '0',
    id: '315c1398-40ff-a850-213b-158f73e60175',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    detail: {
      executionArn: ARN,
      stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:wend-test-welcome-v1',
      startDate: 1548148840101,
      stopDate: 1548148840122,
      output: null,
      inputDetails: { included: true },
      outputDetails: null,
      ...detail,
    },
  };
}

/** `known`: the input that the platform knows; `failure`: of telling the document. */
async function record(message: unknown, { known, failure }: { known?: string; failure?: Error } = {}) {
  const told: string[] = [];
  const asked: string[] = [];
  const { lines, surroundings } = writtenLines();
  const recording = {
    counts: surroundings.counts,
    logger: surroundings.logger,
    inputOf: (arn: string) => {
      asked.push(arn);
      return Promise.resolve(known);
    },
    ended: async (run: typeof RUN, status: string) => {
      if (failure !== undefined) throw failure;
      told.push(`${run.run} ${status}`);
      return Promise.resolve();
    },
  };
  const recorded = async () => recordEnding(recording, readEnding(message));
  const problem = await recorded().then(
    () => undefined,
    (error: Error) => `${error.name}: ${error.message}`,
  );
  surroundings.counts.flush();
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    told,
    asked,
    problem,
    given: lines.join().includes('RunsFailed'),
    logged: logged.filter(({ message: text }) => text === LOG_EVENTS.runFailed),
  };
}

describe('executions that have ended by themselves', () => {
  it.each([
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'timed out'],
    ['ABORTED', 'aborted'],
  ])('their documents are told, and each is counted and logged with its ids: %s', async (status, words) => {
    expect(await record(event({ status, input: INPUT }))).toMatchObject({
      told: [`${RUN.run} ${words}`],
      asked: [],
      problem: undefined,
      given: true,
      logged: [{ ...RUN, status: words, execution: ARN }],
    });
  });

  it.each([{ inputDetails: { included: false } }, { input: null, inputDetails: { included: false } }])(
    'whose event came without input are asked for it',
    async (without) => {
      const { told, asked } = await record(event({ status: 'FAILED', ...without }), { known: INPUT });
      expect(asked).toEqual([ARN]);
      expect(told).toEqual([`${RUN.run} failed`]);
    },
  );

  it.each([
    ['is a run of somebody else', { input: '{"by":"hand"}' }, 'the execution is no run of a journey'],
    ['has input that is no JSON', { input: 'by hand' }, 'the execution is no run of a journey'],
    ['is forgotten', {}, 'the event has no input, and the execution is not known any more'],
  ])('what %s is a dead letter', async (_, detail, reason) => {
    const { told, problem, given } = await record(event({ status: 'FAILED', ...detail }));
    expect(problem).toBe(`PayloadNotUnderstood: ${reason}`);
    expect([told, given]).toEqual([[], false]);
  });

  it('what is no event of an execution is a dead letter', () => {
    expect(() => readEnding({ detail: {} })).toThrow(
      new Fault('PayloadNotUnderstood', 'no status event of an execution'),
    );
  });

  it('a document that cannot be written now is told again, and not counted yet', async () => {
    const failure = new Fault('DocumentConflict', 'busy');
    const { problem, given } = await record(event({ status: 'FAILED', input: INPUT }), { failure });
    expect([problem, given]).toEqual(['DocumentConflict: busy', false]);
  });
});
