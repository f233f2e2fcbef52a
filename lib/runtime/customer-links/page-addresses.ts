/** The addresses of the deployment's pages in a message, signed for its customer. */
import { LINK_SECONDS, type CustomerLink, type LinkPurpose } from '#lib/contracts/customer-link.ts';
import { ceilToSecond, addMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerPages } from '#lib/messages/links.ts';
import type { LinkSigner } from '#lib/pages/links/link-signer.ts';

/** Makes the links of messages. @param address of the pages, with or without a slash at its end. */
export function createCustomerPages(address: string, signer: LinkSigner): CustomerPages {
  return ({ sent, at }, channel) => {
    const { customer, run, step, visit, topic } = sent;
    const about = {
      customer,
      send: { run, step, visit },
      channel,
      ...(topic === undefined ? {} : { topic }),
    };
    const page = (purpose: LinkPurpose): string =>
      pageAddress(address, signer, { ...about, purpose, expires: expiryOf(purpose, at) });
    return {
      unsubscribe_url: page('unsubscribe'),
      preferences_url: page('preferences'),
      why_url: page('why'),
      confirm_url: page('confirm'),
      privacy_url: page('privacy'),
    };
  };
}

/** `https://pages.example/unsubscribe/<token>`: the word is for people, what counts is in the token. */
export function pageAddress(address: string, signer: LinkSigner, link: CustomerLink): string {
  return `${address.replace(/\/+$/, '')}/${link.purpose}/${signer.sign(link)}`;
}

/** When a link of this purpose ends that is made at this instant. */
export function expiryOf(purpose: LinkPurpose, at: Instant): Instant {
  return ceilToSecond(addMillis(at, LINK_SECONDS[purpose] * 1000));
}
