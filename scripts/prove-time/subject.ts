// The functions on trial, as one object: so that a test can put a wrong one in and see the proof fail.
import { addDuration, subtractDuration } from '#lib/engine/time/add-duration.ts';
import { nextDateOccurrence } from '#lib/engine/time/date-occurrences.ts';
import { dateWaitEnd } from '#lib/engine/time/date-wait.ts';
import { localInstant, nextTimeOfDay, timeOfDayAtOrAfter } from '#lib/engine/time/local-time.ts';
import { readDate } from '#lib/engine/time/moment.ts';
import { latestOccurrence, nextOccurrence } from '#lib/engine/time/occurrences.ts';
import { closedUntil } from '#lib/engine/time/sending-hours.ts';
import { waitUntil } from '#lib/engine/time/wait-plan.ts';

/** The engine's functions about time. */
export const engine = {
  localInstant,
  nextTimeOfDay,
  timeOfDayAtOrAfter,
  addDuration,
  subtractDuration,
  closedUntil,
  waitUntil,
  readDate,
  dateWaitEnd,
  nextDateOccurrence,
  nextOccurrence,
  latestOccurrence,
};

/** Functions that claim to answer as the engine does. */
export type Subject = typeof engine;
