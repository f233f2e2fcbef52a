// Schedules are independent of each other: each thread plays a stretch of them.
import { Worker } from 'node:worker_threads';
import type { Search } from '../../tests/laws/fault-injection/search.ts';
import type { ThreadInput, ThreadMessage } from './thread-messages.ts';

/** `onPlayed`: so many more. Rejects where the thread ends without an answer. */
export function searchInThread(
  from: number,
  to: number,
  onPlayed: (schedules: number) => void,
): Promise<Search> {
  return new Promise((resolve, reject) => {
    const workerData: ThreadInput = { from, to };
    const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData });
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'played') onPlayed(message.schedules);
      else resolve(message.search);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The thread has ended with code ${code}.`)));
  });
}
