// What is wrong with an event pattern, and where.

/** A pattern that EventBridge would refuse. The message names the place: `detail.state[0]: prefix must be a string`. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern';

  /** `place`: names and indices from the pattern's root; empty for the root itself. */
  constructor(place: string, reason: string) {
    super(place === '' ? reason : `${place}: ${reason}`);
  }
}
