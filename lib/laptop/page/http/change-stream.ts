// Tells open pages what has changed, so that they ask for what they show: server-sent events, several changes in one.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
import type { ServerResponse } from 'node:http';
import type { Cancel } from '#lib/local/clock.ts';
import type { Timers } from '#lib/local/time/timers.ts';
import { PAGE_HEADERS } from './security-headers.ts';

export type ChangedTopic = 'customers' | 'messages' | 'operations' | 'clock';

/** Four times a second is as fast as anybody reads, and little for the laptop while thousands of things happen. */
const BATCH_MILLIS = 250;
/** A page notices by then that the cloud has gone; its clock goes on by itself in between. */
const BEAT_MILLIS = 5_000;

export class ChangeStream {
  readonly #timers: Timers;
  readonly #clock: () => unknown;
  readonly #pages = new Set<ServerResponse>();
  readonly #changed = new Set<ChangedTopic>();
  #batch: Cancel | undefined;
  #beat: Cancel | undefined;

  /** `clock`: what it shows, told with every change. */
  constructor(timers: Timers, clock: () => unknown) {
    this.#timers = timers;
    this.#clock = clock;
  }

  /** Remembers a change until the next batch; free while nobody looks. */
  tell(topic: ChangedTopic): void {
    if (this.#pages.size === 0) return;
    this.#changed.add(topic);
    this.#batch ??= this.#timers.after(BATCH_MILLIS, () => this.#send());
  }

  /** A page listens until it goes. */
  open(response: ServerResponse): void {
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(this.#text());
    this.#pages.add(response);
    response.once('close', () => {
      this.#pages.delete(response);
      if (this.#pages.size === 0) this.#rest();
    });
    this.#beat ??= this.#timers.after(BEAT_MILLIS, () => this.#onBeat());
  }

  close(): void {
    this.#rest();
    for (const page of this.#pages) page.end();
  }

  #rest(): void {
    this.#batch?.();
    this.#beat?.();
    this.#batch = undefined;
    this.#beat = undefined;
    this.#changed.clear();
  }

  #onBeat(): void {
    this.#send();
    this.#beat = this.#timers.after(BEAT_MILLIS, () => this.#onBeat());
  }

  #send(): void {
    this.#batch?.();
    this.#batch = undefined;
    const text = this.#text();
    this.#changed.clear();
    // A page that does not read (its tab sleeps) misses changes instead of filling the memory; the next one tells it again to look.
    for (const page of this.#pages) if (!page.writableNeedDrain) page.write(text);
  }

  #text(): string {
    return `data: ${JSON.stringify({ topics: [...this.#changed], clock: this.#clock() })}\n\n`;
  }
}
