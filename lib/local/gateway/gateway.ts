// The services of AWS at one address of this machine, for clients that know nothing of it but `AWS_ENDPOINT_URL`. Whose request it is
// stands in its signature, which is not checked: whoever reaches this address is on this machine.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cborNotSpoken, isCbor } from './cbor-refusal.ts';
import { jsonRefusal } from './json-service.ts';
import { isForeignPage, isLocalHost } from './local-host.ts';
import { queryRefusal } from './query-service.ts';
import type { Answer, Service, ServiceRequest } from './service.ts';
import { ServiceError } from './service-error.ts';

export interface GatewayOptions {
  /** 0: one that is free. */
  readonly port: number;
  /** What its `date` header shows to functions: clients compare it with their own clock, which runs on virtual time. */
  readonly now: () => number;
  /** Asked before each operation: an error that is answered in its place, as a service in trouble would. */
  readonly intercept?: (service: string, operation: string) => ServiceError | undefined;
  /** A fault of ours in a service: answered as InternalFailure, and told here. */
  readonly onFault: (error: unknown, service: string, operation: string) => void;
}

export interface Gateway {
  /** `http://127.0.0.1:4401` */
  readonly endpoint: string;
  /**
   * Services know the address before they are put together; until then clients are told to try again, which they do by themselves.
   * @param moreFollow those that are missing will be served later.
   */
  serve(services: readonly Service[], moreFollow?: 'more follow'): void;
  /**
   * Requests whose path begins like this are answered without a signature, also when a page of another host asks: on AWS anybody may.
   * @param answer must not throw.
   */
  serveOpen(path: string, answer: (request: ServiceRequest) => Promise<Answer>): void;
  close(): Promise<void>;
}

/** The key with which functions sign: their clocks are virtual, those of other clients are not. */
export const FUNCTION_ACCESS_KEY = 'wend-function';

/** Whether a function of the deployment asks. */
export function isOfFunction({ authorization }: Pick<IncomingHttpHeaders, 'authorization'>): boolean {
  return authorization?.includes(`Credential=${FUNCTION_ACCESS_KEY}/`) === true;
}

/** Step Functions and DynamoDB take no larger request than this; a message of SES may be larger on AWS, and none of ours is. */
const MOST_BODY_BYTES = 16 * 1024 * 1024;

/** @throws the system's error where the port is taken (`EADDRINUSE`). */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const served: Served = { services: new Map(), open: new Map(), isWhole: false };
  const server = createServer((request, response) => {
    void respond(options, served, request, response);
  });
  // The SDK keeps connections open; a server that closes one just then has it lose a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given, moreFollow) => {
      for (const service of given) served.services.set(service.signingName, service);
      served.isWhole = moreFollow === undefined;
    },
    serveOpen: (path, answer) => void served.open.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What is at the address by now. */
interface Served {
  /** By the name that requests are signed with. */
  readonly services: Map<string, Service>;
  /** By the beginning of their path. */
  readonly open: Map<string, (request: ServiceRequest) => Promise<Answer>>;
  isWhole: boolean;
}

async function respond(
  options: GatewayOptions,
  served: Readonly<Served>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, headers, body } = await answered(options, served, incoming);
    const date = new Date(isOfFunction(incoming.headers) ? options.now() : Date.now()).toUTCString();
    response.writeHead(status, { ...headers, date, 'x-amzn-requestid': randomUUID() }).end(body);
  } catch {
    // Whoever has asked is gone.
    response.destroy();
  }
}

async function answered(
  { intercept, onFault }: GatewayOptions,
  { services, open, isWhole }: Readonly<Served>,
  incoming: IncomingMessage,
): Promise<Answer> {
  if (!isLocalHost(incoming.headers.host))
    return plainRefusal('AccessDenied', 'Ask for 127.0.0.1 or localhost.', 403);
  const [, openTo] = [...open].find(([path]) => incoming.url?.startsWith(path) === true) ?? [];
  if (openTo === undefined && isForeignPage(incoming.headers))
    return plainRefusal('AccessDenied', 'Requests of pages of other hosts are not answered.', 403);
  const body = await readBody(incoming);
  const request = { ...readHead(incoming), body: body ?? Buffer.alloc(0) };
  const name = signingNameOf(request);
  if (body === undefined) {
    const tooLarge = new ServiceError(
      'RequestEntityTooLarge',
      `Requests have at most ${MOST_BODY_BYTES} bytes.`,
      413,
    );
    return services.get(name ?? '')?.refusal(tooLarge, request) ?? jsonRefusal(tooLarge, JSON_CONTENT);
  }
  if (openTo !== undefined) return openTo(request);
  // A person with a browser or curl: clients of AWS sign.
  if (name === undefined && request.method === 'GET' && request.path === '/') return whatThereIs(services);
  if (name === undefined)
    return plainRefusal('MissingAuthenticationToken', 'Requests are signed; any key will do.', 403);
  // A client of the SDK asks again by itself; one that is told that there is no such service gives up.
  const service = services.get(name);
  if (service === undefined && !isWhole)
    return plainRefusal('ServiceUnavailable', 'The local cloud is starting.', 503);
  if (service === undefined) {
    const missing = new ServiceError('NotImplemented', `The local cloud has no service "${name}".`, 501);
    // Clients that send forms cannot read JSON.
    return isForm(request) ? queryRefusal(missing) : jsonRefusal(missing, JSON_CONTENT);
  }
  if (isCbor(request)) return cborNotSpoken(service.title, request);
  const operation = service.operationOf(request);
  if (operation === undefined)
    return service.refusal(
      new ServiceError('UnknownOperationException', `The request names no operation of ${service.title}.`),
      request,
    );
  try {
    const trouble = intercept?.(name, operation);
    if (trouble !== undefined) throw trouble;
    const answer = await service.answer(operation, request);
    if (answer !== undefined) return answer;
    const message = `The local cloud does not have ${operation} of ${service.title}.`;
    return service.refusal(new ServiceError('NotImplemented', message, 501), request);
  } catch (error) {
    if (error instanceof ServiceError) return service.refusal(error, request);
    onFault(error, name, operation);
    return service.refusal(
      new ServiceError(
        'InternalFailure',
        `A fault of the local cloud in ${operation}; its log has more.`,
        500,
      ),
      request,
    );
  }
}

/** `AWS4-HMAC-SHA256 Credential=<key>/<date>/<region>/<service>/aws4_request, …`, or the same in a query that was signed beforehand. */
function signingNameOf({ headers, query }: ServiceRequest): string | undefined {
  const credential =
    /Credential=(?<credential>[^,\s]+)/.exec(headers['authorization'] ?? '')?.groups?.['credential'] ??
    query.get('X-Amz-Credential');
  return credential?.split('/').at(-2);
}

const JSON_CONTENT = { 'content-type': 'application/json' };

function plainRefusal(name: string, message: string, status: number): Answer {
  return jsonRefusal(new ServiceError(name, message, status), JSON_CONTENT);
}

function isForm({ headers }: ServiceRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
}

/** Which services there are, and what of each. */
function whatThereIs(services: ReadonlyMap<string, Service>): Answer {
  const asked = [...services.values()].filter(({ operations }) => operations.length > 0);
  const operationsByService = Object.fromEntries(
    asked.map(({ title, operations }) => [title, operations.toSorted()] as const),
  );
  return { status: 200, headers: JSON_CONTENT, body: `${JSON.stringify(operationsByService, null, 2)}\n` };
}

function readHead(incoming: IncomingMessage): Omit<ServiceRequest, 'body'> {
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers,
  };
}

/** undefined: it is too large. Rejects where whoever asks is gone. By events: an iterator costs as much as the rest of reading. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    incoming
      .on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes <= MOST_BODY_BYTES) parts.push(part);
      })
      .once('end', () => {
        if (bytes > MOST_BODY_BYTES) resolve(undefined);
        else resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts));
      })
      .once('error', reject)
      .once('close', () => {
        if (!incoming.complete) reject(new Error('The connection was closed before the request was over.'));
      });
  });
}
