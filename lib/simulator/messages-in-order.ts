// Puts messages of one instant into an order that does not depend on how a play is divided: by the number of their
// customer, and each customer's in the order in which they were sent.
import type { OutboxLine } from './trace.ts';

/** Takes messages in the order of time and hands them on; holds those of one instant. */
export class MessagesInOrder {
  readonly #tell: (line: OutboxLine, customer: number) => void;
  #held: { readonly line: OutboxLine; readonly customer: number }[] = [];

  constructor(tell: (line: OutboxLine, customer: number) => void) {
    this.#tell = tell;
  }

  add(line: OutboxLine, customer: number): void {
    if (this.#held[0] !== undefined && this.#held[0].line.at !== line.at) this.finish();
    this.#held.push({ line, customer });
  }

  /** Hands on what is held: nothing more comes. */
  finish(): void {
    const held = this.#held.toSorted((a, b) => a.customer - b.customer);
    this.#held = [];
    for (const { line, customer } of held) this.#tell(line, customer);
  }
}
