/**
 * What every step function has in common: one call of a Task in, its answer, a decision's name or a fault's name out, a line of the log
 * and a count. What leaves by error becomes part of the execution's history, so nothing but names and our own words may (promise P10).
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { DecisionLeaves } from '#lib/contracts/faults.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { aboutCall } from './about-call.ts';
import type { Counts } from './metrics.ts';
import { reported } from './reported-error.ts';
import { whatFailed } from './what-failed.ts';

export interface StepSurroundings {
  readonly logger: Logger;
  readonly counts: Counts;
}

/** The handler of a Lambda function behind a Task. Step Functions wants an answer in any case: null where there is none. */
export type StepHandler<Answer> = (payload: unknown, context: Context) => Promise<Answer | null>;

export function stepHandler<Answer>(
  { logger, counts }: StepSurroundings,
  step: (payload: unknown) => Promise<Answer>,
): StepHandler<Answer> {
  return async (payload, context) => {
    logger.addContext(context);
    const began = performance.now();
    const told = () => ({ ...aboutCall(payload), millis: Math.round(performance.now() - began) });
    try {
      const answer = await step(payload);
      logger.info(LOG_EVENTS.stepAnswered, told());
      return answer ?? null;
    } catch (error) {
      if (error instanceof DecisionLeaves) {
        logger.info(LOG_EVENTS.decisionLeft, { ...told(), decision: error.name });
        counts.count('DecisionsLeaving');
      } else {
        logger.error(LOG_EVENTS.stepFailed, { ...told(), ...whatFailed(error) });
        counts.count('StepFaults');
        if (error instanceof Error && error.name === 'PayloadNotUnderstood')
          counts.count('PayloadsNotUnderstood');
      }
      throw reported(error);
    } finally {
      counts.flush();
    }
  };
}
