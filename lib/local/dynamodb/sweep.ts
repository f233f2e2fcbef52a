// Deletes what has expired, at each full hour of the business at which something has. DynamoDB takes up to two days for it; nothing may
// rely on the moment. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
import type { Cancel } from '../clock.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import type { LocalTable } from './local-table.ts';
import type { Writes } from './writes.ts';

export class Sweep {
  readonly #time: CloudTime;
  readonly #tables: () => readonly LocalTable[];
  readonly #writes: Pick<Writes, 'expire'>;
  #armed: { readonly instant: number; readonly cancel: Cancel } | undefined;
  #isClosed = false;

  constructor(time: CloudTime, tables: () => readonly LocalTable[], writes: Pick<Writes, 'expire'>) {
    this.#time = time;
    this.#tables = tables;
    this.#writes = writes;
  }

  /** After anything that may expire has come: sees that the sweep takes place at the hour at which the first of it has. */
  arm(): void {
    if (this.#isClosed) return;
    const now = this.#time.business.now();
    let instant = Number.POSITIVE_INFINITY;
    for (const { expiry } of this.#tables()) instant = Math.min(instant, expiry?.next(now) ?? instant);
    if (instant >= (this.#armed?.instant ?? Number.POSITIVE_INFINITY)) return;
    this.#armed?.cancel();
    const cancel = this.#time.business.at(instant, () => this.#run());
    this.#armed = { instant, cancel };
  }

  close(): void {
    this.#isClosed = true;
    this.#armed?.cancel();
  }

  async #run(): Promise<void> {
    this.#armed = undefined;
    const release = this.#time.hold();
    try {
      const now = this.#time.business.now();
      for (const table of this.#tables())
        for (const keys of table.expiry?.take(now) ?? []) await this.#writes.expire(table, keys, now);
    } finally {
      release();
    }
    this.arm();
  }
}
