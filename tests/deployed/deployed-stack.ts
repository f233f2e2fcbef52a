// The stack of an environment as it would stand in an account: synthesised by CDK with the functions packed, its references resolved.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { INDEXES } from '#lib/contracts/profiles-table.ts';
import type { DeploymentSources } from '#lib/infra/deployment-sources.ts';
import { Wend } from '#lib/infra/wend.ts';
import { exampleApp } from '../infra/deploy-example.ts';
import { resolved, type Place, type ResolvedResource } from './resolved-template.ts';

export interface DeployedFunction {
  readonly arn: string;
  readonly name: string;
  /** Folder of the packed code. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** What Lambda reads for a function: a queue, or the stream of the table. */
export interface EventSource {
  readonly sourceArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** One of them must match; none: everything does. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
}

export interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly visibilityMillis: number;
  readonly attempts: number;
  readonly deadLetters: string | undefined;
}

interface BusRule {
  readonly bus: string;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly string[];
}

export interface DeployedStack {
  readonly functions: readonly DeployedFunction[];
  readonly sources: readonly EventSource[];
  readonly queues: readonly Queue[];
  readonly rules: readonly BusRule[];
  /** ARN → definition, with its substitutions made. */
  readonly machines: ReadonlyMap<string, string>;
  readonly tableName: string;
  readonly busName: string;
  readonly customerSecret: string;
  /** ARN of the function that is called every minute. */
  readonly everyMinute: string;
}

/** Synthesises the stack of the environment `test`. */
export function deployedStack(sources: DeploymentSources, place: Place): DeployedStack {
  const app = exampleApp();
  const stack = new Stack(app, 'Example');
  const { journeys } = new Wend(stack, 'Wend', { environment: { name: 'test' }, sources });
  const all = resolved(Template.fromStack(stack), place);
  const of = (type: string) => all.filter((one) => one.type === type);
  const only = (type: string): ResolvedResource => {
    const [found, ...others] = of(type);
    if (found === undefined || others.length > 0) throw new Error(`not exactly one ${type}`);
    return found;
  };
  const nested = journeys.groups.flatMap((group) => {
    const { nestedStackResource: resource } = group;
    const id = resource === undefined ? '' : stack.getLogicalId(resource);
    const above = of('AWS::CloudFormation::Stack').find((one) => one.id === id);
    const parameters = above?.properties['Parameters'] as Record<string, unknown> | undefined;
    return resolved(Template.fromStack(group), place, parameters);
  });
  const machines = [...all, ...nested].filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const table = only('AWS::DynamoDB::Table');
  checkIndexes(table);
  return {
    functions: of('AWS::Lambda::Function').map(({ arn, properties }) => functionOf(arn, properties, sources)),
    sources: of('AWS::Lambda::EventSourceMapping').map(({ properties }) => sourceOf(properties)),
    queues: of('AWS::SQS::Queue').map(({ arn, properties }) => queueOf(arn, properties)),
    rules: of('AWS::Events::Rule').map(({ properties }) => ruleOf(properties)),
    machines: new Map(
      machines.map(({ arn, properties }) => [arn, definitionOf(properties, app.outdir)] as const),
    ),
    tableName: String(table.properties['TableName']),
    busName: 'wend-test',
    customerSecret: only('AWS::SecretsManager::Secret').arn,
    everyMinute: (only('AWS::Scheduler::Schedule').properties['Target'] as { Arn: string }).Arn,
  };
}

/** The table of the fixture has the indexes of the contract; so must that of the template. */
function checkIndexes({ properties }: ResolvedResource): void {
  const names = (properties['GlobalSecondaryIndexes'] as readonly { IndexName: string }[]).map(
    ({ IndexName }) => IndexName,
  );
  if (names.toSorted().join() !== Object.values(INDEXES).toSorted().join())
    throw new Error(`the table has other indexes: ${names.join()}`);
}

function functionOf(
  arn: string,
  properties: ResolvedResource['properties'],
  { functions }: DeploymentSources,
): DeployedFunction {
  const name = String(properties['FunctionName']);
  const { Variables: variables } = properties['Environment'] as { Variables: Record<string, string> };
  return {
    arn,
    name,
    folder: join(functions, name.slice('wend-test-'.length)),
    variables,
    timeoutSeconds: Number(properties['Timeout']),
  };
}

function sourceOf(properties: ResolvedResource['properties']): EventSource {
  const { Filters: filters = [] } = (properties['FilterCriteria'] ?? {}) as {
    Filters?: readonly { Pattern: string }[];
  };
  return {
    sourceArn: String(properties['EventSourceArn']),
    functionName: String(properties['FunctionName']),
    batchSize: Number(properties['BatchSize']),
    filters: filters.map(({ Pattern }) => JSON.parse(Pattern) as Record<string, unknown>),
  };
}

function queueOf(arn: string, properties: ResolvedResource['properties']): Queue {
  const redrive = properties['RedrivePolicy'] as
    | { deadLetterTargetArn: string; maxReceiveCount: number }
    | undefined;
  return {
    arn,
    name: String(properties['QueueName']),
    visibilityMillis: Number(properties['VisibilityTimeout'] ?? 30) * 1000,
    attempts: redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY,
    deadLetters: redrive?.deadLetterTargetArn,
  };
}

function ruleOf(properties: ResolvedResource['properties']): BusRule {
  return {
    bus: (properties['EventBusName'] as string | undefined) ?? 'default',
    pattern: properties['EventPattern'] as Record<string, unknown>,
    targets: (properties['Targets'] as readonly { Arn: string }[]).map(({ Arn }) => Arn),
  };
}

function definitionOf(properties: ResolvedResource['properties'], outdir: string): string {
  const { Key: key } = (properties['DefinitionS3Location'] ?? {}) as { Key?: string };
  const text =
    key === undefined
      ? String(properties['DefinitionString'])
      : readFileSync(join(outdir, `asset.${key}`), 'utf8');
  const substitutions = (properties['DefinitionSubstitutions'] ?? {}) as Record<string, string>;
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = substitutions[name];
    if (value === undefined) throw new Error(`no substitution for ${name}`);
    return value;
  });
}
