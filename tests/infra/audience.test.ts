import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Audience } from '#lib/infra/audience.ts';
import { DeployedFunction } from '#lib/infra/deployed-function.ts';
import { DeploymentArns } from '#lib/infra/deployment-arns.ts';

function template(): Template {
  const stack = new Stack(new App(), 'wend-test');
  const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-audience-'));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {};');
  const deployment = 'wend-test';
  const logRetention = RetentionDays.ONE_MONTH;
  new Audience(stack, 'Audience', {
    deployment,
    logRetention,
    arns: new DeploymentArns(stack, deployment),
    tellCustomers: new DeployedFunction(stack, 'Tell', {
      deployment,
      folder,
      logRetention,
      name: 'tell-customers',
      environment: {},
    }),
  });
  return Template.fromStack(stack);
}

describe('the construct of audiences', () => {
  const deployed = template();
  const resources = (type: string, Properties: object) =>
    Object.keys(deployed.findResources(type, { Properties }));

  it('is one state machine, under the name that functions start, which calls the one function', () => {
    const machines = resources('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'wend-test_audience',
      StateMachineType: 'STANDARD',
      DefinitionSubstitutions: { TellCustomers: Match.anyValue() },
      LoggingConfiguration: { IncludeExecutionData: false },
    });
    expect(machines).toHaveLength(1);
  });

  it('lets the machine call the function, start and redrive its own children, and nothing else of ours', () => {
    const statements = Object.values(deployed.findResources('AWS::IAM::Policy'))
      .filter(({ Properties }) => JSON.stringify(Properties).includes('lambda:InvokeFunction'))
      .flatMap(
        ({ Properties }) =>
          (Properties as { PolicyDocument: { Statement: { Action: string | string[] }[] } }).PolicyDocument
            .Statement,
      );
    const actions = statements
      .flatMap(({ Action }) => Action)
      .filter((action) => !/^(?:logs|xray):/.test(action));
    expect(new Set(actions)).toEqual(
      new Set([
        'lambda:InvokeFunction',
        'states:StartExecution',
        'states:DescribeExecution',
        'states:StopExecution',
        'states:RedriveExecution',
      ]),
    );
    expect(JSON.stringify(statements)).toContain('wend-test_audience/left:*');
  });
});
