// What is to be done at which instant: a heap, in order of instant and then of being entered. Both clocks, the virtual and the live one,
// take from such a list what has fallen due.

export type Action = () => void | Promise<void>;

interface Entry {
  readonly instant: number;
  readonly order: number;
  /** A remark of whoever entered it. */
  readonly drives: boolean;
  action: Action | undefined;
}

export class Agenda {
  #order = 0;
  #queue: Entry[] = [];
  #cancelled = 0;

  /** How many wait. */
  get size(): number {
    return this.#queue.length - this.#cancelled;
  }

  /**
   * Enters an action. Returns what strikes it out again, and says whether it was still there.
   * @throws RangeError where the instant is no finite number.
   */
  add(instant: number, action: Action, drives: boolean): () => boolean {
    if (!Number.isFinite(instant)) throw new RangeError(`Not an instant: ${instant}`);
    const entry: Entry = { instant, order: this.#order++, drives, action };
    push(this.#queue, entry);
    return () => {
      if (entry.action === undefined) return false;
      entry.action = undefined;
      this.#cancelled += 1;
      this.#compact();
      return true;
    };
  }

  /** The first one. */
  peek(): Readonly<Omit<Entry, 'action'>> | undefined {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      if (first.action !== undefined) return first;
      pop(this.#queue);
      this.#cancelled -= 1;
    }
    return undefined;
  }

  /** Takes the first one out. */
  take(): Action | undefined {
    if (this.peek() === undefined) return undefined;
    const [first] = this.#queue;
    const action = first?.action;
    if (first !== undefined) first.action = undefined;
    pop(this.#queue);
    return action;
  }

  /** Cancelled entries stay in the heap until they surface; when they outnumber the others it is built anew. */
  #compact(): void {
    if (this.#cancelled < 1024 || this.#cancelled * 2 < this.#queue.length) return;
    const live = this.#queue.filter((entry) => entry.action !== undefined).toSorted(compare);
    this.#queue = live;
    this.#cancelled = 0;
  }
}

function compare(a: Entry, b: Entry): number {
  return a.instant - b.instant || a.order - b.order;
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.push(entry) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || compare(above, entry) <= 0) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  const size = heap.length;
  if (last === undefined || size === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= size) break;
    const left = heap[child];
    const right = heap[child + 1];
    if (left !== undefined && right !== undefined && compare(right, left) < 0) child += 1;
    const below = heap[child];
    if (below === undefined || compare(last, below) <= 0) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}
