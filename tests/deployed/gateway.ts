// The services of AWS at one address of this machine: what the SDK's clients send is told apart by operation, and answered.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Body of a request. Most members are texts; who knows of another form says so. */
export type Operation = (body: Readonly<Record<string, string | undefined>>) => unknown;

/** Thrown by an operation: answered as the service answers with the exception of this name. */
export class ServiceException extends Error {
  readonly status: number;

  constructor(name: string, status = 400) {
    super(name);
    this.name = name;
    this.status = status;
  }
}

/** `target` of the JSON protocols (`AmazonSQS.SendMessage`), or method and beginning of a path (`POST /v2/email`). */
export type Operations = Readonly<Record<string, Operation>>;

export interface Gateway {
  readonly endpoint: string;
  /** Later operations than those of the beginning: services know the address before they are put together. */
  answer(operations: Operations): void;
  close(): Promise<void>;
}

/** @param forwarded takes the requests that another server answers; true: it has taken this one. */
export async function openGateway(
  forwarded: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Gateway> {
  let operations: Operations = {};
  const server = createServer((request, response) => {
    // Node would tell the real time, and clients take the difference for a clock that goes wrong: they sign and try once more.
    response.setHeader('date', new Date().toUTCString());
    if (!forwarded(request, response)) void answer(operations, request, response);
  });
  await listening(server);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (given) => {
      operations = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
}

async function answer(
  operations: Operations,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const path = request.url ?? '';
  const target = request.headers['x-amz-target'];
  const route = `${request.method} ${path}`;
  const [, operation] =
    Object.entries(operations).find(
      ([name]) => name === target || (name.includes('/') && route.startsWith(name)),
    ) ?? [];
  const type = { 'content-type': request.headers['content-type'] ?? 'application/json' };
  try {
    if (operation === undefined)
      throw new ServiceException(`nothing answers ${String(target ?? route)}`, 404);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, string>);
    const answered = JSON.stringify((await operation(body)) ?? {});
    response.writeHead(200, type).end(answered);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const status = error instanceof ServiceException ? error.status : 500;
    response
      .writeHead(status, { ...type, 'x-amzn-errortype': name })
      .end(JSON.stringify({ __type: name, message }));
  }
}
