// The REST protocol with JSON: method and path tell the operation. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
import { parseJson } from './parse-input.ts';
import type { Answer, Service, ServiceRequest } from './service.ts';
import { jsonRefusal } from './json-service.ts';
import { ServiceError } from './service-error.ts';

export interface RestCall {
  /** Labels of the path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: ServiceRequest['headers'];
  readonly body: Buffer;
  /** The body as JSON. Throws ServiceError. */
  json(): unknown;
}

export interface RestRoute {
  readonly operation: string;
  readonly method: string;
  /** `/v2/email/suppression/addresses/{EmailAddress}`; a label at the end with a plus takes the slashes as well: `{key+}`. */
  readonly path: string;
  /** @returns an Answer, or what becomes JSON with status 200; undefined: an empty object. Throws ServiceError. */
  run(call: RestCall): unknown;
}

/** An answer that is not plain JSON with status 200. */
export class RestAnswer {
  readonly answer: Answer;

  constructor(answer: Answer) {
    this.answer = answer;
  }
}

export interface RestServiceOptions {
  readonly signingName: string;
  readonly title: string;
  /** The first that fits is taken. */
  readonly routes: readonly RestRoute[];
}

const HEADERS = { 'content-type': 'application/json' };

export function restService({ signingName, title, routes }: RestServiceOptions): Service {
  const compiled = routes.map((route) => ({ route, pattern: pathPattern(route.path) }));
  const find = ({ method, path }: ServiceRequest) => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match !== null) return { route, labels: match.groups ?? {} };
    }
    return undefined;
  };
  return {
    signingName,
    title,
    operations: [...new Set(routes.map(({ operation }) => operation))],
    operationOf: (request) => find(request)?.route.operation ?? `${request.method} ${request.path}`,
    async answer(_, request): Promise<Answer | undefined> {
      const found = find(request);
      if (found === undefined) return undefined;
      const { query, headers, body } = request;
      const labels = Object.fromEntries(
        Object.entries(found.labels).map(([name, value]) => [name, decoded(value)]),
      );
      const answered = await found.route.run({ labels, query, headers, body, json: () => parseJson(body) });
      if (answered instanceof RestAnswer) return answered.answer;
      return { status: 200, headers: HEADERS, body: JSON.stringify(answered ?? {}) };
    },
    refusal: (error) => jsonRefusal(error, HEADERS),
  };
}

function pathPattern(path: string): RegExp {
  const escaped = path.replaceAll(/[.*?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(
    `^${escaped.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)').replaceAll(/\{(\w+)\+\}/g, '(?<$1>.+)')}/?$`,
  );
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ServiceError('ValidationException', `The path is not encoded as a URL: ${value}`);
  }
}
