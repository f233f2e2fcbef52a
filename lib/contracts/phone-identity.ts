/**
 * A telephone number as an identity: who writes back from a number is the customer whom a message has last been sent to at it. Kept as a
 * keyed hash of this text; the word before it keeps hashes of numbers, devices and users apart.
 */

/** @param phone in the form E.164. */
export function phoneHashText(phone: string): string {
  return `phone\n${phone}`;
}
