// Operations on the targets of rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html and its neighbours.
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { BusRegistry, Rule } from './bus-registry.ts';
import { page, pagingSchema } from './paging.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { ruleNameSchema } from './rule-operations.ts';
import { parseRuleTarget, ruleTargetSchema, type RuleTargetInput } from './rule-target.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: targets of one rule. */
const MOST_TARGETS = 5;

/** What other kinds of target need, and queues with an order. */
const OTHER_TARGETS = [
  'KinesisParameters',
  'RunCommandParameters',
  'EcsParameters',
  'BatchParameters',
  'SqsParameters',
  'HttpParameters',
  'RedshiftDataParameters',
  'SageMakerPipelineParameters',
  'AppSyncParameters',
];

const onRule = { Rule: ruleNameSchema, EventBusName: z.string().optional() };

/** Adds targets, or changes those whose ids are there. @throws ServiceError. */
export function putTargets(registry: BusRegistry, rule: Rule, inputs: readonly RuleTargetInput[]): void {
  const targets = new Map(rule.targets);
  for (const input of inputs) {
    try {
      targets.set(input.Id, parseRuleTarget(input));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ServiceError('ValidationException', `Target ${input.Id} of rule ${rule.name}: ${reason}.`);
    }
  }
  if (targets.size > MOST_TARGETS)
    throw new ServiceError(
      'LimitExceededException',
      `The requested resource exceeds the maximum number allowed: a rule has at most ${MOST_TARGETS} targets.`,
    );
  registry.setRule({ ...rule, targets });
}

/** Those that change something, by name. `knows`: whether there is something of an ARN that events can be handed to. */
export function targetChanges(
  registry: BusRegistry,
  knows: (arn: string) => boolean,
): Readonly<Record<string, JsonOperation>> {
  return {
    PutTargets: (input) => {
      const raw = z.looseObject({ Targets: z.array(z.unknown()) }).safeParse(input);
      for (const target of raw.data?.Targets ?? []) refuseOptions(target, OTHER_TARGETS);
      const schema = z.strictObject({ ...onRule, Targets: z.array(ruleTargetSchema).min(1).max(100) });
      const { Rule, EventBusName, Targets } = parseInput(schema, input);
      const unknown = Targets.filter(({ Arn }) => !knows(Arn));
      putTargets(
        registry,
        registry.rule(Rule, EventBusName),
        Targets.filter((target) => !unknown.includes(target)),
      );
      return {
        FailedEntryCount: unknown.length,
        FailedEntries: unknown.map(({ Id, Arn }) => ({
          TargetId: Id,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `The local cloud has nothing of the ARN ${Arn} that events can go to.`,
        })),
      };
    },
    RemoveTargets: (input) => {
      const schema = z.strictObject({
        ...onRule,
        Ids: z.array(z.string()).min(1).max(100),
        Force: z.boolean().optional(),
      });
      const { Rule, EventBusName, Ids } = parseInput(schema, input);
      const rule = registry.rule(Rule, EventBusName);
      const unknown = Ids.filter((id) => !rule.targets.has(id));
      const targets = new Map([...rule.targets].filter(([id]) => !Ids.includes(id)));
      registry.setRule({ ...rule, targets });
      return {
        FailedEntryCount: unknown.length,
        FailedEntries: unknown.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${rule.name} has no target ${TargetId}.`,
        })),
      };
    },
  };
}

/** Those that only tell, by name. */
export function targetQueries(registry: BusRegistry): Readonly<Record<string, JsonOperation>> {
  return {
    ListTargetsByRule: (input) => {
      const { Rule, EventBusName, ...paging } = parseInput(
        z.strictObject({ ...onRule, ...pagingSchema }),
        input,
      );
      const { items, more } = page([...registry.rule(Rule, EventBusName).targets.values()], paging);
      return { Targets: items.map((target) => target.input), ...more };
    },
    ListRuleNamesByTarget: (input) => {
      const schema = z.strictObject({
        TargetArn: z.string(),
        EventBusName: z.string().optional(),
        ...pagingSchema,
      });
      const { TargetArn, EventBusName, ...paging } = parseInput(schema, input);
      const names = [...registry.bus(EventBusName).rules.values()]
        .filter(({ targets }) => [...targets.values()].some((target) => target.input.Arn === TargetArn))
        .map(({ name }) => name);
      const { items, more } = page(names, paging);
      return { RuleNames: items, ...more };
    },
  };
}
