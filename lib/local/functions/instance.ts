/**
 * One instance of a function: a thread that has loaded its bundle and takes one call at a time. It ends by itself, by what its code does,
 * or because a call takes too long; after that it takes no more calls.
 */
import { Worker } from 'node:worker_threads';
import type { Timers } from '../time/timers.ts';
import type { WorkerCall, WorkerReport, WorkerStart } from './worker/messages.ts';

/** What has become of a call. */
export interface Outcome {
  /** JSON: the handler's answer, or an error in Lambda's form. */
  readonly payload: string;
  readonly isError: boolean;
  /** Real milliseconds, without those in which the instance started. */
  readonly millis: number;
}

export interface InstanceOptions {
  readonly start: WorkerStart;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timers: Timers;
  /** `requestId`: of the call in progress. */
  onLine(line: string, requestId: string | undefined): void;
  /** It takes no more calls. */
  onEnd(): void;
}

/**
 * Lambda gives a function ten seconds to load. A laptop on which several load at once, beside everything else, may take longer, and that
 * is no error of the function; one that never ends is.
 */
const MOST_LOADING_MILLIS = 60_000;

/**
 * The young generation of an instance's heap: less than what Node takes. Instances allocate little for each call, so that they are not
 * slower for it, and each is 5 MB smaller.
 */
const YOUNG_MEGABYTES = 4;

/**
 * The first words of a thread, in JavaScript: with the cache, Node neither strips types (what does that takes 7 MB of each thread, and a
 * fifth of its start) nor compiles.
 */
const BEGIN = [
  `const { codeCache } = process.getBuiltinModule('node:worker_threads').workerData;`,
  `process.getBuiltinModule('node:module').enableCompileCache(codeCache);`,
  `import(${JSON.stringify(new URL('worker/main.ts', import.meta.url).href)});`,
].join('\n');

interface Current {
  readonly call: WorkerCall;
  readonly settle: (outcome: Outcome) => void;
  startedAt: number;
}

export class Instance {
  readonly #options: InstanceOptions;
  readonly #worker: Worker;
  #state: 'loading' | 'loaded' | 'over' = 'loading';
  #current: Current | undefined;
  #cancelTimeout: () => void;

  constructor(options: InstanceOptions) {
    const { start, variables, memoryMegabytes, timers } = options;
    this.#options = options;
    this.#worker = new Worker(BEGIN, {
      eval: true,
      workerData: start,
      env: { ...variables },
      // Options of this process (a debugger, a loader) are none of the function's.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    this.#cancelTimeout = timers.after(MOST_LOADING_MILLIS, () => this.#timeOut(MOST_LOADING_MILLIS));
    this.#worker
      .on('message', (report: WorkerReport) => this.#hear(report))
      .on('error', (error: Error & { code?: string }) =>
        this.#exit(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'signal: killed' : 'exit status 1'),
      )
      .on('exit', (code) => this.#exit(`exit status ${code}`));
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  get isIdle(): boolean {
    return this.#state !== 'over' && this.#current === undefined;
  }

  /** One at a time, and only while it is not over. Never rejects. */
  call(call: WorkerCall): Promise<Outcome> {
    return new Promise((settle) => {
      this.#current = { call, settle, startedAt: this.#options.timers.now() };
      if (this.#state === 'loaded') this.#begin();
    });
  }

  /** Nothing more is heard of it. */
  async end(): Promise<void> {
    this.#over();
    await this.#worker.terminate();
  }

  #begin(): void {
    const { timers } = this.#options;
    if (this.#current === undefined) return;
    const { call } = this.#current;
    this.#current.startedAt = timers.now();
    this.#cancelTimeout = timers.after(call.timeoutMillis, () => this.#timeOut(call.timeoutMillis));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window's
    this.#worker.postMessage(call);
  }

  #hear(report: WorkerReport): void {
    if (this.#state === 'over') return;
    switch (report.kind) {
      case 'loaded':
        this.#cancelTimeout();
        this.#state = 'loaded';
        this.#begin();
        return;
      case 'line':
        this.#options.onLine(report.line, this.#current?.call.requestId);
        return;
      case 'answered':
        this.#settle(report.payload, false);
        return;
      case 'not loaded':
        this.#fail(report.error);
        return;
      case 'failed':
        if (report.isOver) this.#fail(report.error);
        else this.#settle(report.error, true);
        return;
    }
  }

  #timeOut(millis: number): void {
    const requestId = this.#current?.call.requestId ?? '';
    const seconds = (millis / 1000).toFixed(2);
    const message = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
    this.#fail(JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: message }));
  }

  #exit(how: string): void {
    if (this.#state === 'over') return;
    const requestId = this.#current?.call.requestId ?? '';
    const message = `RequestId: ${requestId} Error: Runtime exited with error: ${how}`;
    this.#fail(JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: message }));
  }

  /** The call in progress has failed, and the thread with it. */
  #fail(error: string): void {
    this.#over();
    void this.#worker.terminate();
    this.#settle(error, true);
  }

  #over(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#cancelTimeout();
    this.#options.onEnd();
  }

  #settle(payload: string, isError: boolean): void {
    this.#cancelTimeout();
    const current = this.#current;
    this.#current = undefined;
    current?.settle({ payload, isError, millis: this.#options.timers.now() - current.startedAt });
  }
}
