/** From when until when a journey lets anybody in, as instants: read once, when the workspace is put together. */
import { parseMoment } from '#lib/contracts/date-time.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import { localInstant } from './time/local-time.ts';

export interface JourneyTerm {
  readonly starts: Instant | undefined;
  readonly ends: Instant | undefined;
  /** At the end those inside leave. */
  readonly exits: boolean;
}

/** By journey, those that start or end. Throws RangeError for a moment that the check refuses. */
export function readTerms(
  journeys: Readonly<Record<string, JourneyRules>>,
  zone: string,
): ReadonlyMap<string, JourneyTerm> {
  const limited = Object.entries(journeys).filter(
    ([, { starts, ends }]) => starts !== undefined || ends !== undefined,
  );
  return new Map(
    limited.map(([journey, { starts, ends, atEnd }]) => [
      journey,
      { starts: instantOf(starts, zone), ends: instantOf(ends, zone), exits: atEnd === 'exit' },
    ]),
  );
}

function instantOf(written: string | undefined, zone: string): Instant | undefined {
  if (written === undefined) return undefined;
  const moment = parseMoment(written);
  if (moment === undefined) throw new RangeError(`no moment: ${written}`);
  return moment.instant ?? localInstant(moment.date, moment.time ?? '00:00', zone);
}
