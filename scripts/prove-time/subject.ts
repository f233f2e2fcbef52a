// The functions on trial, as one object: so that a test can put a wrong one in and see the proof fail.
import { addDuration, subtractDuration } from '#lib/engine/time/add-duration.ts';
import { localInstant, nextTimeOfDay, timeOfDayAtOrAfter } from '#lib/engine/time/local-time.ts';
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
};

/** Functions that claim to answer as the engine does. */
export type Subject = typeof engine;
