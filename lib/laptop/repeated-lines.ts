// Lines for the terminal of whoever runs the local cloud: one that comes again and again is told once, and then how often it came.
import type { Cancel } from '#lib/local/clock.ts';
import type { Timers } from '#lib/local/time/timers.ts';
import type { LaptopLine } from './start-laptop.ts';

export interface RepeatedLinesOptions {
  readonly timers: Pick<Timers, 'after'>;
  readonly onLine: (line: LaptopLine) => void;
}

/** How long the same line is only counted, in real milliseconds: as long as somebody may look at the terminal before it moves again. */
const COUNTED_MILLIS = 10_000;

interface Repeated {
  readonly line: LaptopLine;
  again: number;
  cancel: Cancel;
}

export class RepeatedLines {
  readonly #options: RepeatedLinesOptions;
  readonly #repeated = new Map<string, Repeated>();

  constructor(options: RepeatedLinesOptions) {
    this.#options = options;
  }

  tell(line: LaptopLine): void {
    const key = likeness(line);
    const known = this.#repeated.get(key);
    if (known !== undefined) {
      known.again += 1;
      return;
    }
    this.#options.onLine(line);
    const cancel = this.#options.timers.after(COUNTED_MILLIS, () => this.#end(key));
    this.#repeated.set(key, { line, again: 0, cancel });
  }

  /** Tells the counts that are open. */
  close(): void {
    for (const key of this.#repeated.keys()) this.#end(key);
  }

  #end(key: string): void {
    const { line, again, cancel } = this.#repeated.get(key) ?? {};
    this.#repeated.delete(key);
    cancel?.();
    if (line === undefined || again === undefined || again === 0) return;
    const times = again === 1 ? 'once more' : `${again} times more`;
    this.#options.onLine({ ...line, text: `${line.text} (${times})` });
  }
}

/** The same but for ids, instants and numbers. */
function likeness({ level, source, text }: LaptopLine): string {
  return [level, source, text.replaceAll(/[\w-]*\d[\w-]*/g, '#')].join(' ');
}
