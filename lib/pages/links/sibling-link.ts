/** From one page to another of the same customer and message. */
import { LINK_SECONDS, type CustomerLink, type LinkPurpose } from '#lib/contracts/customer-link.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { LinkSigner } from './link-signer.ts';

/**
 * The address of another page, relative to this one. It ends when the message's own link to it ends: a link lives as long as the message
 * says, and no old one becomes a new one by a detour. Undefined where that is over.
 */
export function siblingAddress(
  signer: LinkSigner,
  link: CustomerLink,
  purpose: LinkPurpose,
  now: Instant,
): string | undefined {
  const expires = addMillis(link.expires, (LINK_SECONDS[purpose] - LINK_SECONDS[link.purpose]) * 1000);
  if (expires <= now) return undefined;
  return `../${purpose}/${signer.sign({ ...link, purpose, expires })}`;
}
