// Services that were born with the query protocol and have moved to JSON: SDKs send JSON, older ones of AWS CLI (2.9) send forms, and code that
// was written for the older names of errors reads them in a header.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait
import { jsonService, type JsonServiceOptions } from './json-service.ts';
import { queryService, type QueryServiceOptions } from './query-service.ts';
import type { Service, ServiceRequest } from './service.ts';

export type JsonOrQueryServiceOptions = JsonServiceOptions & QueryServiceOptions;

export function jsonOrQueryService(options: JsonOrQueryServiceOptions): Service {
  const json = jsonService(options);
  const query = queryService(options);
  const spoken = ({ headers }: ServiceRequest): Service =>
    headers['x-amz-target'] === undefined ? query : json;
  return {
    signingName: options.signingName,
    title: options.title,
    operations: json.operations,
    operationOf: (request) => spoken(request).operationOf(request),
    answer: (operation, request) => spoken(request).answer(operation, request),
    refusal(error, request) {
      const answer = spoken(request).refusal(error, request);
      if (spoken(request) === query) return answer;
      const code = options.errorCode?.(error).code ?? error.name;
      const whose = error.status < 500 ? 'Sender' : 'Receiver';
      return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${code};${whose}` } };
    },
  };
}
