import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { METRICS } from '#lib/contracts/metric-names.ts';
import { Alarms } from '#lib/infra/alarms/alarms.ts';
import { ALARMS } from '#lib/infra/alarms/all-alarms.ts';
import { OperatorDashboard } from '#lib/infra/dashboard.ts';
import { LogQueries } from '#lib/infra/log-queries.ts';
import { monitoredStack } from './monitored-stack.ts';

function synthesised(): Template {
  const { stack, resources } = monitoredStack();
  const alarms = new Alarms(stack, 'Alarms', { resources: { ...resources, smsMonthlySpend: 200 } });
  new OperatorDashboard(stack, 'Dashboard', { resources, alarms });
  new LogQueries(stack, 'Queries', {
    deployment: resources.deployment,
    logs: [new LogGroup(stack, 'Sender'), new LogGroup(stack, 'Relay')],
  });
  return Template.fromStack(stack);
}
const template = synthesised();

function propertiesOf(type: string): Record<string, unknown>[] {
  return Object.values(template.findResources(type)).map(
    ({ Properties }) => Properties as Record<string, unknown>,
  );
}

/** The body as text, with what CloudFormation fills in left out. */
function dashboardText(): string {
  const [dashboard] = propertiesOf('AWS::CloudWatch::Dashboard');
  const body = dashboard?.['DashboardBody'] as { 'Fn::Join': [string, unknown[]] };
  return body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '0')).join('');
}

it('the dashboard has a body that is JSON, one widget with every alarm, and no more widgets than one looks at', () => {
  const { widgets } = JSON.parse(dashboardText()) as {
    widgets: { type: string; properties: { alarms?: unknown[] } }[];
  };
  expect(widgets.find(({ type }) => type === 'alarm')?.properties.alarms).toHaveLength(ALARMS.length);
  expect(widgets.length).toBeLessThanOrEqual(12);
});

it('the dashboard shows every metric that functions write', () => {
  const text = dashboardText();
  for (const name of Object.keys(METRICS))
    expect(text).toContain(`"Wend","${name}","deployment","wend-test"`);
});

it('the saved queries lie in a folder of the deployment, over all logs, and look for what functions log', () => {
  const queries = propertiesOf('AWS::Logs::QueryDefinition');
  expect(queries.map(({ Name }) => String(Name)).toSorted()).toEqual([
    'wend-test/faults by name',
    'wend-test/one customer',
    'wend-test/one run',
  ]);
  for (const { LogGroupNames } of queries) expect(LogGroupNames).toHaveLength(2);
  const faults = queries.find(({ Name }) => Name === 'wend-test/faults by name');
  expect(faults?.['QueryString']).toContain(
    `filter message in ["${LOG_EVENTS.stepFailed}", "${LOG_EVENTS.recordFailed}"]`,
  );
});
