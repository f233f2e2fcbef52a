// Entry of a thread that plays one part; play-in-parts.ts starts it and listens to it.
import { parentPort, workerData } from 'node:worker_threads';
import { PartLineWriter, TemporaryFileProblem } from './part-lines.ts';
import { playPart } from './play-part.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { StreamProblem } from './stream-problem.ts';
import type { WorkerFault, WorkerInput, WorkerMessage } from './worker-messages.ts';

const { input, rendering, trace, outbox } = workerData as WorkerInput;
const tell = (message: WorkerMessage): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin; that is for windows.
  parentPort?.postMessage(message);
};

try {
  const traced = trace === undefined ? undefined : new PartLineWriter(trace);
  const sent = outbox === undefined ? undefined : new PartLineWriter(outbox);
  const result = await playPart(input, rendererOf(rendering), {
    ...(traced && { onTrace: (line, customer) => traced.write(line.at, customer, JSON.stringify(line)) }),
    ...(sent && { onMessage: (line, customer) => sent.write(line.at, customer, JSON.stringify(line)) }),
    onProgress: (played, now) => tell({ kind: 'progress', played, now }),
  });
  traced?.finish();
  sent?.finish();
  tell({ kind: 'done', result });
} catch (error) {
  tell({ kind: 'fault', fault: describe(error) });
}

/** Structured clone loses the class of an error and its name. */
function describe(error: unknown): WorkerFault {
  if (error instanceof StreamProblem) return { kind: 'stream', message: error.message, where: error.where };
  if (error instanceof TemporaryFileProblem) return { kind: 'temporary file', reason: error.reason };
  if (!(error instanceof Error)) return { kind: 'error', name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return { kind: 'error', name, message, ...(stack !== undefined && { stack }) };
}
