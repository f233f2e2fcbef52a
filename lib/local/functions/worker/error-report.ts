// Errors as Lambda's Node.js runtime words them: clients, retries and catches see these three members.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html

export interface ErrorDetail {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** Of anything that was thrown. */
export function errorDetail(thrown: unknown): ErrorDetail {
  if (thrown instanceof Error)
    return {
      errorType: thrown.name,
      errorMessage: thrown.message,
      trace: (thrown.stack ?? '').split('\n'),
    };
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

export function errorReport(thrown: unknown): string {
  return JSON.stringify(errorDetail(thrown));
}

/** An error of the runtime itself: `Runtime.HandlerNotFound`. */
export function runtimeError(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorType, errorMessage, trace: [] } satisfies ErrorDetail);
}
