// What SES judges an account by: who counts for it, and who does not.
import { expect, it } from 'vitest';
import { Reputation, type ReputationRates } from '#lib/local/delivery/email/reputation.ts';

const ana = { channel: 'email' as const, to: ['ana@example.com'] };
const simulated = { channel: 'email' as const, to: ['bounce@simulator.amazonses.com'] };

function told(note: (reputation: Reputation) => void): ReputationRates | undefined {
  let last: ReputationRates | undefined;
  note(new Reputation((rates) => (last = rates)));
  return last;
}

it('is the share of e-mails that bounce for good or are complained about', () => {
  const rates = told((reputation) => {
    for (let number = 0; number < 100; number += 1) reputation.note(ana, { what: 'sent' });
    for (let number = 0; number < 4; number += 1)
      reputation.note(ana, { what: 'bounced', type: 'permanent' });
    reputation.note(ana, { what: 'complained' });
  });
  expect(rates).toEqual({ bounces: 0.04, complaints: 0.01 });
});

it('leaves out the simulator, full mailboxes, and addresses that the account has on its list already', () => {
  const rates = told((reputation) => {
    reputation.note(ana, { what: 'sent' });
    reputation.note(simulated, { what: 'sent' });
    reputation.note(simulated, { what: 'bounced', type: 'permanent' });
    reputation.note(ana, { what: 'bounced', type: 'transient' });
    reputation.note(ana, { what: 'bounced', type: 'permanent', cause: 'suppression list' });
    reputation.note(ana, { what: 'complained', isSuppressed: true });
    reputation.note({ channel: 'sms', to: ['+34600000001'] }, { what: 'bounced', type: 'permanent' });
  });
  expect(rates).toEqual({ bounces: 0, complaints: 0 });
});

it('is never more than all', () => {
  expect(
    told((reputation) => {
      reputation.note(ana, { what: 'complained' });
      reputation.note(ana, { what: 'sent' });
      reputation.note(ana, { what: 'complained' });
    }),
  ).toEqual({ bounces: 0, complaints: 1 });
});
