// The JSON protocols of AWS: every request is a POST to `/`, and a header names the operation.
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
import { isObject } from '../asl/json.ts';
import { parseJson } from './parse-input.ts';
import type { Answer, Service, ServiceRequest } from './service.ts';
import { ServiceError } from './service-error.ts';

/** @returns what is answered; undefined: an empty object. Throws ServiceError. */
export type JsonOperation = (input: unknown) => unknown;

export interface JsonServiceOptions {
  readonly signingName: string;
  readonly title: string;
  /** What stands before the operation's name in `X-Amz-Target`: `AWSStepFunctions`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, JsonOperation>>;
}

export function jsonService(options: JsonServiceOptions): Service {
  const { signingName, title, targetPrefix, version, operations } = options;
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    signingName,
    title,
    operations: Object.keys(operations),
    operationOf: ({ headers: { 'x-amz-target': target = '' } }: ServiceRequest) =>
      target.startsWith(`${targetPrefix}.`) ? target.slice(targetPrefix.length + 1) : undefined,
    async answer(name, { body }): Promise<Answer | undefined> {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (operation === undefined) return undefined;
      const input = parseJson(body);
      if (!isObject(input))
        throw new ServiceError('SerializationException', 'The request is not a JSON object.');
      const answered = await operation(input);
      return { status: 200, headers, body: JSON.stringify(answered ?? {}) };
    },
    refusal: (error) => jsonRefusal(error, headers),
  };
}

/** An error as both families of JSON protocols word it: its name in the body and in a header. */
export function jsonRefusal(
  { name, message, status, members }: ServiceError,
  headers: Readonly<Record<string, string>>,
): Answer {
  return {
    status,
    headers: { ...headers, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message, ...members }),
  };
}
