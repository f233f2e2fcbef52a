// Whatever is sent to whichever operation: it is refused by name, or done; never a fault of the local cloud, and never its end.
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { garbageFormOf, garbageOf, type GarbageRequest } from './garbage.ts';
import { operationsOfClients, type ClientOperation } from './operations-of-clients.ts';
import { openSmallCloud, type SmallCloud } from './small-cloud.ts';

/** Requests for each operation that is there: some ten seconds in all. `GARBAGE_RUNS` takes more, `GARBAGE_SEED` others. */
const RUNS = Number(process.env['GARBAGE_RUNS'] ?? 12);
const SEED = Number(process.env['GARBAGE_SEED'] ?? 7);

let small: SmallCloud;
beforeAll(async () => {
  small = await openSmallCloud();
});
afterAll(async () => {
  await small[Symbol.asyncDispose]();
});

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Longer than anything here takes that does not wait for something to come. */
const PATIENCE_MILLIS = 30_000;

function send({ method, path, headers, body }: Omit<GarbageRequest, 'broken'>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(small.cloud.place.endpoint);
    const options = { port, host: '127.0.0.1', method, path, headers, agent: false };
    const request = httpRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.setTimeout(PATIENCE_MILLIS, () =>
      request.destroy(new Error(`No answer: ${method} ${path} ${body}`)),
    );
    request.on('error', reject).end(body);
  });
}

/** What is wrong with an answer; undefined: nothing. */
function wrongIn({ status, body }: Answered, { broken }: GarbageRequest): string | undefined {
  if (status >= 500 && status !== 501) return `is answered ${status}`;
  if (status >= 400 && body !== '' && !/__type|<Code>/.test(body)) return 'is refused without a name';
  if (status < 300 && broken !== undefined) return `is done, although ${broken} has another type`;
  return undefined;
}

async function findings(
  operation: ClientOperation,
  garbage: (operation: ClientOperation) => fc.Arbitrary<GarbageRequest>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, request] of fc.sample(garbage(operation), { numRuns: RUNS, seed: SEED }).entries()) {
    const answered = await send(request);
    // An operation that is not there is not there with other members either.
    const isMissing = answered.status === 501 && !answered.body.includes('option');
    if (isMissing && index === 0) return [];
    const wrong = wrongIn(answered, request);
    const said = `${request.method} ${request.path} ${request.body.slice(0, 500)}`;
    if (wrong !== undefined)
      found.push(`${operation.name} ${wrong}: ${said} → ${answered.body.slice(0, 300)}`);
  }
  return found;
}

const byService = Map.groupBy(operationsOfClients(), ({ service }) => service);

describe.each([...byService])('%s', (service, operations) => {
  it('refuses garbage by name, or does what it says', async () => {
    const found: string[] = [];
    for (const operation of operations) found.push(...(await findings(operation, garbageOf)));
    expect(found).toEqual([]);
    expect(small.faults.splice(0)).toEqual([]);
  }, 120_000);

  it.runIf(['sqs', 'monitoring'].includes(service))(
    'refuses garbage in forms',
    async () => {
      const found: string[] = [];
      for (const operation of operations) found.push(...(await findings(operation, garbageFormOf)));
      expect(found).toEqual([]);
      expect(small.faults.splice(0)).toEqual([]);
    },
    120_000,
  );
});

it('no operation takes a body that is no object', async () => {
  const taken: string[] = [];
  for (const operation of operationsOfClients()) {
    if (operation.target === undefined) continue;
    for (const body of ['null', '[]', '1', '"x"', '{', '[['.repeat(10_000)]) {
      const [request] = fc.sample(garbageOf(operation), { numRuns: 1, seed: SEED });
      const answered = request && (await send({ ...request, body }));
      if (answered?.status === 501) break;
      if (answered?.status !== 400 || !answered.body.includes('SerializationException'))
        taken.push(`${operation.name} ${body.slice(0, 9)} → ${answered?.status} ${answered?.body}`);
    }
  }
  expect(taken).toEqual([]);
}, 120_000);

it('requests that no protocol knows are refused, and those that break off are forgotten', async () => {
  const services = [...byService.keys(), '__proto__', ''];
  const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
  const paths = [
    '/',
    '//',
    '/%',
    '/%ZZ/a',
    '/../../etc/passwd',
    '/__proto__/constructor',
    '/?x-id=%',
    '/a?uploads',
  ];
  const targets = [
    '',
    '.',
    '__proto__.constructor',
    'AmazonSQS.',
    'AmazonSQS.__proto__',
    'DynamoDB_20120810.constructor',
  ];
  const anything = fc.record({
    method: fc.constantFrom(...methods),
    path: fc.constantFrom(...paths),
    headers: fc
      .tuple(
        fc.constantFrom(...services),
        fc.constantFrom(...targets),
        fc.constantFrom('', 'text/plain', 'application/cbor'),
      )
      .map(([service, target, type]) => ({
        authorization: `AWS4-HMAC-SHA256 Credential=a/b/c/${service}/aws4_request`,
        'x-amz-target': target,
        'content-type': type,
      })),
    body: fc.oneof(fc.string(), fc.constantFrom('{}', '{"__proto__":{"a":1}}', 'Action=__proto__', '<a>')),
  });
  for (const request of fc.sample(anything, { numRuns: 300, seed: SEED })) {
    const answered = await send(request);
    const wrong = wrongIn(answered, { ...request, broken: undefined });
    expect(wrong, `${JSON.stringify(request)} → ${answered.body}`).toBeUndefined();
  }
  const { port } = new URL(small.cloud.place.endpoint);
  for (const text of [
    'GARBAGE\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"a"',
  ])
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
      socket
        .on('error', () => undefined)
        .on('close', () => resolve())
        .resume();
    });
  const still = await send({ method: 'GET', path: '/', headers: {}, body: '' });
  expect(still.status).toBe(200);
  expect(({} as { readonly a?: unknown }).a).toBeUndefined();
  expect(small.faults.splice(0)).toEqual([]);
}, 60_000);
