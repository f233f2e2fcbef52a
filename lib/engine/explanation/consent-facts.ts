/** On which consent a message rested. */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '../document.ts';
import type { Fact } from './fact.ts';

/** What is known of consent when somebody asks. */
export interface KnownConsent {
  /** What is on record now. */
  readonly records: CustomerDocument['consent'];
  /** Topics that go out to whoever has not objected. */
  readonly withoutRecord: ReadonlySet<string>;
}

/** A message without a topic to ask for needs none. What was recorded after it says only that it has changed. */
export function consentFacts(
  { records, withoutRecord }: KnownConsent,
  send: { readonly topic: string | undefined; readonly channel: Channel; readonly at: Instant },
): readonly Fact[] {
  const { topic, channel, at } = send;
  if (topic === undefined) return [{ kind: 'needs no consent' }];
  const record = records[topic]?.[channel] ?? records[topic]?.['*'];
  if (record === undefined) return withoutRecord.has(topic) ? [{ kind: 'no objection', topic }] : [];
  if (record.at > at || !record.granted) return [{ kind: 'consent changed', topic, at: record.at }];
  return [{ kind: 'consent', topic, channel, since: record.at, source: record.source }];
}
