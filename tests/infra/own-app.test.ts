// Wend inside somebody else's CDK app: one construct among others, in a stack with resources of their own.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { QUEUE_NAMES } from '#lib/contracts/deployment-names.ts';
import { explainProblem } from '#lib/infra/explain-problem.ts';
import { Wend } from '#lib/infra/wend.ts';
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';
import { readRepository } from '#lib/repository/repository.ts';
import { exampleSources, resourcesOf } from './deploy-example.ts';

it('stands beside other resources, lets an application put events, and needs none of our flags', async () => {
  const repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  process.env['CDK_VALIDATION'] = 'false';
  const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  new Queue(stack, 'Orders');
  const shop = new Role(stack, 'Checkout', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const sources = exampleSources(repository);
  const wend = new Wend(stack, 'Journeys', { environment: { name: 'shop', disposable: true }, sources });
  wend.grantPutEvents(shop);
  const template = Template.fromStack(stack);
  const granted = resourcesOf([template], 'AWS::IAM::Policy').filter(({ id }) => id.startsWith('Checkout'));
  expect(JSON.stringify(granted)).toContain('events:PutEvents');
  expect(resourcesOf([template], 'AWS::SQS::Queue').length).toBeGreaterThan(2 * QUEUE_NAMES.length);
  expect(Object.keys((template.toJSON() as { Outputs: object }).Outputs)).toContain('WendBusArn');
  // In a Region that is known, starts keep the pace that it allows.
  const functions = resourcesOf([template], 'AWS::Lambda::Function');
  expect(JSON.stringify(functions)).toContain('"STARTS_PER_SECOND":"50"');
}, 60_000);

it('says so where a stack has one already', async () => {
  const repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  const stack = new Stack(new App(), 'Shop');
  const sources = exampleSources(repository);
  new Wend(stack, 'First', { environment: { name: 'first' }, sources });
  const second = () => new Wend(stack, 'Second', { environment: { name: 'second' }, sources });
  expect(second).toThrow('a stack of its own');
}, 60_000);

it('mistakes in the files are told in words, faults with their stack', () => {
  const problem = new RepositoryProblem('content', 'the workspace has errors', 'Run npx wend check.');
  expect(explainProblem(problem)).toBe('error: the workspace has errors\n  Run npx wend check.\n');
  expect(() => explainProblem(new Error('unexpected'))).toThrow('unexpected');
});

it('the command line of the CDK is of the second major: npm knows a third by mistake', () => {
  const { version } = JSON.parse(readFileSync('node_modules/aws-cdk/package.json', 'utf8')) as {
    version: string;
  };
  expect(version).toMatch(/^2\./);
});
