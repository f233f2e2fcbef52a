/** One call of the function of every minute: how long it may take, and what it tells the log. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { Minute } from '#lib/engine/use-cases/every-minute.ts';
import { systemClock } from '../system-clock.ts';
import { reported } from '../reported-error.ts';
import { whatFailed } from '../what-failed.ts';

/** Kept for what comes behind the last customers: the requests under way, with their retries, and the clock's own write. */
const SPARE_MILLIS = 20_000;

/** A quiet minute tells nothing. Rejects where something has failed, so that it counts as an error of the function: an alarm reads it. */
export async function tellMinute(
  logger: Logger,
  context: Context,
  minute: (until: number) => Promise<Minute>,
): Promise<void> {
  logger.addContext(context);
  try {
    const told = await minute(systemClock.monotonic() + context.getRemainingTimeInMillis() - SPARE_MILLIS);
    if (told.schedules > 0 || told.catchUp || told.looks > 0)
      logger.info(LOG_EVENTS.minutePassed, { ...told });
  } catch (error) {
    logger.error(LOG_EVENTS.minuteFailed, { ...whatFailed(error) });
    throw reported(error);
  }
}
