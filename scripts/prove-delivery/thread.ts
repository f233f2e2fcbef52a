// One thread of `npm run prove:delivery`: plays its stretch and tells what it has found.
import { parentPort, workerData } from 'node:worker_threads';
import { searchAll } from '../../tests/laws/fault-injection/search.ts';
import type { ThreadInput, ThreadMessage } from './thread-messages.ts';

/** Progress is told after so many: a message for each would cost more than some schedules. */
const TOLD_EVERY = 50;

// Functions die and steps leave by errors, thousands of times: nobody reads where from.
Error.stackTraceLimit = 0;

const { from, to } = workerData as ThreadInput;
const tell = (message: ThreadMessage): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin; that is for windows.
  parentPort?.postMessage(message);
};

let untold = 0;
const search = await searchAll(from, to, () => {
  untold += 1;
  if (untold < TOLD_EVERY) return;
  tell({ kind: 'played', schedules: untold });
  untold = 0;
});
tell({ kind: 'done', search });
