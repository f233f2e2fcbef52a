/** On which consent a message rested, and whether that has been taken back since. */
import { ANY, type LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '../document.ts';
import { CHANGED } from '../rules/ledger.ts';
import type { Fact } from './fact.ts';

/** What is known of consent when somebody asks. */
export interface KnownConsent {
  /** What is on record now. */
  readonly records: CustomerDocument['consent'];
  /** What was ever said, so that what was on record then can be told; without it only what has not changed since can be. */
  readonly ledger?: readonly LedgerEntry[];
  /** Topics that go out to whoever has not objected. */
  readonly withoutRecord: ReadonlySet<string>;
}

interface Send {
  readonly topic: string;
  readonly channel: Channel;
  readonly at: Instant;
}

/** A message without a topic to ask for needs none. A refusal that counts now came after it: it went out, so none stood against it. */
export function consentFacts(
  known: KnownConsent,
  { topic, channel, at }: Omit<Send, 'topic'> & { readonly topic: string | undefined },
): readonly Fact[] {
  if (topic === undefined) return [{ kind: 'needs no consent' }];
  const send = { topic, channel, at };
  const changed = changedSince(known, send);
  return [
    ...restedOn(known, send, changed !== undefined),
    ...(changed === undefined ? [] : [{ kind: 'consent changed', topic, at: changed } as const]),
  ];
}

function restedOn(known: KnownConsent, send: Send, hasChanged: boolean): readonly Fact[] {
  const { topic, channel } = send;
  const grant = grantOf(known, send);
  if (grant !== undefined)
    return [{ kind: 'consent', topic, channel, since: grant.at, source: grant.source }];
  // A record that is newer than the message may have been the first: only the ledger knows.
  const isKnown = known.ledger !== undefined || !hasChanged;
  return isKnown && known.withoutRecord.has(topic) ? [{ kind: 'no objection', topic }] : [];
}

/** What had allowed the message: consent counts where it names the topic. Nothing had refused it, so the last grant by then counted. */
function grantOf(
  { records, ledger = [] }: KnownConsent,
  { topic, channel, at }: Send,
): { readonly at: Instant; readonly source?: string | undefined } | undefined {
  for (const on of [channel, ANY]) {
    const granted = ledger
      .filter((entry) => entry.effect === CHANGED && entry.decided <= at && grants(entry, topic, on))
      .toSorted((a, b) => Number(a.decided > b.decided) - Number(a.decided < b.decided))
      .at(-1);
    if (granted !== undefined) return granted;
    const record = records[topic]?.[on];
    if (record?.granted === true && record.at <= at) return record;
  }
  return undefined;
}

/** An entry that names no channel is about each of them. */
function grants({ what, topic, channel }: LedgerEntry, at: string, on: string): boolean {
  if (what !== 'granted' && what !== 'confirmed') return false;
  return topic === at && (channel === on || (channel === undefined && on !== ANY));
}

/** When it was said that such messages may no longer come, or, where nobody knows what was on record before, when this was said anew. */
function changedSince({ records, ledger }: KnownConsent, { topic, channel, at }: Send): Instant | undefined {
  let last: Instant | undefined;
  for (const [of, on] of [
    [ANY, ANY],
    [ANY, channel],
    [topic, ANY],
    [topic, channel],
  ] as const) {
    const record = records[of]?.[on];
    if (record === undefined) continue;
    const isNew = ledger === undefined && of === topic && record.at > at;
    if (record.granted && !isNew) continue;
    // What was told late has changed nothing before it was told.
    const told = ledger?.find((entry) => entry.what === 'refused' && entry.at === record.at)?.decided;
    last = later(last ?? record.at, told ?? record.at);
  }
  return last;
}
