import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Alarms, type AlarmsProps } from '#lib/infra/alarms/alarms.ts';
import { ALARMS } from '#lib/infra/alarms/all-alarms.ts';
import { METRICS, METRIC_NAMESPACE } from '#lib/contracts/metric-names.ts';
import { monitoredStack } from '../monitored-stack.ts';

interface AlarmResource {
  readonly Properties: {
    readonly AlarmName: string;
    readonly AlarmDescription: string;
    readonly TreatMissingData: string;
    readonly AlarmActions: readonly unknown[];
    readonly OKActions: readonly unknown[];
    readonly MetricName?: string;
    readonly Namespace?: string;
    readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
    readonly Metrics?: readonly {
      readonly MetricStat?: { readonly Metric: { readonly Namespace: string; readonly MetricName: string } };
    }[];
  };
}

function synthesised(
  props: Omit<AlarmsProps, 'resources'> & { readonly smsMonthlySpend?: number } = {},
): Template {
  const { stack, resources } = monitoredStack();
  const { smsMonthlySpend, ...rest } = props;
  new Alarms(stack, 'Alarms', {
    ...rest,
    resources: { ...resources, ...(smsMonthlySpend === undefined ? {} : { smsMonthlySpend }) },
  });
  return Template.fromStack(stack);
}

function alarmsOf(template: Template): AlarmResource['Properties'][] {
  return Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    (resource) => (resource as AlarmResource).Properties,
  );
}

/** Of the only resource of a type. */
function propertiesOf(template: Template, type: string): unknown {
  const [resource] = Object.values(template.findResources(type));
  return resource?.['Properties'];
}

/** Every metric that is read by an alarm, as namespace and name. */
function metricsRead(alarms: readonly AlarmResource['Properties'][]): { namespace: string; name: string }[] {
  return alarms.flatMap(({ Metrics, MetricName, Namespace }) =>
    MetricName === undefined
      ? (Metrics ?? []).flatMap(({ MetricStat }) =>
          MetricStat === undefined
            ? []
            : [{ namespace: MetricStat.Metric.Namespace, name: MetricStat.Metric.MetricName }],
        )
      : [{ namespace: Namespace ?? '', name: MetricName }],
  );
}

describe('alarms', () => {
  const template = synthesised({ email: 'on-call@shop.example', smsMonthlySpend: 200 });
  const alarms = alarmsOf(template);

  it('each has one name of the deployment, and tells the topic when it begins and when it ends', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName).toSorted()).toEqual(
      ALARMS.map(({ id }) => `wend-test-${id}`).toSorted(),
    );
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  it('each says how urgent it is, what has happened, whom it hurts and where to read on, in no more than AWS allows', () => {
    for (const { AlarmName, AlarmDescription } of alarms) {
      const id = AlarmName.replace('wend-test-', '');
      expect(AlarmDescription).toMatch(/^(Urgent|Soon): .+\n\nImpact: .+\n\nThreshold: .+\n\nRunbook: /);
      expect(AlarmDescription.endsWith(`docs/runbook.md#${id}`)).toBe(true);
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
  });

  it('links the runbook where the team reads it', () => {
    const [first] = alarmsOf(synthesised({ runbook: 'https://wiki.shop.example/wend' }));
    expect(first?.AlarmDescription).toMatch(/Runbook: https:\/\/wiki\.shop\.example\/wend#[a-z-]+$/);
  });

  it('counts decisions that leave a step by name nowhere', () => {
    const errors = metricsRead(alarms).filter(
      ({ namespace, name }) => namespace === 'AWS/Lambda' && name === 'Errors',
    );
    // The one that is left is of the sweep, which has no decisions: it must not count a failed tick as a tick.
    expect(errors).toHaveLength(1);
    expect(metricsRead(alarms).map(({ name }) => name)).not.toContain('DecisionsLeaving');
  });

  it('reads of our own metrics only those that functions write', () => {
    const own = metricsRead(alarms).filter(({ namespace }) => namespace === METRIC_NAMESPACE);
    expect(own).not.toHaveLength(0);
    for (const { name } of own) expect(Object.keys(METRICS)).toContain(name);
  });

  it('takes silence for good, except from the sweep', () => {
    const bad = alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching');
    expect(bad.map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData])).toEqual([
      ['wend-test-sweep-stopped', 'breaching'],
    ]);
  });

  it('watches what is spent on SMS only where the environment says how much may be', () => {
    const names = alarmsOf(synthesised()).map(({ AlarmName }) => AlarmName);
    expect(names).not.toContain('wend-test-sms-spend-near-limit');
    expect(names).toHaveLength(ALARMS.length - 1);
  });

  it('writes to the address that it was given, and lets CloudWatch of this account publish over TLS', () => {
    expect(propertiesOf(template, 'AWS::SNS::Subscription')).toMatchObject({
      Protocol: 'email',
      Endpoint: 'on-call@shop.example',
    });
    expect(propertiesOf(template, 'AWS::SNS::TopicPolicy')).toMatchObject({
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });
});

/** The page between a heading and the next of the same level. */
function section(page: string, title: string): string {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), 'utf8');
  return text.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
}

describe('the runbook', () => {
  const sections = section('runbook.md', 'Alarms').split(/^### /m).slice(1);

  it('has a heading for every alarm, in the order of the registry, and no other', () => {
    expect(sections.map((text) => text.split('\n')[0])).toEqual(ALARMS.map(({ id }) => id));
  });

  it('says under each whom it hurts, where to look and how to put it right, with a command to begin with', () => {
    const incomplete = sections.filter(
      (text) =>
        !['**Impact.**', '**Look.**', '**Resolve.**'].every((part) => text.includes(part)) ||
        !/\baws |#[a-z-]+\)|saved|query/.test(text),
    );
    expect(incomplete.map((text) => text.split('\n')[0])).toEqual([]);
  });
});

it('the page on deploying counts alarms and their metrics as they are', () => {
  const template = synthesised({ smsMonthlySpend: 200 });
  const read = metricsRead(alarmsOf(template)).length;
  const costs = section('deploy.md', 'What it costs at rest');
  expect(costs).toContain(
    `${ALARMS.length} alarms, which read ${read} metrics: $0.10 each, ten free, so $${((read - 10) * 0.1).toFixed(2)}.`,
  );
  expect(costs).toContain(`write themselves: ${NUMBER_WORDS[Object.keys(METRICS).length]},`);
});

const NUMBER_WORDS: Readonly<Record<number, string>> = {
  8: 'eight',
  9: 'nine',
  10: 'ten',
  11: 'eleven',
  12: 'twelve',
};
