// Rules that run by the clock: `ScheduleExpression` of rules on the default bus, in UTC.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
import type { Cancel, Clock } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { startFirings } from '../scheduler/firings.ts';
import { parseScheduleExpression, rateMillis } from '../scheduler/schedule-expression.ts';
import type { Rule } from './bus-registry.ts';

const utc = (): number => 0;

/** @throws ServiceError in the words of AWS, and what is wrong. */
export function checkScheduleOfRule(expression: string): void {
  try {
    // What happens once is for EventBridge Scheduler.
    if (expression.startsWith('at(')) throw new Error('a rule has rate(value unit) or cron(fields)');
    parseScheduleExpression(expression, utc, 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      'ValidationException',
      `Parameter ScheduleExpression is not valid. Reason: ${reason}.`,
    );
  }
}

export interface RuleSchedules {
  /** Makes those run, and only those, that are enabled and have an expression. A rule whose expression is the same goes on as it was. */
  follow(rules: Iterable<Rule>): void;
  close(): void;
}

/** `fire`: hands the scheduled event to the rule's targets. Never rejects. */
export function createRuleSchedules(
  clock: Clock,
  fire: (ruleName: string, instant: number) => Promise<void>,
): RuleSchedules {
  const running = new Map<string, { readonly expression: string; readonly cancel: Cancel }>();
  const stop = (name: string): void => {
    running.get(name)?.cancel();
    running.delete(name);
  };
  const start = (name: string, expression: string): void => {
    const now = clock.now();
    // A rate counts from when its rule was made, and fires when it has passed once.
    const first = now + (rateMillis(expression) ?? 0);
    const cancel = startFirings({
      clock,
      recurrence: parseScheduleExpression(expression, utc, first),
      after: now,
      skip: () => false,
      fire: (instant) => fire(name, instant),
      onEnd: () => undefined,
    });
    running.set(name, { expression, cancel });
  };
  return {
    follow: (rules) => {
      const wanted = new Map<string, string>();
      for (const { name, isEnabled, scheduleExpression } of rules)
        if (isEnabled && scheduleExpression !== undefined) wanted.set(name, scheduleExpression);
      for (const [name, { expression }] of running) if (wanted.get(name) !== expression) stop(name);
      for (const [name, expression] of wanted) if (!running.has(name)) start(name, expression);
    },
    close: () => {
      for (const name of running.keys()) stop(name);
    },
  };
}
