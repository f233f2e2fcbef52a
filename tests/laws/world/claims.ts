// The claims and the provider calls of a world's history, side by side.
import type { SendCall } from '#lib/contracts/step-calls.ts';
import type { SendRecord } from '#lib/engine/document.ts';
import { sendCalls, type Commit, type Journal, type ProviderCall } from './journal.ts';

/** A write that claimed a send. */
export interface Claim {
  readonly commit: Commit;
  readonly record: SendRecord;
  /** Of the claim's own writer, before any other claim of it. */
  readonly calls: readonly ProviderCall[];
}

export function claimsOf(journal: Journal): Claim[] {
  const provided = journal.of('provider');
  const claims = journal
    .of('commit')
    .flatMap((commit) =>
      commit.after.sends
        .filter((record) => record.state === 'claimed' && !wasClaimed(commit, record))
        .map((record) => ({ commit, record })),
    );
  return claims.map(({ commit, record }) => {
    const { invocation } = commit;
    const mine = (one: { record: SendRecord; commit: Commit }): boolean =>
      one.record.key === record.key && one.commit.invocation === invocation && one.commit !== commit;
    const next =
      claims.find((one) => mine(one) && one.commit.at > commit.at)?.commit.at ?? Number.POSITIVE_INFINITY;
    const calls = provided.filter(
      (call) =>
        call.key === record.key && call.invocation === invocation && call.at >= commit.at && call.at < next,
    );
    return { commit, record, calls };
  });
}

/** The record was there already, from the same claim. */
function wasClaimed({ before }: Commit, { key, at }: SendRecord): boolean {
  return before?.sends.some((one) => one.key === key && one.at === at && one.state === 'claimed') === true;
}

/** A message that a provider took, or may have taken. */
export interface Sent {
  readonly customer: string;
  readonly claim: Claim;
  readonly call: SendCall;
}

export function sentMessages(journal: Journal): Sent[] {
  const calls = sendCalls(journal);
  return claimsOf(journal).flatMap((claim) => {
    const call = calls.get(claim.record.key);
    const taken = claim.calls.some(({ answer }) => answer === 'accepted' || answer === 'unknown');
    return call === undefined || !taken ? [] : [{ customer: claim.commit.after.customer, claim, call }];
  });
}
