// Plays a large stream in two threads. Customers have nothing to do with each other, so a play divides by customer; what
// comes out is byte for byte what one thread would give. A small stream is played in this thread: starting others would
// take longer. How many there are depends on the stream alone, never on the machine.
import { Worker } from 'node:worker_threads';
import type { Instant } from '#lib/contracts/time.ts';
import { conclude, partInput, prepare, type PlayResult, type PlaySubject, type Prepared } from './play.ts';
import { playPart, type PartResult } from './play-part.ts';
import { closeTemporaryFile, mergePartLines, openTemporaryFile, TemporaryFileProblem } from './part-lines.ts';
import { wouldPause } from './played-breaker.ts';
import { haveRoom } from './room-for-all.ts';
import { rendererOf, type Rendering } from '#lib/messages/rendering.ts';
import { StreamProblem } from './stream-problem.ts';
import type { WorkerFault, WorkerInput, WorkerMessage } from './worker-messages.ts';

/** What is played, and who listens. */
export interface PartedPlayOptions extends PlaySubject {
  readonly rendering: Rendering;
  /** Takes the lines of the trace, each a `TraceLine` in JSON. */
  readonly onTrace?: (line: string) => void;
  /** Takes the lines of the outbox, each an `OutboxLine` in JSON. */
  readonly onMessage?: (line: string) => void;
  /** Number of threads, at least 1; without it as many as the stream is worth. */
  readonly parts?: number;
}

/** Megabytes. V8 would give each thread up to 192 for what has just been made, for no gain in time worth the memory. */
const YOUNG_GENERATION = 24;

/** Deliveries from which on a second thread is worth its start, about a second. */
const WORTH_TWO_THREADS = 20_000;

/**
 * Plays the stream. The same options and the same stream give the same result, byte by byte, however many parts there are.
 * @throws StreamProblem where the file cannot be read or holds no call at all; TemporaryFileProblem where a play in
 *   several parts cannot keep its lines.
 */
export async function playInParts(options: PartedPlayOptions): Promise<PlayResult> {
  const prepared = await prepare(options);
  const parts = options.parts ?? (prepared.survey.order.length < WORTH_TWO_THREADS ? 1 : 2);
  const results = parts === 1 ? undefined : await playInThreads(options, prepared, parts);
  return conclude(options, prepared, results ?? [await playHere(options, prepared)]);
}

function playHere(options: PartedPlayOptions, prepared: Prepared): Promise<PartResult> {
  const { onTrace, onMessage, onProgress, rendering } = options;
  const total = prepared.survey.order.length;
  return playPart(partInput(options, prepared, 0, 1), rendererOf(rendering), {
    ...(onTrace && {
      onTrace: (line) => onTrace(JSON.stringify(line)),
      onPaused: (line) => onTrace(JSON.stringify(line)),
    }),
    ...(onMessage && { onMessage: (line) => onMessage(JSON.stringify(line)) }),
    onProgress: (played, now) => onProgress?.({ played, total, now }),
  });
}

/**
 * Undefined where customers did meet: their messages have to share the rate of a channel, or the breaker would have paused a journey for
 * all of them. Only one thread can tell what becomes of that.
 */
async function playInThreads(
  options: PartedPlayOptions,
  prepared: Prepared,
  parts: number,
): Promise<readonly PartResult[] | undefined> {
  const { onTrace, onMessage } = options;
  const files: number[] = [];
  const workers: Worker[] = [];
  const openFiles = (wanted: unknown): number[] =>
    wanted === undefined
      ? []
      : Array.from({ length: parts }, () => {
          const file = openTemporaryFile();
          files.push(file);
          return file;
        });
  try {
    const [traces, outboxes] = [openFiles(onTrace), openFiles(onMessage)];
    const report = progressOf(options, prepared, parts);
    const results = await Promise.all(
      Array.from({ length: parts }, (_, part) => {
        const [trace, outbox] = [traces[part], outboxes[part]];
        const input: WorkerInput = {
          input: partInput(options, prepared, part, parts),
          rendering: options.rendering,
          ...(trace !== undefined && { trace }),
          ...(outbox !== undefined && { outbox }),
        };
        const worker = new Worker(new URL('play-worker.ts', import.meta.url), {
          workerData: input,
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
        });
        workers.push(worker);
        return resultOf(worker, (played, now) => report(part, played, now));
      }),
    );
    if (!haveRoom(results.map(({ slots }) => slots))) return undefined;
    const told = results.map((part) => part.told);
    if (await wouldPause(options.breaker, told)) return undefined;
    if (onTrace) mergePartLines(traces, onTrace);
    if (onMessage) mergePartLines(outboxes, onMessage);
    return results;
  } finally {
    // A thread may still be writing when another has failed.
    await Promise.all(workers.map((worker) => worker.terminate()));
    for (const file of files) closeTemporaryFile(file);
  }
}

/** Adds up how far the parts have come; the instant told is that of the part that is furthest behind. */
function progressOf(
  { onProgress }: PlaySubject,
  { survey, first }: Prepared,
  parts: number,
): (part: number, played: number, now: Instant) => void {
  const states = Array.from({ length: parts }, () => ({ played: 0, now: first }));
  return (part, played, now) => {
    states[part] = { played, now };
    onProgress?.({
      played: states.reduce((sum, state) => sum + state.played, 0),
      total: survey.order.length,
      now: states.reduce((least, state) => (state.now < least ? state.now : least), now),
    });
  };
}

function resultOf(worker: Worker, onProgress: (played: number, now: Instant) => void): Promise<PartResult> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.played, message.now);
      else if (message.kind === 'done') resolve(message.result);
      else reject(faultOf(message.fault));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread of the play ended without a result (${code})`)));
  });
}

function faultOf(fault: WorkerFault): Error {
  if (fault.kind === 'stream') return new StreamProblem(fault.message, fault.where);
  if (fault.kind === 'temporary file') return new TemporaryFileProblem(fault.reason);
  const error = new Error(fault.message);
  error.name = fault.name;
  if (fault.stack !== undefined) error.stack = fault.stack;
  return error;
}
