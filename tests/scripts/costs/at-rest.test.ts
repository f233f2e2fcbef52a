import { expect, it } from 'vitest';
import { alarmCosts, restingCosts, type Template } from '../../../scripts/costs/at-rest.ts';

const TICK = new Map([
  ['GetItemCommand', 1],
  ['QueryCommand', 17],
  ['PutItemCommand', 1],
]);

function template(queues: number, more: Template['Resources'] = {}): Template {
  const mappings = Array.from({ length: queues }, (_, index) => [
    `Source${index}`,
    {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': [`EventsQueue${index}`, 'Arn'] } },
    },
  ]);
  return { Resources: { ...(Object.fromEntries(mappings) as Template['Resources']), ...more } };
}

function dollarsOf(templates: readonly Template[], what: string): number | undefined {
  return restingCosts(templates, TICK).find((cost) => cost.what.includes(what))?.dollars;
}

it('one queue that Lambda polls all month stays within the free requests, three do not', () => {
  expect(dollarsOf([template(1)], 'polls')).toBe(0);
  expect(dollarsOf([template(3)], 'polls')).toBeCloseTo(0.38, 2);
});

it('a stream is no queue', () => {
  const stream = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: { 'Fn::GetAtt': ['Profiles', 'StreamArn'] } },
  };
  expect(dollarsOf([template(1, { Relay: stream })], 'polls')).toBe(0);
});

it('resources of all templates count, nested ones too', () => {
  const secret = { Secret: { Type: 'AWS::SecretsManager::Secret' } };
  expect(dollarsOf([template(0, secret), template(0)], 'secret')).toBe(0.4);
  const alarm = { Type: 'AWS::CloudWatch::Alarm' };
  expect(alarmCosts([template(0, { A: alarm }), template(0, { B: alarm })]).dollars).toBeCloseTo(0.2);
  const twoMetrics = {
    ...alarm,
    Properties: { Metrics: [{ Expression: 'a/b' }, { MetricStat: {} }, { MetricStat: {} }] },
  };
  expect(alarmCosts([template(0, { A: alarm, B: twoMetrics })]).dollars).toBeCloseTo(0.3);
});
