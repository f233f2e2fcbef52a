/**
 * The breaker at work: outcomes of a batch are counted, one write for each journey, channel, class and hour of sending. A journey whose
 * marketing has too many bounces or complaints is paused; of transactional messages it is told, and they go on. Counted is by the day on
 * which a message was sent: a complaint that comes two days late is one about the messages of its own day.
 */
import type { Instant } from '#lib/contracts/time.ts';
import { whyPaused, type BreakerLimits, type OutcomeCounts } from '#lib/journey/breaker.ts';
import type { OutcomeGroup, SendOutcomes } from '../ports.ts';
import type { Outcome } from './new-outcomes.ts';

/** A journey over the limits, and why. */
export interface JourneyOverLimit {
  readonly journey: string;
  readonly reason: string;
}

export interface WatchedOutcomes {
  readonly tripped: readonly JourneyOverLimit[];
  readonly warned: readonly JourneyOverLimit[];
  readonly failed?: unknown;
}

/**
 * Counts what was told and pauses what has to be paused. What could not be counted is left out: a report that is missing from a rate is
 * better than one that holds up a batch.
 * @returns `tripped`: journeys paused by this call; `warned`: those whose transactional messages came over the limits with it; and the first
 *   failure.
 */
export async function watchOutcomes(
  outcomes: SendOutcomes,
  limits: BreakerLimits | undefined,
  told: readonly Outcome[],
  now: Instant,
): Promise<WatchedOutcomes> {
  if (limits === undefined) return { tripped: [], warned: [] };
  const tripped: JourneyOverLimit[] = [];
  const warned: JourneyOverLimit[] = [];
  let failed: unknown;
  for (const { group, counts } of grouped(told)) {
    try {
      const count = await outcomes.add(group, counts);
      const why = count.closed ? undefined : whyPaused(count, limits);
      if (why === undefined) continue;
      const reason = `${group.channel} of ${group.day}: ${why}`;
      const isMarketing = group.class === 'marketing';
      // Paused first: whoever dies in between does it once more with the next report.
      if (isMarketing) await outcomes.pause(group.journey, reason, now);
      if (await outcomes.close(count, now))
        (isMarketing ? tripped : warned).push({ journey: group.journey, reason });
    } catch (error) {
      failed ??= error;
    }
  }
  return failed === undefined ? { tripped, warned } : { tripped, warned, failed };
}

/** By the hour of sending: where a count was closed within it, what is told of that hour belongs to the closed one. */
function grouped(
  told: readonly Outcome[],
): { readonly group: OutcomeGroup; readonly counts: OutcomeCounts }[] {
  const groups = new Map<string, { group: OutcomeGroup; counts: Record<keyof OutcomeCounts, number> }>();
  for (const { journey, channel, class: messageClass, sent, kind } of told) {
    const day = sent.slice(0, 10);
    const key = `${journey} ${channel} ${messageClass} ${sent.slice(0, 'YYYY-MM-DDTHH'.length)}`;
    const known = groups.get(key);
    const counts = known?.counts ?? { delivered: 0, bounced: 0, complained: 0 };
    counts[kind] += 1;
    groups.set(key, {
      group: {
        journey,
        channel,
        class: messageClass,
        day,
        sent: known !== undefined && known.group.sent < sent ? known.group.sent : sent,
      },
      counts,
    });
  }
  return [...groups.values()];
}
