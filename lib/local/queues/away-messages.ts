// Messages that cannot be received for a while: until a timer of the infrastructure brings them back.
import type { Cancel } from '../clock.ts';
import type { Timers } from '../time/timers.ts';
import type { Message } from './message.ts';

export interface AwayMessage {
  readonly message: Message;
  /** Infrastructure time at which it first went away. */
  readonly since: number;
  readonly comesBack: Cancel;
}

export class AwayMessages {
  readonly #timers: Timers;
  readonly #comeBack: (key: string, message: Message) => void;
  readonly #messages = new Map<string, AwayMessage>();

  /** `comeBack` is told when a message's time is up. */
  constructor(timers: Timers, comeBack: (key: string, message: Message) => void) {
    this.#timers = timers;
    this.#comeBack = comeBack;
  }

  get size(): number {
    return this.#messages.size;
  }

  get(key: string): AwayMessage | undefined {
    return this.#messages.get(key);
  }

  entries(): readonly (readonly [key: string, message: Message])[] {
    return [...this.#messages].map(([key, { message }]) => [key, message] as const);
  }

  /** For so long from now, whatever was said before. */
  put(key: string, message: Message, millis: number): void {
    const before = this.#messages.get(key);
    before?.comesBack();
    const since = before?.since ?? this.#timers.now();
    const comesBack = this.#timers.after(millis, () => {
      this.#messages.delete(key);
      this.#comeBack(key, message);
    });
    this.#messages.set(key, { message, since, comesBack });
  }

  delete(key: string): void {
    this.#messages.get(key)?.comesBack();
    this.#messages.delete(key);
  }

  clear(): void {
    for (const { comesBack } of this.#messages.values()) comesBack();
    this.#messages.clear();
  }
}
