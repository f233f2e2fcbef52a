// Rules that run by the clock: `ScheduleExpression` of rules on the default bus, in UTC.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
import * as z from 'zod';
import type { Cancel, Clock } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import { startFirings } from '../scheduler/firings.ts';
import { parseScheduleExpression, rateMillis } from '../scheduler/schedule-expression.ts';
import type { Rule } from './bus-registry.ts';

const utc = (): number => 0;

/** @throws ServiceError in the words of AWS, and what is wrong. */
export function checkScheduleOfRule(expression: string): void {
  try {
    // What happens once is for EventBridge Scheduler.
    if (expression.startsWith('at(')) throw new Error('a rule has rate(value unit) or cron(fields)');
    checkUnit(expression);
    parseScheduleExpression(expression, utc, 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      'ValidationException',
      `Parameter ScheduleExpression is not valid. Reason: ${reason}.`,
    );
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html: one has a unit of its own. */
function checkUnit(expression: string): void {
  const {
    count = '',
    unit,
    plural,
  } = /^rate\((?<count>\d+) (?<unit>minute|hour|day)(?<plural>s?)\)$/.exec(expression)?.groups ?? {};
  if (unit === undefined || (count === '1') === (plural === '')) return;
  const right = `${unit}${count === '1' ? '' : 's'}`;
  throw new Error(`a rate of ${count} has the unit ${right}: rate(${count} ${right})`);
}

export interface RuleSchedules {
  /** Makes those run, and only those, that are enabled and have an expression. A rule whose expression is the same goes on as it was. */
  follow(rules: Iterable<Rule>): void;
  close(): void;
}

/** A rule that runs by the clock: since when, and up to when everything that was due is done with. Milliseconds since 1970. */
const runSchema = z.object({
  rule: z.string(),
  expression: z.string(),
  since: z.number(),
  through: z.number(),
});
type Run = z.infer<typeof runSchema>;
/** `ended`: it was disabled or removed, or runs by another expression. */
const recordSchema = z.union([runSchema, z.object({ ended: z.string() })]);

const JOURNAL_PART = 'rule-schedules';

/** `fire`: hands the scheduled event to the rule's targets. Never rejects. */
export function createRuleSchedules(
  clock: Clock,
  journal: Journal,
  fire: (ruleName: string, instant: number) => Promise<void>,
): RuleSchedules {
  const running = new Map<string, { readonly expression: string; readonly cancel: Cancel }>();
  /** Outlives a restart: an occurrence that has taken place does not happen again, and a rate goes on counting. */
  const runs = new Map<string, Run>();
  journal.register({
    name: JOURNAL_PART,
    restore: (json) => {
      const record = recordSchema.parse(json);
      if ('ended' in record) runs.delete(record.ended);
      else runs.set(record.rule, record);
    },
    snapshot: () => runs.values(),
  });
  const remember = (run: Run): void => {
    runs.set(run.rule, run);
    journal.append(JOURNAL_PART, run);
  };
  const forget = (name: string): void => {
    if (runs.delete(name)) journal.append(JOURNAL_PART, { ended: name });
  };
  const stop = (name: string): void => {
    running.get(name)?.cancel();
    running.delete(name);
  };
  const start = (name: string, expression: string): void => {
    const now = clock.now();
    if (runs.get(name)?.expression !== expression)
      remember({ rule: name, expression, since: now, through: now });
    const { since, through } = runs.get(name) ?? { since: now, through: now };
    // A rate counts from when its rule was made, and fires when it has passed once.
    const first = since + (rateMillis(expression) ?? 0);
    const cancel = startFirings({
      clock,
      recurrence: parseScheduleExpression(expression, utc, first),
      after: through,
      skip: () => false,
      fire: async (instant) => {
        // Where the clock has come late, this firing is all that lies between.
        const at = Math.max(instant, clock.now());
        await fire(name, instant);
        // Written down when it is over: one that a kill interrupts happens again, as deliveries of AWS may.
        if (running.get(name)?.cancel === cancel) remember({ rule: name, expression, since, through: at });
      },
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
      for (const name of runs.keys()) if (!wanted.has(name)) forget(name);
      for (const [name, expression] of wanted) if (!running.has(name)) start(name, expression);
    },
    close: () => {
      for (const name of running.keys()) stop(name);
    },
  };
}
