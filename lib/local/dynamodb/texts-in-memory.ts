// Where dynalite keeps items: texts as they are, and nothing of a query that is over.
//
// As it comes, its store turns each key and value into a Buffer, and a small Buffer is a slice of a block of 64 KiB that it keeps as a whole,
// for as long as the item is there: measured, 50 KB of memory for an item of 300 bytes. And the streams of dynalite end an iterator by a
// method that iterators of abstract-level do not have: each query left its own behind, with the tree of items as it was then. Both are settled
// by a store of the same library with other options, put in place before dynalite asks for it.
import { createRequire } from 'node:module';

/** What of memory-level 3 is relied on: https://github.com/Level/memory-level */
interface MemoryLevelModule {
  MemoryLevel: new (options: object) => {
    keys(options?: object): ClosableIterator;
    values(options?: object): ClosableIterator;
  };
}

interface ClosableIterator {
  close(): Promise<void>;
  /** What dynalite calls where it is done. */
  return?: () => Promise<void>;
}

const asDynaliteDoes = createRequire(createRequire(import.meta.url).resolve('dynalite'));
const memoryLevel = asDynaliteDoes('memory-level') as MemoryLevelModule;
const { MemoryLevel } = memoryLevel;

/** Keys are compared as texts instead of bytes, which is the same: dynalite's are ASCII. */
memoryLevel.MemoryLevel = class TextsInMemory extends MemoryLevel {
  constructor(options: object) {
    super({ ...options, storeEncoding: 'utf8' });
  }

  override keys(options?: object): ClosableIterator {
    return ending(super.keys(options));
  }

  override values(options?: object): ClosableIterator {
    return ending(super.values(options));
  }
};

function ending(iterator: ClosableIterator): ClosableIterator {
  iterator.return = () => iterator.close();
  return iterator;
}
