// The breaker of a play: the use case of the functions, told minute by minute. Rates are of all customers of a journey together, so it
// works in a play of one part alone; parts keep what they were told, and whoever adds them up asks whether it would have tripped.
import { MemorySendOutcomes } from '#lib/adapters/memory/send-outcomes.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Outcome } from '#lib/engine/use-cases/new-outcomes.ts';
import { watchOutcomes, type JourneyOverLimit } from '#lib/engine/use-cases/watch-outcomes.ts';
import type { BreakerLimits } from '#lib/journey/breaker.ts';
import type { ToldOutcomes } from './outcome-minutes.ts';

/** What the breaker did in a play, as a line of the trace. */
export interface PausedLine {
  readonly at: Instant;
  readonly journey: string;
  readonly kind: 'paused';
  readonly reason: string;
}

/** One breaker: hears the minutes of a play in their order. */
export class PlayedBreaker {
  readonly #limits: BreakerLimits;
  readonly #outcomes: MemorySendOutcomes;

  /** `pause` throws the journey's switch. */
  constructor(limits: BreakerLimits, pause: (journey: string) => Promise<void>) {
    this.#limits = limits;
    this.#outcomes = new MemorySendOutcomes(pause);
  }

  /** @returns the journeys that it has paused at the end of this minute. */
  async hear({ at, outcomes }: ToldOutcomes): Promise<readonly PausedLine[]> {
    const told = outcomes.toSorted(byGroup);
    const { tripped, failed } = await watchOutcomes(this.#outcomes, this.#limits, told, at);
    // Deployed, a count that fails is left out. Here nothing fails but what is wrong with Wend.
    if (failed !== undefined) throw failed;
    return tripped.map(({ journey, reason }: JourneyOverLimit) => ({ at, journey, kind: 'paused', reason }));
  }
}

/**
 * Whether the breaker would have paused a journey, had all parts been one. Until it does, parts that know nothing of it are what one
 * part would be, so the answer is exact.
 */
export async function wouldPause(
  limits: BreakerLimits | undefined,
  parts: readonly (readonly ToldOutcomes[])[],
): Promise<boolean> {
  if (limits === undefined) return false;
  const breaker = new PlayedBreaker(limits, () => Promise.resolve());
  const minutes = Map.groupBy(parts.flat(), ({ at }) => at);
  for (const [at, told] of [...minutes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const outcomes = told.flatMap((minute) => minute.outcomes);
    if ((await breaker.hear({ at, outcomes })).length > 0) return true;
  }
  return false;
}

/** In whatever order and from whichever part they come. */
function byGroup(a: Outcome, b: Outcome): number {
  const [one, other] = [a, b].map(
    ({ journey, channel, class: messageClass, sent }) => `${journey} ${channel} ${messageClass} ${sent}`,
  ) as [string, string];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
