// What AWS is allowed to do and seldom does: the parts of the cloud ask here whether it happens now. Seeded, so that a run can be repeated
// as far as real time lets it.
export type Mishap =
  /** SQS and the bus deliver at least once. */
  | 'message comes twice'
  | 'message comes late'
  /** Messages that could have come together come in several batches. */
  | 'batch is split'
  | 'stream record comes twice'
  | 'function is throttled'
  /** It has done its work, and nobody learns of it. */
  | 'function dies after its work'
  | 'table is throttled'
  | 'start of an execution is throttled'
  | 'provider is throttled'
  /** The provider takes the message and its answer is lost. */
  | 'provider does not answer';

export interface Chaos {
  happens(mishap: Mishap): boolean;
  /** Uniform in [0, most). */
  millis(most: number): number;
}

export const NO_CHAOS: Chaos = { happens: () => false, millis: () => 0 };
