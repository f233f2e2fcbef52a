/**
 * The breaker at work: outcomes of a batch are counted, one write for each journey, channel and hour of sending, and a journey that has
 * too many bounces or complaints is paused. Counted is by the day on which a message was sent: a complaint that comes two days late
 * is one about the messages of its own day.
 */
import type { Instant } from '#lib/contracts/time.ts';
import { whyPaused, type BreakerLimits, type OutcomeCounts } from '#lib/journey/breaker.ts';
import type { OutcomeGroup, SendOutcomes } from '../ports.ts';
import type { Outcome } from './new-outcomes.ts';

/** A journey that was paused just now, and why. */
export interface TrippedJourney {
  readonly journey: string;
  readonly reason: string;
}

/**
 * Counts what was told and pauses what has to be paused. What could not be counted is left out: a report that is missing from a rate is
 * better than one that holds up a batch.
 * @returns journeys paused by this call, and the first failure.
 */
export async function watchOutcomes(
  outcomes: SendOutcomes,
  limits: BreakerLimits | undefined,
  told: readonly Outcome[],
  now: Instant,
): Promise<{ readonly tripped: readonly TrippedJourney[]; readonly failed?: unknown }> {
  if (limits === undefined) return { tripped: [] };
  const tripped: TrippedJourney[] = [];
  let failed: unknown;
  for (const { group, counts } of grouped(told)) {
    try {
      const count = await outcomes.add(group, counts);
      const why = count.closed ? undefined : whyPaused(count, limits);
      if (why === undefined) continue;
      const reason = `${group.channel} of ${group.day}: ${why}`;
      // Paused first: whoever dies in between does it once more with the next report.
      await outcomes.pause(group.journey, reason, now);
      if (await outcomes.close(count, now)) tripped.push({ journey: group.journey, reason });
    } catch (error) {
      failed ??= error;
    }
  }
  return failed === undefined ? { tripped } : { tripped, failed };
}

/** By the hour of sending: where a count was closed within it, what is told of that hour belongs to the closed one. */
function grouped(
  told: readonly Outcome[],
): { readonly group: OutcomeGroup; readonly counts: OutcomeCounts }[] {
  const groups = new Map<string, { group: OutcomeGroup; counts: Record<keyof OutcomeCounts, number> }>();
  for (const { journey, channel, sent, kind } of told) {
    const day = sent.slice(0, 10);
    const key = `${journey} ${channel} ${sent.slice(0, 'YYYY-MM-DDTHH'.length)}`;
    const known = groups.get(key);
    const counts = known?.counts ?? { delivered: 0, bounced: 0, complained: 0 };
    counts[kind] += 1;
    groups.set(key, {
      group: {
        journey,
        channel,
        day,
        sent: known !== undefined && known.group.sent < sent ? known.group.sent : sent,
      },
      counts,
    });
  }
  return [...groups.values()];
}
