// A function called by the client of AWS: what it finds, what it answers, and how what goes wrong is worded.
import { GetFunctionCommand, InvokeCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, runningFunctions, type RunningFunctions } from './functions-fixture.ts';

let running: RunningFunctions;

beforeAll(async () => {
  running = await runningFunctions();
});
afterAll(() => running.close());

async function answerOf(FunctionName: string, payload: unknown = {}) {
  const { Payload, FunctionError, StatusCode, LogResult } = await running.client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload), LogType: 'Tail' }),
  );
  return {
    status: StatusCode,
    error: FunctionError,
    value: JSON.parse(Payload?.transformToString() ?? '') as unknown,
    log: Buffer.from(LogResult ?? '', 'base64').toString(),
  };
}

describe('a call', () => {
  it('gives the event to the handler and its answer to the caller', async () => {
    running.add('echo', 'export const handler = async (event) => ({ got: event });');
    expect(await answerOf('echo', { a: [1] })).toEqual({
      status: 200,
      error: undefined,
      value: { got: { a: [1] } },
      log: '',
    });
  });

  it('answers null where the handler answers nothing', async () => {
    running.add('silent', 'export const handler = async () => {};');
    expect((await answerOf('silent')).value).toBe(null);
  });

  it('finds the variables of the template and of Lambda, and none of this process', async () => {
    running.add('environment', 'export const handler = async () => process.env;', {
      Environment: { Variables: { TABLE_NAME: 'profiles' } },
      MemorySize: 256,
    });
    const { value } = await answerOf('environment');
    expect(value).toMatchObject({
      TABLE_NAME: 'profiles',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: running.gateway.endpoint,
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      _X_AMZN_TRACE_ID: expect.stringContaining('Sampled=0') as string,
    });
    expect(value).not.toHaveProperty('HOME');
  });

  it('keeps what the module holds from one call to the next, as a warm instance does', async () => {
    running.add('counter', 'let calls = 0; export const handler = async () => (calls += 1);');
    expect((await answerOf('counter')).value).toBe(1);
    expect((await answerOf('counter')).value).toBe(2);
  });

  it('shows business time by Date, and moves with it, while measuring stays real', async () => {
    running.add(
      'time',
      `export const handler = async () => ({ now: Date.now(), made: new Date().toISOString(), text: Date(),
         given: new Date(0).getTime(), isDate: new Date() instanceof Date, measured: performance.now() });`,
    );
    const first = (await answerOf('time')).value as { measured: number };
    expect(first).toMatchObject({
      now: NOW,
      made: '2031-05-06T07:08:09.000Z',
      text: expect.stringContaining('May 06 2031') as string,
      given: 0,
      isDate: true,
    });
    running.date.show({ instant: NOW + 86_400_000, pace: 0 });
    const second = (await answerOf('time')).value as { measured: number };
    expect(second).toMatchObject({ now: NOW + 86_400_000 });
    expect(second.measured - first.measured).toBeLessThan(86_400_000);
    running.date.show({ instant: NOW, pace: 0 });
  });

  it('tells the handler who it is and how long it has left', async () => {
    const arn = running.add(
      'context',
      'export const handler = async (_, context) => ({ ...context, left: context.getRemainingTimeInMillis() });',
      { Timeout: 30 },
    );
    const { value } = await answerOf('context');
    expect(value).toMatchObject({
      functionName: 'context',
      invokedFunctionArn: arn,
      functionVersion: '$LATEST',
    });
    const { left } = value as { left: number };
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(30_000);
  });

  it('hands every line to the log, with its level, and its tail to the caller', async () => {
    running.add(
      'talks',
      `export const handler = async () => { console.log('hello %s', 'you'); console.error(new RangeError('much')); console.debug('quiet');
         process.stdout.write(JSON.stringify({ level: 'warn', message: 'own' }) + '\\n'); };`,
    );
    const { log } = await answerOf('talks');
    const lines = running.lines.filter(({ functionName }) => functionName === 'talks');
    expect(lines.map(({ level }) => level)).toEqual(['INFO', 'ERROR', 'WARN']);
    expect(JSON.parse(lines[0]?.line ?? '')).toMatchObject({
      message: 'hello you',
      requestId: expect.any(String) as string,
    });
    expect(JSON.parse(lines[1]?.line ?? '')).toMatchObject({ message: { errorType: 'RangeError' } });
    expect(log).toBe(lines.map(({ line }) => `${line}\n`).join(''));
  });

  it('counts as Lambda does, and what a function writes as embedded metrics', async () => {
    running.add(
      'counts',
      `export const handler = async () => { console.log(1); process.stdout.write(JSON.stringify({ _aws: { Timestamp: 5, CloudWatchMetrics: [
         { Namespace: 'Shop', Dimensions: [['place']], Metrics: [{ Name: 'Sold', Unit: 'Count' }] }] }, place: 'here', Sold: [1, 2] }) + '\\n'); };`,
    );
    await answerOf('counts');
    expect(running.metrics).toContainEqual({
      namespace: 'Shop',
      name: 'Sold',
      dimensions: { place: 'here' },
      unit: 'Count',
      at: 5,
      values: [1, 2],
    });
    expect(running.metrics).toContainEqual(
      expect.objectContaining({
        namespace: 'AWS/Lambda',
        name: 'Invocations',
        dimensions: { FunctionName: 'counts' },
        values: [1],
      }),
    );
  });

  it('holds time as long as it lasts', async () => {
    running.add('slow', 'export const handler = () => new Promise((resolve) => setTimeout(resolve, 30));');
    const ended = running.functions.invoke('slow', '{}');
    expect(running.held()).toBe(1);
    await ended;
    expect(running.held()).toBe(0);
  });
});

describe('what goes wrong', () => {
  it('in the handler is an error in Lambda’s form', async () => {
    running.add(
      'throws',
      `export const handler = async () => { const error = new Error('no such customer'); error.name = 'Missing'; throw error; };`,
    );
    const { status, error, value } = await answerOf('throws');
    expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
    expect(value).toEqual({
      errorType: 'Missing',
      errorMessage: 'no such customer',
      trace: expect.arrayContaining([expect.stringContaining('index.mjs')]) as string[],
    });
  });

  it('while it is loaded is told to each caller', async () => {
    running.add('broken', `throw new SyntaxError('half a line'); export const handler = 1;`);
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect((await answerOf('broken')).value).toMatchObject({
        errorType: 'SyntaxError',
        errorMessage: 'half a line',
      });
  });

  it('by a handler that is not there has the runtime’s name', async () => {
    running.add('nameless', 'export const other = 1;');
    expect((await answerOf('nameless')).value).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it.each([
    ['exits', 'export const handler = () => process.exit(3);', 'Runtime.ExitError', /exit status 3$/],
    [
      'endless',
      'export const handler = () => { for (;;); };',
      'Sandbox.Timedout',
      /Task timed out after 1\.00 seconds$/,
    ],
    [
      'rejects',
      `export const handler = () => { Promise.reject(new TypeError('lost')); return new Promise(() => {}); };`,
      'Runtime.UnhandledPromiseRejection',
      /^TypeError: lost$/,
    ],
    [
      'hoards',
      'export const handler = () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); };',
      'Runtime.ExitError',
      /signal: killed$/,
    ],
  ])(
    '%s: ends the instance, and the next call starts another',
    { timeout: 60_000 },
    async (name, code, errorType, message) => {
      running.add(
        name,
        code.replace('export const handler = ', 'let calls = 0; const first = ') +
          'export const handler = (event) => event.well ? "well" : first();',
        { Timeout: name === 'hoards' ? 30 : 1 },
      );
      const { error, value } = await answerOf(name);
      expect(error).toBe('Unhandled');
      expect(value).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) as string });
      expect((await answerOf(name, { well: true })).value).toBe('well');
    },
  );

  it('before the call has the service’s own errors', async () => {
    running.add('none', 'export const handler = async () => 1;', { ReservedConcurrentExecutions: 0 });
    const errorOf = (FunctionName: string, Payload: string) =>
      running.client
        .send(new InvokeCommand({ FunctionName, Payload }))
        .catch((error: Error & { $metadata?: { httpStatusCode?: number } }) => [
          error.name,
          error.$metadata?.httpStatusCode,
        ]);
    expect(await errorOf('nobody', '{}')).toEqual(['ResourceNotFoundException', 404]);
    expect(await errorOf('echo', '{')).toEqual(['InvalidRequestContentException', 400]);
    expect(await errorOf('none', '{}')).toEqual(['TooManyRequestsException', 429]);
    expect(await errorOf('echo', JSON.stringify('x'.repeat(6_291_456)))).toEqual([
      'RequestTooLargeException',
      413,
    ]);
  });

  it('an answer that is too large is none', async () => {
    running.add('large', `export const handler = async () => 'x'.repeat(7_000_000);`);
    expect(await answerOf('large')).toMatchObject({
      error: 'Unhandled',
      value: { errorType: 'Function.ResponseSizeTooLarge' },
    });
  });
});

describe('the outside', () => {
  it('is asked of the local cloud, whatever the address', async () => {
    const asked: unknown[] = [];
    running.gateway.serve([
      {
        signingName: 'outside',
        title: 'the outside',
        operations: [],
        operationOf: () => 'Call',
        answer: async (_, { body }) => {
          asked.push(JSON.parse(body.toString()));
          return {
            status: 200,
            headers: {},
            body: JSON.stringify({ status: 418, headers: { 'x-kind': 'pot' }, body: 'short' }),
          };
        },
        refusal: ({ message }) => ({ status: 500, headers: {}, body: message }),
      },
    ]);
    running.add(
      'calls',
      `export const handler = async (event) => { const response = await fetch(event.url, { method: 'POST', headers: { 'X-A': 'b' }, body: 'hi' });
         return [response.status, response.headers.get('x-kind'), await response.text()]; };`,
    );
    expect((await answerOf('calls', { url: 'https://shop.example/a?b=c' })).value).toEqual([
      418,
      'pot',
      'short',
    ]);
    expect(asked).toMatchObject([
      { url: 'https://shop.example/a?b=c', method: 'POST', headers: { 'x-a': 'b' }, body: 'hi' },
    ]);
  });

  it('is reached by no other connection either', async () => {
    running.add(
      'connects',
      `import { get } from 'node:https'; export const handler = () => new Promise((resolve) =>
         get('https://192.0.2.1/').on('error', (error) => resolve([error.code, error.message])));`,
    );
    expect((await answerOf('connects')).value).toEqual([
      'ECONNREFUSED',
      expect.stringContaining('192.0.2.1'),
    ]);
  });
});

describe('looking at functions', () => {
  it('shows them as they were declared', async () => {
    running.add('declared', 'export const handler = async () => 1;', {
      Timeout: 17,
      ReservedConcurrentExecutions: 4,
    });
    expect(await running.client.send(new GetFunctionCommand({ FunctionName: 'declared' }))).toMatchObject({
      Configuration: { FunctionName: 'declared', Timeout: 17, Handler: 'index.handler', State: 'Active' },
      Concurrency: { ReservedConcurrentExecutions: 4 },
    });
    const { Functions } = await running.client.send(new ListFunctionsCommand());
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toContain('declared');
  });

  it('lists them in pages, and refuses options by name that it would ignore', async () => {
    running.add('one', 'export const handler = async () => 1;');
    running.add('other', 'export const handler = async () => 1;');
    const names: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await running.client.send(new ListFunctionsCommand({ MaxItems: 1, Marker }));
      expect(page.Functions).toHaveLength(1);
      names.push(page.Functions?.[0]?.FunctionName);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(names).toEqual(expect.arrayContaining(['one', 'other']));
    for (const [option, value] of Object.entries({
      FunctionVersion: 'ALL',
      MasterRegion: 'eu-west-1',
    } as const))
      await expect(running.client.send(new ListFunctionsCommand({ [option]: value }))).rejects.toMatchObject({
        name: 'NotImplemented',
        message: expect.stringContaining(option),
      });
  });
});
