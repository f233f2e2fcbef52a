/** The addresses of the deployment's pages in a message, signed for its customer. */
import { LINK_SECONDS, type CustomerLink, type LinkPurpose } from '#lib/contracts/customer-link.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { ceilToSecond, addMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerPages } from '#lib/messages/links.ts';
import type { LinkSigner } from '#lib/pages/links/link-signer.ts';

/** Makes the links of messages. @param address of the pages, with or without a slash at its end. */
export function createCustomerPages(address: string, signer: LinkSigner): CustomerPages {
  return {
    links({ sent, at }, channel) {
      const { topic } = sent;
      const about = { ...aboutSend(sent, channel), ...(topic === undefined ? {} : { topic }) };
      const page = (purpose: LinkPurpose): string =>
        pageAddress(address, signer, { ...about, purpose, expires: expiryOf(purpose, at) });
      return {
        unsubscribe_url: page('unsubscribe'),
        preferences_url: page('preferences'),
        why_url: page('why'),
        confirm_url: page('confirm'),
        privacy_url: page('privacy'),
      };
    },
    tracked({ sent, at }, channel, target) {
      // Without the topic: the document knows it, and text messages are paid for by length.
      const link = { ...aboutSend(sent, channel), purpose: 'click', expires: expiryOf('click', at) } as const;
      const tracked = pageAddress(address, signer, { ...link, detail: target });
      return tracked.length > LONGEST_TRACKED ? target : tracked;
    },
  };
}

/** Longer addresses are cut off by programs on the way (RFC 9110, section 4.1 asks for 8000 only of servers). */
const LONGEST_TRACKED = 2000;

function aboutSend({ customer, run, step, visit }: SentMessage, channel: Channel) {
  return { customer, send: { run, step, visit }, channel };
}

/** `https://pages.example/unsubscribe/<token>`: the word is for people, what counts is in the token. */
function pageAddress(address: string, signer: LinkSigner, link: CustomerLink): string {
  return `${address.replace(/\/+$/, '')}/${link.purpose}/${signer.sign(link)}`;
}

/** When a link of this purpose ends that is made at this instant. */
function expiryOf(purpose: LinkPurpose, at: Instant): Instant {
  return ceilToSecond(addMillis(at, LINK_SECONDS[purpose] * 1000));
}
