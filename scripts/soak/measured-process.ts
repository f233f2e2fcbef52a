// Loaded into the local cloud before it begins: tells its memory to whoever has started it, after everything is collected that nobody holds.
// Needs `--expose-gc`. Threads of functions do not load it.
import process from 'node:process';

export interface Memory {
  /** Of the main thread, after collection, with what lies outside of its heap (buffers); bytes. */
  readonly heap: number;
  /** Of the whole process, with the threads of its functions; bytes. */
  readonly resident: number;
  /** That all its threads have used up so far. */
  readonly cpuSeconds: number;
}

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send?.({
    heap: heapUsed + external,
    resident: rss,
    cpuSeconds: (user + system) / 1e6,
  } satisfies Memory);
});
// The question does not keep the process: it ends as it would by itself.
process.channel?.unref();
