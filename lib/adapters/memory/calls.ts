// Functions and endpoints without a network: every call gets the answer that was prepared for it, and nothing leaves the machine.
import type { CallAnswer, Calls, OutsideCall } from '#lib/engine/ports.ts';

/** What a function or endpoint would answer; the default is an empty object. */
export type CallBehaviour = (call: OutsideCall) => CallAnswer;

export class MemoryCalls implements Calls {
  readonly #behaviour: CallBehaviour;

  constructor(behaviour: CallBehaviour = () => ({ kind: 'answered', value: {} })) {
    this.#behaviour = behaviour;
  }

  call(call: OutsideCall): Promise<CallAnswer> {
    return Promise.resolve(this.#behaviour(call));
  }
}
