// What the gateway asks of each service of AWS: which operation a request means, its answer, and how it words a refusal. The
// protocols beside this file (json-service.ts, rest-service.ts) make one from a list of operations.
import type { ServiceError } from './service-error.ts';

/** A request as it came; nothing of it is trusted. */
export interface ServiceRequest {
  readonly method: string;
  /** Without the query, not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface Service {
  /** Under which clients sign: the fourth part of the credential scope (`states`, `sqs`, `ses`). It tells whose request it is. */
  readonly signingName: string;
  /** As its documentation calls it: `AWS Step Functions`. */
  readonly title: string;
  /** Names of all operations that it has here; none: it is not one that clients of AWS ask. */
  readonly operations: readonly string[];
  /** Name of the operation that a request means; undefined where this cannot be told. */
  operationOf(request: ServiceRequest): string | undefined;
  /** @returns undefined: the service does not have this operation here, and the gateway answers 501 with its name. Throws ServiceError. */
  answer(operation: string, request: ServiceRequest): Promise<Answer | undefined>;
  /** A refusal in the words of the service's protocol. */
  refusal(error: ServiceError, request: ServiceRequest): Answer;
}
