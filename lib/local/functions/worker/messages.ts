/** What a function's thread and the rest of the local cloud say to each other. Everything is copied on its way. */

/** Handed to the thread when it starts. */
export interface WorkerStart {
  readonly arn: string;
  /** Folder of the asset, absolute. */
  readonly folder: string;
  /** `index.handler`: the module without its ending, and its export. */
  readonly handler: string;
  readonly businessDate: SharedArrayBuffer;
  /** Address of the local cloud, without a slash at the end; calls to anywhere else are asked there (outside-call.ts). */
  readonly endpoint: string;
  readonly region: string;
  /** Folder in which Node keeps what it has compiled, so that the next start of the same bundle does not compile it again. */
  readonly codeCache: string;
}

/** One call. The thread has one at a time. */
export interface WorkerCall {
  readonly payload: string;
  readonly requestId: string;
  readonly traceId: string;
  /** How long it may take, in real milliseconds. */
  readonly timeoutMillis: number;
  /** JSON that the caller has sent in `X-Amz-Client-Context`, decoded. */
  readonly clientContext: string | undefined;
}

export type WorkerReport =
  | { readonly kind: 'loaded' }
  /** The bundle could not be loaded: no call will be answered. */
  | { readonly kind: 'not loaded'; readonly error: string }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'answered'; readonly payload: string }
  /** The handler has thrown; with `isOver` the thread ends, because nobody had caught it. Errors are JSON in Lambda's form. */
  | { readonly kind: 'failed'; readonly error: string; readonly isOver: boolean };
