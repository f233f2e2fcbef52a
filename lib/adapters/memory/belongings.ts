// What is kept of customers beside their documents, in memory: nothing. What is told there is handed on and forgotten.
import type { Belongings } from '#lib/engine/ports.ts';

export class MemoryBelongings implements Belongings {
  remove(): Promise<void> {
    return Promise.resolve();
  }
}
