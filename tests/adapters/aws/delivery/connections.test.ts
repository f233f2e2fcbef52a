// The real client against a server on this machine: what breaks on the way is one attempt and the right answer.
import { Agent, createServer, type RequestListener, type Server } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { afterEach, describe, expect, it } from 'vitest';
import { singleCalls } from '#lib/adapters/aws/clients/call-settings.ts';
import { createEmail } from '#lib/adapters/aws/delivery/email.ts';
import { outgoing } from './outgoing.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** As towards a host that does not answer the first packet. */
class NeverConnected extends Agent {
  override createConnection(): Socket {
    return Object.defineProperty(new Socket(), 'connecting', { value: true });
  }
}

/** Sends one e-mail to a server that behaves so, and counts the requests that reach it. */
async function sendTo(listener: RequestListener | 'closed', agent?: Agent) {
  let requests = 0;
  const listening = createServer((request, response) => {
    requests += 1;
    if (listener !== 'closed') listener(request, response);
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  const { port } = listening.address() as AddressInfo;
  if (listener === 'closed') await new Promise((resolve) => listening.close(resolve));
  // Long enough for an answer of this machine; nothing here depends on how long it is.
  const settings = singleCalls(1000);
  const requestHandler =
    agent === undefined ? settings.requestHandler : { ...settings.requestHandler, httpAgent: agent };
  const send = createEmail({
    client: new SESv2Client({
      ...settings,
      requestHandler,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }),
    deployment: 'wend-test',
    configurationSet: 'wend-test',
    senders: () => ({ from: 'hello@shop.example' }),
  });
  const answer = await send(outgoing('email', { to: ['ana@example.com'], subject: 'Hello', text: 'Hello' }));
  return { answer, requests };
}

function answering(status: number, type: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
    response.end(JSON.stringify({ message: 'ana@example.com' }));
  };
}

describe('one attempt', () => {
  it('is accepted with the id that the provider gives', async () => {
    const { answer, requests } = await sendTo((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ MessageId: 'ses-1' }));
    });
    expect(answer).toEqual({ kind: 'accepted', id: 'ses-1' });
    expect(requests).toBe(1);
  });

  it.each<[string, RequestListener, string, string]>([
    ['a throttle', answering(429, 'TooManyRequestsException'), 'try later', 'SES: TooManyRequestsException'],
    ['a refusal', answering(400, 'MessageRejected'), 'refused', 'SES: MessageRejected'],
    ['an error of the server', answering(500, 'InternalFailure'), 'unknown', 'SES: InternalFailure'],
    [
      'a connection that breaks after the request',
      (request) => request.socket.destroy(),
      'unknown',
      'SES: TimeoutError',
    ],
    ['no answer', () => undefined, 'unknown', 'SES: TimeoutError'],
    ['an answer that is none', (_, response) => response.end('<html>'), 'unknown', 'SES: SyntaxError'],
  ])('%s', async (_, listener, kind, reason) => {
    const { answer, requests } = await sendTo(listener);
    expect(answer).toMatchObject({ kind, reason });
    expect(requests).toBe(1);
  });

  it('a connection that does not come about: nothing has left either', async () => {
    expect(await sendTo('closed', new NeverConnected())).toEqual({
      answer: { kind: 'try later', reason: 'SES: not reached' },
      requests: 0,
    });
  });

  it('nobody there: nothing has left, so it is tried later', async () => {
    expect(await sendTo('closed')).toEqual({
      answer: { kind: 'try later', reason: 'SES: not reached' },
      requests: 0,
    });
  });
});
