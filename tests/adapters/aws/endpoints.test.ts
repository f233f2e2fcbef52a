import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpointCalls } from '#lib/adapters/aws/endpoints.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { CallAnswer } from '#lib/engine/ports.ts';

interface Heard {
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const NOW =
  parseInstant('2026-11-22T10:00:00.500Z') ??
  (() => {
    throw new Error('no instant');
  })();

let server: Server;
let url: string;
let heard: Heard[] = [];
let answer: (response: ServerResponse) => void = (response) => void response.end('{}');

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push({ method: request.method, headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Keys that sign: the new one and the old one. */
const KEYS: Readonly<Record<string, string>> = {
  'sign-new': `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  'sign-old': `whsec_${Buffer.alloc(24, 9).toString('base64')}`,
  'sign-short': `whsec_${Buffer.alloc(8, 9).toString('base64')}`,
};

const secrets = {
  value: (id: string) =>
    KEYS[id] !== undefined
      ? Promise.resolve(KEYS[id])
      : id !== 'other'
        ? Promise.resolve(id === 'two-lines' ? 'Bearer\ns3cret' : 'Bearer s3cret')
        : Promise.reject(new Fault('SecretUnavailable', 'a secret could not be read: AccessDeniedException')),
};

function call(
  settings: { url?: string; timeout?: string; secret?: string; signedWith?: string[] } = {},
  how: (response: ServerResponse) => void = (response) => void response.end('{}'),
): Promise<CallAnswer> {
  answer = how;
  heard = [];
  const endpoint = {
    url: settings.url ?? url,
    method: 'PUT' as const,
    headers: { Authorization: { secret: settings.secret ?? 'crm-token' }, 'X-Shop': 'one' },
    timeout: settings.timeout ?? '10 seconds',
    ...(settings.signedWith === undefined ? {} : { signedWith: settings.signedWith }),
    answer: {},
  };
  return createEndpointCalls({ crm: endpoint }, secrets, fetch, { now: () => NOW }).call({
    kind: 'endpoint',
    name: 'crm',
    key: 'r/s/1',
    customer: 'c',
    body: { user: 'ada' },
  });
}

const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('no');

const redirect = (response: ServerResponse) => void response.writeHead(307, { location: url }).end();
const endless = (response: ServerResponse): void => {
  const more = (): void =>
    void (response.destroyed || (response.write('x'.repeat(65_536)), setImmediate(more)));
  more();
};

describe('an endpoint that a journey calls', () => {
  it('that asks for it gets calls signed as Standard Webhooks has it, by both secrets while one takes the place of the other', async () => {
    await call({ signedWith: ['sign-new', 'sign-old'] });
    const { headers, body } = heard[0] ?? {};
    // What a receiver does: the raw body as it came, under either of its keys.
    const signed = `${String(headers?.['webhook-id'])}.${String(headers?.['webhook-timestamp'])}.${body ?? ''}`;
    const expected = [Buffer.alloc(32, 7), Buffer.alloc(24, 9)].map(
      (key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(headers).toMatchObject({
      'webhook-id': 'r/s/1',
      'webhook-timestamp': String(Date.parse('2026-11-22T10:00:00Z') / 1000),
      'webhook-signature': expected.join(' '),
    });
  });

  it('is not called without a signature that can be trusted, and not signed where it does not ask', async () => {
    expect(await call({ signedWith: ['sign-short'] })).toMatchObject({
      kind: 'try later',
      untouched: true,
      reason: expect.stringContaining('24 to 64 bytes') as string,
    });
    expect(heard).toEqual([]);
    await call();
    expect(Object.keys(heard[0]?.headers ?? {}).filter((name) => name.startsWith('webhook-'))).toEqual([]);
  });

  it('gets the body as JSON, the headers of the settings with their secrets, and the key of the step', async () => {
    const answered = await call({}, (response) => void response.end('{"tier":"gold"}'));
    expect(answered).toEqual({ kind: 'answered', value: { tier: 'gold' } });
    expect(heard).toMatchObject([
      {
        method: 'PUT',
        body: '{"user":"ada"}',
        headers: {
          authorization: 'Bearer s3cret',
          'x-shop': 'one',
          'content-type': 'application/json',
          'idempotency-key': 'r/s/1',
        },
      },
    ]);
  });

  it.each([408, 409, 500, 503])('is asked again after HTTP %d', async (code) => {
    expect(await call({}, status(code))).toEqual({ kind: 'try later', reason: `HTTP ${code}` });
  });

  it.each([425, 429])('has done nothing where it says HTTP %d', async (code) => {
    expect(await call({}, status(code))).toEqual({
      kind: 'try later',
      reason: `HTTP ${code}`,
      untouched: true,
      ...(code === 429 ? { throttled: true } : {}),
    });
  });

  it('that breaks off may have done it', async () => {
    expect(await call({}, (response) => void response.destroy())).toEqual({
      kind: 'try later',
      reason: 'the connection broke',
    });
  });

  it.each([400, 401, 404, 410, 422])('has refused with HTTP %d', async (code) => {
    expect(await call({}, status(code))).toEqual({ kind: 'refused', reason: `HTTP ${code}` });
  });

  it('is not followed elsewhere: the body would go to whoever is named there', async () => {
    expect(await call({}, redirect)).toEqual({ kind: 'refused', reason: 'a redirect' });
    expect(heard).toHaveLength(1);
  });

  it('that does not answer in time is asked again, also where it has begun to answer', async () => {
    const late = { kind: 'try later', reason: 'no answer in time' };
    expect(await call({ timeout: 'PT0.05S' }, () => {})).toEqual(late);
    expect(await call({ timeout: 'PT0.05S' }, (response) => void response.write('{'))).toEqual(late);
  });

  it('that nobody listens at is asked again', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => void gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    for (const host of ['127.0.0.1', 'localhost'])
      expect(await call({ url: `http://${host}:${port}/` })).toEqual({
        kind: 'try later',
        reason: 'not reached',
        untouched: true,
      });
  });

  it('that talks without end is not listened to', async () => {
    expect(await call({}, endless)).toEqual({ kind: 'refused', reason: 'the answer is too large' });
  });

  it('that answers with no JSON has answered nothing that could be kept', async () => {
    expect(await call({}, (response) => void response.end('thanks'))).toEqual({
      kind: 'answered',
      value: null,
    });
  });

  it('is not called without TLS, but for one on the same machine', async () => {
    expect(await call({ url: 'http://crm.example.com/' })).toEqual({
      kind: 'refused',
      reason: 'the address does not begin with https',
    });
  });

  it.each([
    ['cannot be read', 'other', 'a secret could not be read: AccessDeniedException'],
    ['is none for a header', 'two-lines', 'a header is none that HTTP allows'],
  ])('whose secret %s is not called, and is known not to have been', async (_, secret, reason) => {
    expect(await call({ secret })).toEqual({ kind: 'try later', reason, untouched: true });
    expect(heard).toEqual([]);
  });
});
