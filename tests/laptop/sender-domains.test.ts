// Which identities of SES a laptop has verified: those that docs/deploy.md has one verify.
import { expect, it } from 'vitest';
import { senderDomains } from '#lib/laptop/sender-domains.ts';

it('are the domains of those who send e-mail, however their address is written', () => {
  const domains = senderDomains({
    senders: {
      default: { email: { from: 'Kestrel Lane <hello@kestrel-lane.example>' } },
      orders: { email: { from: 'orders@mail.kestrel-lane.example' } },
      texts: {},
    },
  });
  expect(domains).toEqual(['kestrel-lane.example', 'mail.kestrel-lane.example']);
});
