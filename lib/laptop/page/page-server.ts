// The page of the local cloud: static files, a JSON API over what runs, and a stream of changes, at one address of this machine.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timers } from '#lib/local/time/timers.ts';
import type { JourneyTitle } from '../journey-titles.ts';
import type { RunningCloud } from '../running-cloud.ts';
import { aboutRoutes } from './api/about.ts';
import { beCustomerRoutes } from './api/be-customer.ts';
import { clockAnswer, clockRoutes } from './api/clock.ts';
import { customerRoutes } from './api/customers.ts';
import { eventRoutes } from './api/events.ts';
import { journeyRoutes } from './api/journeys.ts';
import { messageRoutes } from './api/messages.ts';
import { operationRoutes } from './api/operations.ts';
import { ChangeStream } from './http/change-stream.ts';
import { PageProblem } from './http/page-problem.ts';
import { readJsonBody } from './http/request-body.ts';
import { guardRequest } from './http/request-guard.ts';
import type { Route } from './http/route.ts';
import { MESSAGE_HEADERS, PAGE_HEADERS } from './http/security-headers.ts';
import { readStaticFiles, type StaticFile } from './http/static-files.ts';
import { JourneyTallies } from './journey-tallies.ts';

export interface PageOptions {
  readonly cloud: RunningCloud;
  /** Journey → how people call it; others are called by their ids. */
  readonly titles: ReadonlyMap<string, JourneyTitle>;
  /** 0: one that is free. */
  readonly port: number;
  readonly timers: Timers;
  /** Ids of calls that the page's forms make. */
  readonly newId: () => string;
  /** A fault of ours: answered in general words, and told here. */
  readonly onFault: (error: unknown) => void;
}

export interface Page {
  /** `http://127.0.0.1:4400` */
  readonly address: string;
  close(): Promise<void>;
}

/** @throws the system's error where the port is taken (`EADDRINUSE`). */
export async function openPage({ cloud, titles, port, timers, newId, onFault }: PageOptions): Promise<Page> {
  const files = readStaticFiles();
  const changes = new ChangeStream(timers, () => clockAnswer(cloud));
  const tallies = new JourneyTallies(cloud);
  const endings = [
    cloud.customers.onChange(() => changes.tell('customers')),
    cloud.outbox.onChange(() => changes.tell('messages')),
    cloud.operations.onChange(() => changes.tell('operations')),
    cloud.clock.onChange(() => changes.tell('clock')),
    cloud.sample.onChange(() => changes.tell('clock')),
    () => tallies.close(),
  ];
  const routes = [
    ...aboutRoutes(cloud, titles),
    ...journeyRoutes(cloud, tallies, titles),
    ...messageRoutes(cloud),
    ...customerRoutes(cloud, tallies),
    ...beCustomerRoutes(cloud, newId),
    ...eventRoutes(cloud, newId),
    ...clockRoutes(cloud, onFault),
    ...operationRoutes(cloud),
  ];
  const server = createServer((request, response) => {
    respond(request, response, files, routes, changes).catch((error: unknown) => {
      if (!(error instanceof PageProblem)) onFault(error);
      refuse(response, error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const end of endings) end();
        changes.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, StaticFile>,
  routes: readonly Route[],
  changes: ChangeStream,
): Promise<void> {
  guardRequest(request);
  const { method = 'GET', url = '/' } = request;
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const file = method === 'GET' ? files.get(path) : undefined;
  if (file !== undefined) {
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': file.type }).end(file.body);
    return;
  }
  if (path === '/api/changes' && method === 'GET') {
    changes.open(response);
    return;
  }
  for (const route of routes) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match === null) continue;
    const answer = await route.answer({
      labels: decoded(match.groups ?? {}),
      query: Object.fromEntries(new URLSearchParams(query)),
      body: method === 'GET' ? undefined : await readJsonBody(request),
    });
    if ('message' in answer)
      response
        .writeHead(200, { ...MESSAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' })
        .end(answer.message);
    else sendJson(response, 200, answer.json);
    return;
  }
  throw new PageProblem(404, `There is nothing at ${method} ${path}.`);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof PageProblem) {
    const { status, message, field } = error;
    sendJson(response, status, { problem: message, ...(field !== undefined && { field }) });
  } else
    sendJson(response, 500, {
      problem: 'A fault of the local cloud; the terminal in which it runs has more.',
    });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { ...PAGE_HEADERS, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

function decoded(labels: Readonly<Record<string, string>>): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(labels).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    throw new PageProblem(400, 'The path is not encoded as a URL.');
  }
}
