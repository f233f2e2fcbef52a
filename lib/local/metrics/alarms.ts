// Alarms of the deployment, as they are written: an operator can look at them, and nothing evaluates them. Most of what they watch on AWS
// are figures that nothing counts here (queues, throttles of the table), so that a state would say something that nobody has seen.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
import * as z from 'zod';
import { parseInput } from '../gateway/parse-input.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { parseProperties } from '../parse-properties.ts';
import type { Place } from '../place.ts';
import { INPUT_REFUSALS, numberSchema } from './metric-requests.ts';

const actionsSchema = z.array(z.string()).default([]);

/**
 * Properties of `AWS::CloudWatch::Alarm`, which are the members that CloudWatch answers.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 */
const alarmSchema = z.strictObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().default(true),
  OKActions: actionsSchema,
  AlarmActions: actionsSchema,
  InsufficientDataActions: actionsSchema,
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  Period: z.int().optional(),
  Unit: z.string().optional(),
  EvaluationPeriods: z.int(),
  DatapointsToAlarm: z.int().optional(),
  Threshold: z.number().optional(),
  ComparisonOperator: z.string(),
  TreatMissingData: z.string().optional(),
  EvaluateLowSampleCountPercentile: z.string().optional(),
  ThresholdMetricId: z.string().optional(),
  Metrics: z.array(z.record(z.string(), z.json())).optional(),
  /** Without meaning here: nobody is billed by them. */
  Tags: z.json().optional(),
});

const STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
const NEVER_EVALUATED = 'INSUFFICIENT_DATA';
const REASON = 'The local cloud does not evaluate alarms.';
/** On one page, where MaxRecords says nothing, and at most: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const MOST_ALARMS = 100;

const describeSchema = z.strictObject({
  AlarmNames: z.array(z.string().min(1).max(255)).max(100).optional(),
  AlarmNamePrefix: z.string().min(1).max(255).optional(),
  AlarmTypes: z.array(z.enum(['CompositeAlarm', 'MetricAlarm'])).default(['MetricAlarm']),
  StateValue: z.enum(STATES).optional(),
  ActionPrefix: z.string().min(1).max(1024).optional(),
  MaxRecords: numberSchema.pipe(z.int().min(1).max(MOST_ALARMS)).optional(),
  NextToken: z.string().optional(),
});

type Alarm = Omit<z.infer<typeof alarmSchema>, 'Tags'> & {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly at: number;
};

export class Alarms {
  readonly #place: Place;
  readonly #now: () => number;
  readonly #alarms = new Map<string, Alarm>();

  constructor(place: Place, now: () => number) {
    this.#place = place;
    this.#now = now;
  }

  /**
   * @param properties of an `AWS::CloudWatch::Alarm`, references resolved; `defaultName`: for one that its template gives none.
   * @returns its name and its ARN. Throws where a property is not known.
   */
  add(id: string, properties: unknown, defaultName: string): { readonly name: string; readonly arn: string } {
    const { Tags: _, ...given } = parseProperties(id, alarmSchema, properties);
    const { partition, region, account } = this.#place;
    const name = given.AlarmName ?? defaultName;
    const arn = `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
    this.#alarms.set(name, { ...given, AlarmName: name, AlarmArn: arn, at: this.#now() });
    return { name, arn };
  }

  /** DescribeAlarms. Throws ServiceError. */
  describe(input: unknown): object {
    refuseOptions(input, ['ChildrenOfAlarmName', 'ParentsOfAlarmName']);
    const asked = parseInput(describeSchema, input, INPUT_REFUSALS);
    const { AlarmNames: names, AlarmNamePrefix: prefix, ActionPrefix: action, MaxRecords: most } = asked;
    if (names !== undefined && prefix !== undefined)
      throw new ServiceError(
        'InvalidParameterCombinationException',
        'AlarmNamePrefix and AlarmNames cannot be given together.',
      );
    const found = [...this.#alarms.values()]
      .filter(
        ({ AlarmName: name, ...alarm }) =>
          asked.AlarmTypes.includes('MetricAlarm') &&
          (names?.includes(name) ?? true) &&
          name.startsWith(prefix ?? '') &&
          (asked.StateValue ?? NEVER_EVALUATED) === NEVER_EVALUATED &&
          (action === undefined || actionsOf(alarm).some((one) => one.startsWith(action))),
      )
      .toSorted((one, other) => (one.AlarmName < other.AlarmName ? -1 : 1));
    const from = Number(asked.NextToken ?? 0);
    if (!Number.isSafeInteger(from) || from < 0)
      throw new ServiceError('InvalidNextToken', 'NextToken is of no earlier answer.');
    const until = from + (most ?? MOST_ALARMS);
    return {
      MetricAlarms: found.slice(from, until).map(described),
      CompositeAlarms: [],
      ...(found.length > until && { NextToken: String(until) }),
    };
  }
}

function actionsOf(alarm: Pick<Alarm, 'OKActions' | 'AlarmActions' | 'InsufficientDataActions'>): string[] {
  return [...alarm.OKActions, ...alarm.AlarmActions, ...alarm.InsufficientDataActions];
}

function described({ at, ...alarm }: Alarm): object {
  const since = at / 1000;
  return {
    ...alarm,
    AlarmConfigurationUpdatedTimestamp: since,
    StateValue: NEVER_EVALUATED,
    StateReason: REASON,
    StateUpdatedTimestamp: since,
    StateTransitionedTimestamp: since,
  };
}
