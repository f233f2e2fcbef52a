// Whose call it is, in a stream that also names devices. A device is somebody's once a call has carried both ids.
import type { SourceCall } from '#lib/contracts/customer-event.ts';
import type { ReadCall } from '#lib/contracts/segment-call.ts';

/** Learns from calls that carry both ids, in the order in which they arrive. */
export class Identities {
  readonly #userOf = new Map<string, string>();

  /**
   * The call with its customer, or undefined where only a device is known whose owner no earlier call has told. The
   * latest owner counts: a shared device belongs to who used it last.
   */
  resolve(call: ReadCall): SourceCall | undefined {
    const external = this.ownerOf(call.user, call.anonymous);
    return external === undefined ? undefined : { external, input: call.input };
  }

  /** The customer of a call that carries these ids, by the same rule. */
  ownerOf(user: string | undefined, anonymous: string | undefined): string | undefined {
    if (user !== undefined && anonymous !== undefined) this.#userOf.set(anonymous, user);
    return user ?? (anonymous === undefined ? undefined : this.#userOf.get(anonymous));
  }
}
