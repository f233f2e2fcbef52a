// Operations on rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html and its neighbours.
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { DEFAULT_BUS, type BusRegistry, type Rule } from './bus-registry.ts';
import { page, pagingSchema } from './paging.ts';
import { parseEventPatternText } from './pattern/event-pattern.ts';
import { InvalidPattern } from './pattern/invalid-pattern.ts';
import { refuseOptions } from '../gateway/refused-options.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const ruleNameSchema = z.string().regex(/^[\w.-]{1,64}$/, 'has 1 to 64 letters, digits, ., - or _');

const putRuleSchema = z.strictObject({
  Name: ruleNameSchema,
  EventBusName: z.string().optional(),
  EventPattern: z.string().max(4096).optional(),
  ScheduleExpression: z.string().max(256).optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  Description: z.string().max(512).optional(),
  /** Permissions mean nothing on a laptop. */
  RoleArn: z.string().optional(),
});

export type PutRuleInput = z.infer<typeof putRuleSchema>;

const ruleSchema = z.strictObject({ Name: ruleNameSchema, EventBusName: z.string().optional() });

/** @throws ServiceError InvalidEventPatternException in the words of AWS, with what is wrong and where. */
export function parsePatternOfRule(text: string): NonNullable<Rule['pattern']> {
  try {
    return { text, parsed: parseEventPatternText(text) };
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error;
    throw new ServiceError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

/** Checks expressions of rules that run by the clock. Throws ServiceError. */
export type CheckSchedule = (expression: string) => void;

/** Makes or changes a rule; its targets stay. @throws ServiceError. */
export function putRule(registry: BusRegistry, input: PutRuleInput, checkSchedule: CheckSchedule): Rule {
  const { Name, EventBusName, EventPattern, ScheduleExpression, State, Description, RoleArn } = input;
  const bus = registry.bus(EventBusName);
  if (EventPattern === undefined && ScheduleExpression === undefined)
    throw new ServiceError(
      'ValidationException',
      'Parameter(s) EventPattern or ScheduleExpression must be specified.',
    );
  if (ScheduleExpression !== undefined) {
    if (bus.name !== DEFAULT_BUS)
      throw new ServiceError(
        'ValidationException',
        'ScheduleExpression is supported only on the default event bus.',
      );
    checkSchedule(ScheduleExpression);
  }
  const rule: Rule = {
    name: Name,
    arn: registry.ruleArn(bus, Name),
    busName: bus.name,
    description: Description,
    roleArn: RoleArn,
    isEnabled: State !== 'DISABLED',
    pattern: EventPattern === undefined ? undefined : parsePatternOfRule(EventPattern),
    scheduleExpression: ScheduleExpression,
    targets: bus.rules.get(Name)?.targets ?? new Map(),
  };
  registry.setRule(rule);
  return rule;
}

/** Those that change something, by name. */
export function ruleChanges(
  registry: BusRegistry,
  checkSchedule: CheckSchedule,
): Readonly<Record<string, JsonOperation>> {
  const setEnabled = (input: unknown, isEnabled: boolean): void => {
    const { Name, EventBusName } = parseInput(ruleSchema, input);
    registry.setRule({ ...registry.rule(Name, EventBusName), isEnabled });
  };
  return {
    PutRule: (input) => {
      refuseOptions(input, ['Tags']);
      return { RuleArn: putRule(registry, parseInput(putRuleSchema, input), checkSchedule).arn };
    },
    DeleteRule: (input) => {
      // `Force` is for rules that a service of AWS manages, of which there are none.
      const schema = ruleSchema.extend({ Force: z.boolean().optional() });
      const { Name, EventBusName } = parseInput(schema, input);
      const { rules } = registry.bus(EventBusName);
      if ((rules.get(Name)?.targets.size ?? 0) > 0)
        throw new ServiceError('ValidationException', "Rule can't be deleted since it has targets.");
      rules.delete(Name);
    },
    EnableRule: (input) => setEnabled(input, true),
    DisableRule: (input) => setEnabled(input, false),
  };
}

/** Those that only tell, by name. */
export function ruleQueries(registry: BusRegistry): Readonly<Record<string, JsonOperation>> {
  return {
    DescribeRule: (input) => {
      const { Name, EventBusName } = parseInput(ruleSchema, input);
      return told(registry.rule(Name, EventBusName));
    },
    ListRules: (input) => {
      const schema = z.strictObject({
        NamePrefix: z.string().optional(),
        EventBusName: z.string().optional(),
        ...pagingSchema,
      });
      const { NamePrefix = '', EventBusName, ...paging } = parseInput(schema, input);
      const rules = [...registry.bus(EventBusName).rules.values()].filter(({ name }) =>
        name.startsWith(NamePrefix),
      );
      const { items, more } = page(rules, paging);
      return { Rules: items.map(told), ...more };
    },
  };
}

function told(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern?.text,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.isEnabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
  };
}
