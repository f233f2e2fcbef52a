// Who may do what: read off the policies of the templates, so that a grant that reaches further than it should is seen here.
import { Validations } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { deployExample, exampleApp, resourcesOf, templatesOf, type Example } from './deploy-example.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

interface Trust {
  readonly Principal: { readonly Service: string };
  readonly Condition?: unknown;
}

let repository: Repository;
let example: Example;
let templates: readonly Template[];

beforeAll(async () => {
  repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  example = deployExample(repository);
  templates = templatesOf(example);
}, 60_000);

/** Statements of all roles, with the logical id of the policy that they stand in. */
function statements(): readonly (Statement & { readonly policy: string })[] {
  return resourcesOf(templates, 'AWS::IAM::Policy').flatMap(({ id, Properties }) =>
    (Properties['PolicyDocument'] as { Statement: readonly Statement[] }).Statement.map((statement) => ({
      policy: id,
      ...statement,
    })),
  );
}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const actionsOf = ({ Action }: Statement) => list(Action) as readonly string[];

/** Calls that AWS cannot restrict to a resource, and that read or change nothing of a customer. */
const WITHOUT_RESOURCE = /^(?:xray:|logs:|dynamodb:ListStreams$)/;

describe('roles', () => {
  it('send only where a message is sent', () => {
    const sending = statements().filter((one) =>
      actionsOf(one).some((action) => /^(?:ses|sms-voice|mobiletargeting|social-messaging):/.test(action)),
    );
    expect(sending.length).toBeGreaterThan(0);
    for (const { policy } of sending) expect(policy).toContain('SendMessage');
  });

  it('have no wildcard for an action, and none for the resources of calls on data', () => {
    const wildcards = statements()
      .flatMap(actionsOf)
      .filter((action) => action.includes('*'));
    expect(wildcards).toEqual([]);
    const everywhere = statements().filter(({ Resource: resource }) => list(resource).includes('*'));
    const onData = everywhere.flatMap(actionsOf).filter((action) => !WITHOUT_RESOURCE.test(action));
    expect(onData).toEqual([]);
  });

  it('are one for each function and one for each group of machines', () => {
    const roles = resourcesOf(templates, 'AWS::Lambda::Function').map(({ Properties }) =>
      JSON.stringify(Properties['Role']),
    );
    expect(new Set(roles).size).toBe(roles.length);
    const ofMachines = resourcesOf(templates.slice(1), 'AWS::IAM::Role');
    expect(ofMachines).toHaveLength(templates.length - 1);
  });

  it('let machines of journeys call the functions of steps, and nothing else', () => {
    const policies = resourcesOf(templates.slice(1), 'AWS::IAM::Policy').map(({ id }) => id);
    const calls = statements()
      .filter(({ policy }) => policies.includes(policy))
      .flatMap(actionsOf)
      .filter((action) => !WITHOUT_RESOURCE.test(action));
    expect([...new Set(calls)]).toEqual(['lambda:InvokeFunction']);
  });

  it('are taken on by other services for this account alone', () => {
    const trusted = resourcesOf(templates, 'AWS::IAM::Role').flatMap(
      ({ Properties }) =>
        (Properties['AssumeRolePolicyDocument'] as { Statement: readonly Trust[] }).Statement,
    );
    // Lambda says no account when it takes on the role of a function; only who may pass the role can have it do so.
    const others = trusted.filter(({ Principal }) => Principal.Service !== 'lambda.amazonaws.com');
    expect(new Set(others.map(({ Principal }) => Principal.Service))).toEqual(
      new Set(['states.amazonaws.com', 'scheduler.amazonaws.com']),
    );
    const account = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
    for (const { Condition } of others) expect(Condition).toEqual({ StringEquals: account });
  });

  it('have no policy of AWS, which would reach further', () => {
    for (const { Properties } of resourcesOf(templates, 'AWS::IAM::Role'))
      expect(Properties['ManagedPolicyArns']).toBeUndefined();
  });
});

describe('cdk-nag, AwsSolutions', () => {
  it('finds nothing that has no reason', () => {
    // With everything that cdk-nag looks at in use.
    const app = exampleApp(true);
    deployExample(repository, { name: 'test', customerManagedKey: true, alarmEmail: 'a@example.com' }, app);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  }, 60_000);

  it('is told a reason for everything that it passes over', () => {
    const acknowledged = example.stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>));
    expect(acknowledged.length).toBeGreaterThan(5);
    for (const [, reason] of acknowledged) expect(reason.length).toBeGreaterThan(40);
  });
});
