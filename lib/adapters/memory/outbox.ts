// Delivery without providers: every message is kept instead of sent, so that it can be read.
import { sendKey } from '#lib/contracts/ids.ts';
import type { Delivery, OutgoingMessage, ProviderAnswer } from '#lib/engine/ports.ts';

/** What a provider would say to a message; the default accepts everything. */
export type ProviderBehaviour = (message: OutgoingMessage) => ProviderAnswer;

/**
 * Hands each accepted message to `sink`. Provider ids come from the send's key and channel, so that the same history
 * gives the same ids.
 */
export class MemoryOutbox implements Delivery {
  readonly #sink: (message: OutgoingMessage) => void;
  readonly #behaviour: ProviderBehaviour;

  constructor(sink: (message: OutgoingMessage) => void, behaviour: ProviderBehaviour = accept) {
    this.#sink = sink;
    this.#behaviour = behaviour;
  }

  send(message: OutgoingMessage): Promise<ProviderAnswer> {
    const answer = this.#behaviour(message);
    if (answer.kind === 'accepted') this.#sink(message);
    return Promise.resolve(answer);
  }
}

function accept({ sent, rendered }: OutgoingMessage): ProviderAnswer {
  return { kind: 'accepted', id: `${sendKey(sent.run, sent.step, sent.visit)}/${rendered.channel}` };
}
