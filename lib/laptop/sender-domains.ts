// The domains from which a workspace sends e-mails: on AWS somebody has verified them (docs/deploy.md), and here they are the identities of SES.
import type { Settings } from '#lib/journey/settings.ts';
import { mailboxAddress } from '#lib/journey/mailbox.ts';

/** @returns domains such as `shop.example`; one may be there twice. */
export function senderDomains({ senders }: Pick<Settings, 'senders'>): readonly string[] {
  return Object.values(senders).flatMap(({ email }) => {
    if (email === undefined) return [];
    const address = mailboxAddress(email.from);
    return [address.slice(address.lastIndexOf('@') + 1)];
  });
}
