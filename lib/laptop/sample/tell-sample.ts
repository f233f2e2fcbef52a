// Tells a fresh local cloud a day of a stream, at the instants at which it happened: the clock goes through the day as fast as the work
// that it brings is done.
import type { LiveClock } from '#lib/local/time/live-clock.ts';
import type { SampleProgress, SegmentCall } from '../running-cloud.ts';
import type { StreamDay } from './stream-day.ts';

export interface SampleOptions {
  readonly clock: LiveClock;
  readonly put: (calls: readonly SegmentCall[]) => Promise<void>;
  /** An event that was not taken: told, and the day goes on. */
  readonly onFault: (error: unknown) => void;
}

export class Sample implements SampleProgress {
  readonly #options: SampleOptions;
  readonly #listeners = new Set<() => void>();
  state: SampleProgress['state'] = 'none';
  put = 0;
  all = 0;

  constructor(options: SampleOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the clock has gone through the day and shows its end, or was stopped on the way (what had not been told by then is
   * told as time comes to it).
   */
  async tell({ before, day }: StreamDay, end: number): Promise<void> {
    const { clock, put } = this.#options;
    this.state = 'running';
    this.all = before.length + day.length;
    this.#told(0);
    await put(before);
    // Who somebody is has to be known before anything that they do.
    await clock.idle();
    this.#told(before.length);
    for (const { at, call } of day) clock.at(at, () => this.#tellOne(call));
    await clock.jumpTo(end);
    this.state = 'done';
    this.#told(0);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #tellOne(call: SegmentCall): Promise<void> {
    try {
      await this.#options.put([call]);
    } catch (error) {
      this.#options.onFault(error);
    }
    this.#told(1);
  }

  #told(count: number): void {
    this.put += count;
    for (const listener of this.#listeners) listener();
  }
}
