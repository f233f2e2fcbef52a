// AWS at the edge of this machine, at its worst: every service says in its errors, in words of many lines, what it was sent and more.
// The table is dynalite's, behind it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `refuses`: the error of a bad request. `fails`: an error of its own. `breaks`: an answer that is no answer. */
export type Mood = 'well' | 'refuses' | 'fails' | 'breaks';

/** What a service was asked. */
interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly body: string;
}

export interface QuotingAws {
  readonly url: string;
  readonly asked: Asked[];
  /** By service, as in {@link SERVICES}; all others are well. */
  moods: Readonly<Record<string, Mood>>;
  close(): Promise<void>;
}

/** Of requests of the JSON protocols by the first part of their target, of all others by their path. */
const SERVICES: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'table',
  AWSStepFunctions: 'states',
  AmazonSQS: 'queues',
  AWSEvents: 'bus',
  secretsmanager: 'secrets',
  PinpointSMSVoiceV2: 'sms',
};
const BY_PATH: readonly (readonly [start: string, service: string])[] = [
  ['/v2/email', 'email'],
  ['/v1/apps', 'push'],
  ['/v1/whatsapp', 'whatsapp'],
  ['/2015-03-31/functions', 'lambda'],
  ['/endpoint', 'endpoint'],
];

/** @param words what every error quotes beside what was asked. */
export async function quotingAws(table: string, words: string): Promise<QuotingAws> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => void answer(request, response, body));
  });
  const aws: QuotingAws = {
    url: '',
    asked,
    moods: {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const [target = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const path = request.url ?? '';
    const service = SERVICES[target] ?? BY_PATH.find(([start]) => path.startsWith(start))?.[1] ?? path;
    asked.push({ service, operation, body });
    const message = `Value '${words}'\n    at ${words} (/${words}:1:1)\nfailed to satisfy: ${body}`;
    switch (aws.moods[service] ?? 'well') {
      case 'refuses':
        response.writeHead(400, { 'x-amzn-errortype': 'ValidationException' });
        response.end(JSON.stringify({ __type: 'ValidationException', message, Message: message }));
        return;
      case 'fails':
        response.writeHead(500).end(JSON.stringify({ __type: 'InternalServerError', message }));
        return;
      case 'breaks':
        response.writeHead(200).end(`\n    at ${words} {"${message}`);
        return;
      case 'well':
        if (service === 'table') await behind(request, response, body);
        else well(response, service, operation);
    }
  }

  async function behind(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { authorization = '', 'x-amz-target': target = '' } = request.headers;
    const headers = {
      authorization,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': String(request.headers['x-amz-date']),
      'x-amz-target': String(target),
    };
    const answered = await fetch(table, { method: 'POST', headers, body });
    response.writeHead(answered.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answered.arrayBuffer()));
  }

  function well(response: ServerResponse, service: string, operation: string): void {
    // A function of an application that fails tells Lambda why.
    if (service === 'lambda') response.setHeader('x-amz-function-error', 'Unhandled');
    const failure = { errorType: words, errorMessage: words };
    response.end(
      JSON.stringify(service === 'lambda' ? failure : (ANSWERS[operation] ?? ANSWERS[service] ?? {})),
    );
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return Object.assign(aws, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

/** By operation, or by service. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  GetSecretValue: { SecretString: 'secret' },
  StartExecution: { executionArn: 'arn', startDate: 1 },
  DescribeExecution: { status: 'RUNNING' },
  SendMessage: { MessageId: 'm' },
  SendMessageBatch: { Successful: [], Failed: [] },
  PutEvents: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
  SendTextMessage: { MessageId: 'sms-1' },
  email: { MessageId: 'ses-1' },
  push: { ApplicationId: 'a', RequestId: 'r', Result: {} },
  whatsapp: { messageId: 'wa-1' },
};
