// Functions by AWS CLI 2: calling one in each way there is, reading what it has written, and looking at what is deployed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningFunctions, type RunningFunctions } from '../functions/functions-fixture.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws } from './aws-command.ts';

const CODE = `export const handler = async (event) => {
  console.log('asked', event.what);
  if (event.what === 'fail') throw new RangeError('no such shoe');
  return { answered: event.what };
};`;

describe.skipIf(!hasAws)('aws lambda', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let running: RunningFunctions;
  const folder = mkdtempSync(join(tmpdir(), 'wend-aws-lambda-'));
  const answer = join(folder, 'answer.json');
  beforeAll(async () => {
    running = await runningFunctions();
    running.add('ask', CODE, { MemorySize: 256, ReservedConcurrentExecutions: 2 });
    running.add('other', CODE);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await running.close();
  });

  const lambda = (...args: string[]) => awsJson(running.gateway.endpoint, ['lambda', ...args]);
  const invoke = (payload: string, ...args: string[]) => [
    'invoke',
    '--function-name',
    'ask',
    '--cli-binary-format',
    'raw-in-base64-out',
    '--payload',
    payload,
    ...args,
    answer,
  ];
  const refused = async (...args: string[]) => {
    const { code, stderr } = await aws(running.gateway.endpoint, ['lambda', ...args]);
    expect(code).toBe(254);
    return stderr;
  };

  it('calls a function, and shows what it has written', async () => {
    const told = await lambda(...invoke('{"what":"shoes"}', '--log-type', 'Tail'));
    expect(told).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toEqual({ answered: 'shoes' });
    const { LogResult: log } = told as { readonly LogResult: string };
    expect(JSON.parse(Buffer.from(log, 'base64').toString())).toMatchObject({ message: 'asked shoes' });
  });

  it('says that a function has failed, and how', async () => {
    expect(await lambda(...invoke('{"what":"fail"}'))).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
    });
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'no such shoe',
    });
  });

  it('has a function called later, or only asks whether it could be', async () => {
    const before = running.lines.length;
    const later = [...invoke('{"what":"later"}', '--invocation-type', 'Event')];
    expect(await lambda(...later)).toEqual({ StatusCode: 202 });
    await running.until(() => running.lines.some(({ line }) => line.includes('asked later')));
    const dry = invoke('{"what":"dry"}', '--invocation-type', 'DryRun');
    expect(await lambda(...dry)).toEqual({ StatusCode: 204 });
    expect(running.lines.slice(before).map(({ line }) => line)).toEqual([
      expect.stringContaining('asked later'),
    ]);
  });

  it('lists functions page by page, and describes one by its name or its ARN', async () => {
    const list = ['list-functions', '--page-size', '1', '--query', 'Functions[].FunctionName'];
    expect(await lambda(...list)).toEqual(['ask', 'other']);
    const configuration = await lambda('get-function-configuration', '--function-name', 'ask');
    expect(configuration).toMatchObject({
      FunctionName: 'ask',
      Handler: 'index.handler',
      MemorySize: 256,
      State: 'Active',
    });
    const { FunctionArn: arn } = configuration as { readonly FunctionArn: string };
    expect(await lambda('get-function', '--function-name', arn)).toMatchObject({
      Configuration: { FunctionName: 'ask' },
      Concurrency: { ReservedConcurrentExecutions: 2 },
    });
    await lambda('wait', 'function-active-v2', '--function-name', 'ask');
  });

  it('refuses by the names of AWS, and says what is not here', async () => {
    expect(await refused('get-function', '--function-name', 'nobody')).toContain(
      'An error occurred (ResourceNotFoundException) when calling the GetFunction operation',
    );
    expect(await refused('invoke', '--function-name', 'nobody', answer)).toContain(
      'Function not found: arn:aws:lambda:eu-central-1:111122223333:function:nobody',
    );
    expect(await refused(...invoke('{"what"'))).toContain('(InvalidRequestContentException)');
    expect(await refused('delete-function', '--function-name', 'ask')).toContain('(NotImplemented)');
  });
});
