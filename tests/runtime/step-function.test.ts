import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DecisionLeaves, Fault } from '#lib/contracts/faults.ts';
import { stepHandler } from '#lib/runtime/step-function.ts';
import { writtenLines } from './written-lines.ts';

const ADA = 'ada@example.com';
const context = { functionName: 'wend-test-send-message', awsRequestId: 'r' } as Context;
const run = {
  run: 'a'.repeat(24),
  leg: 1,
  customer: 'b'.repeat(32),
  journey: 'cart',
  version: '0123456789ab',
};
const payload = { run, step: { id: 'remind', message: 'm@1' }, attempt: 2 };

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What comes of a call: the answer, or the error as Lambda's runtime would read it; and what was written. */
async function called(step: (payload: unknown) => Promise<unknown>, given: unknown = payload) {
  const { lines, surroundings } = writtenLines();
  try {
    const answer = await stepHandler(surroundings, step)(given, context);
    return { answer, written: lines.map((line) => JSON.parse(line)) };
  } catch (error) {
    const { name, message, stack } = error as Error;
    return {
      error: { errorType: name, errorMessage: message, trace: stack },
      written: lines.map((line) => JSON.parse(line)),
    };
  }
}

describe('a step function', () => {
  it('answers what its step answers, null for nothing, and logs which step of whom it was', async () => {
    expect((await called(async () => ({ plan: 1 }))).answer).toEqual({ plan: 1 });
    const { answer, written } = await called(async () => undefined);
    expect(answer).toBeNull();
    expect(written).toMatchObject([
      { message: 'step answered', level: 'INFO', ...run, step: 'remind', attempt: 2 },
    ]);
    expect(written[0]).toHaveProperty('millis');
  });

  it('leaves by the name of a decision, with its details, which is no failure', async () => {
    const { error, written } = await called(async () => {
      throw new DecisionLeaves('Deferred', { until: '2026-11-22T08:00:00.000Z' });
    });
    expect(error).toEqual({
      errorType: 'Deferred',
      errorMessage: '{"until":"2026-11-22T08:00:00.000Z"}',
      trace: '',
    });
    expect(written).toMatchObject([
      { message: 'step left by decision', level: 'INFO', decision: 'Deferred', run: run.run },
      { DecisionsLeaving: 1 },
    ]);
    expect(written[1]).not.toHaveProperty('StepFaults');
  });

  it('fails by the name of a fault, without a stack', async () => {
    const { error, written } = await called(async () => {
      throw new Fault('DocumentConflict', 'the document kept changing');
    });
    expect(error).toEqual({
      errorType: 'DocumentConflict',
      errorMessage: 'the document kept changing',
      trace: '',
    });
    expect(written).toMatchObject([
      { message: 'step failed', level: 'ERROR', fault: 'DocumentConflict' },
      { StepFaults: 1 },
    ]);
  });

  it('tells neither Step Functions nor the log what an error of others says', async () => {
    const { error, written } = await called(async () => {
      throw Object.assign(new Error(`no such item: ${ADA}`), { name: 'ValidationException', given: ADA });
    });
    expect(error).toEqual({
      errorType: 'ValidationException',
      errorMessage: 'see the log of the function',
      trace: '',
    });
    expect(JSON.stringify(written)).not.toContain(ADA);
    expect(written[0].at[0]).toMatch(/^at .*step-function\.test\.ts/);
  });

  it('does not take a value for the name of an error', async () => {
    const { error } = await called(async () => {
      throw Object.assign(new Error('no'), { name: ADA });
    });
    expect(error?.errorType).toBe('Unknown');
  });

  it('counts payloads that it cannot read, and logs of them only what is an id', async () => {
    const { written } = await called(
      async () => {
        throw new Fault('PayloadNotUnderstood', 'the payload of the step has something unexpected at: step');
      },
      { run: { ...run, customer: ADA, journey: `for ${ADA}` }, step: ADA },
    );
    expect(written).toMatchObject([
      { message: 'step failed', run: run.run, version: '0123456789ab' },
      { StepFaults: 1, PayloadsNotUnderstood: 1 },
    ]);
    expect(JSON.stringify(written)).not.toContain(ADA);
  });
});
