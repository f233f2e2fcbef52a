// What stands in the templates of an environment, as facts that whoever operates it counts on.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  deadLetterQueueName,
  FUNCTION_NAMES,
  functionName,
  machineName,
  QUEUE_NAMES,
  queueName,
} from '#lib/contracts/deployment-names.ts';
import { ATTRIBUTES, INDEXES } from '#lib/contracts/profiles-table.ts';
import { FUNCTION_ENVIRONMENTS } from '#lib/infra/function-environments.ts';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { count, deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

let repository: Repository;
let templates: readonly Template[];
let root: Template;

beforeAll(async () => {
  repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  templates = templatesOf(deployExample(repository));
  [root] = templates as [Template];
}, 60_000);

describe('an environment', () => {
  it('has every function, on the newest runtime, traced, with a log that ends', () => {
    const functions = resourcesOf(templates, 'AWS::Lambda::Function');
    expect(functions.map(({ Properties }) => String(Properties['FunctionName'])).toSorted()).toEqual(
      FUNCTION_NAMES.map((name) => functionName('wend-test', name)).toSorted(),
    );
    const properties = {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: Match.anyValue() },
    };
    expect(count(root, 'AWS::Lambda::Function', { Properties: properties })).toBe(functions.length);
    for (const { Properties } of resourcesOf(templates, 'AWS::Logs::LogGroup'))
      expect(Properties['RetentionInDays']).toBe(30);
    expect(resourcesOf(templates, 'AWS::Logs::LogGroup').length).toBeGreaterThanOrEqual(functions.length);
  });

  it.each(FUNCTION_NAMES)('gives %s the variables that it asks for, and no others', (name) => {
    const [found] = resourcesOf(templates, 'AWS::Lambda::Function').filter(
      ({ Properties }) => Properties['FunctionName'] === functionName('wend-test', name),
    );
    const given = (found?.Properties['Environment'] as { Variables?: object } | undefined)?.Variables ?? {};
    expect(Object.keys(given).toSorted()).toEqual(Object.keys(FUNCTION_ENVIRONMENTS[name].shape).toSorted());
  });

  it('has a queue of dead letters for each queue', () => {
    for (const name of QUEUE_NAMES) {
      const [dead] = Object.keys(
        root.findResources('AWS::SQS::Queue', {
          Properties: { QueueName: deadLetterQueueName('wend-test', name) },
        }),
      );
      const properties = {
        QueueName: queueName('wend-test', name),
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [dead, 'Arn'] } },
      };
      expect(count(root, 'AWS::SQS::Queue', { Properties: properties })).toBe(1);
    }
    expect(resourcesOf(templates, 'AWS::SQS::Queue')).toHaveLength(2 * QUEUE_NAMES.length);
  });

  it('hides messages six times as long as their reader may take', () => {
    const timeouts = new Map(
      resourcesOf(templates, 'AWS::Lambda::Function').map(({ id, Properties }) => [
        id,
        Properties['Timeout'],
      ]),
    );
    const queues = new Map(
      resourcesOf(templates, 'AWS::SQS::Queue').map(({ id, Properties }) => [
        id,
        Properties['VisibilityTimeout'],
      ]),
    );
    const checked = resourcesOf(templates, 'AWS::Lambda::EventSourceMapping').flatMap(({ Properties }) => {
      const { 'Fn::GetAtt': [queue] = [] } = Properties['EventSourceArn'] as { 'Fn::GetAtt'?: string[] };
      const { Ref: reader = '' } = Properties['FunctionName'] as { Ref?: string };
      return queue !== undefined && queues.has(queue)
        ? [[queues.get(queue), 6 * Number(timeouts.get(reader))]]
        : [];
    });
    expect(checked).toHaveLength(QUEUE_NAMES.length);
    for (const [hidden, wanted] of checked) expect(hidden).toBe(wanted);
  });

  it('lets one bad record fail alone, wherever records come in batches', () => {
    const sources = resourcesOf(templates, 'AWS::Lambda::EventSourceMapping');
    // And the table's stream.
    expect(sources).toHaveLength(QUEUE_NAMES.length + 1);
    for (const { Properties } of sources)
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it('relays only documents with something to do, and keeps what could not be relayed', () => {
    const pattern = {
      dynamodb: {
        Keys: { [ATTRIBUTES.sort]: { S: ['DOC'] } },
        NewImage: { [ATTRIBUTES.todo]: { S: [{ exists: true }] } },
      },
    };
    const properties = {
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] },
    };
    expect(count(root, 'AWS::Lambda::EventSourceMapping', { Properties: properties })).toBe(1);
  });

  it('protects profiles, and keeps what is of customers when the stack goes', () => {
    const retained = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    const keysOnly = { ProjectionType: 'KEYS_ONLY' };
    const properties = {
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: ATTRIBUTES.expires, Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [
        Match.objectLike({ IndexName: INDEXES.look, Projection: keysOnly }),
        Match.objectLike({ IndexName: INDEXES.customers, Projection: keysOnly }),
      ],
    };
    expect(count(root, 'AWS::DynamoDB::Table', { ...retained, Properties: properties })).toBe(1);
    // These go where the first deployment fails: they are empty then, and would be in the way of the next.
    const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };
    for (const type of ['AWS::SecretsManager::Secret', 'AWS::S3::Bucket'])
      expect(count(root, type, kept)).toBe(resourcesOf([root], type).length);
  });

  it('has no custom resources', () => {
    const types = new Set(resourcesOf(templates).map(({ Type }) => Type));
    expect(types.size).toBeGreaterThan(10);
    expect([...types].filter((type) => /^Custom::|CustomResource/.test(type))).toEqual([]);
  });

  it('passes to ingestion what journeys listen to, and to its end what has ended', () => {
    const identify = { EventBusName: Match.anyValue(), EventPattern: { detail: { type: ['identify'] } } };
    const ended = { EventPattern: Match.objectLike({ source: ['aws.states'] }) };
    for (const properties of [identify, ended])
      expect(count(root, 'AWS::Events::Rule', { Properties: properties })).toBe(1);
  });

  it('looks for who is due every minute, without another attempt', () => {
    const properties = {
      ScheduleExpression: 'rate(1 minute)',
      Target: Match.objectLike({ RetryPolicy: Match.objectLike({ MaximumRetryAttempts: 0 }) }),
    };
    expect(count(root, 'AWS::Scheduler::Schedule', { Properties: properties })).toBe(1);
  });

  it('has the machines of every committed version before a function knows of them', () => {
    const names = resourcesOf(templates, 'AWS::StepFunctions::StateMachine').map(
      ({ Properties }) => Properties['StateMachineName'],
    );
    const wanted = repository.versions.flatMap(({ journey, version, resume }) => [
      machineName('wend-test', journey, version, 'first'),
      ...(resume === undefined ? [] : [machineName('wend-test', journey, version, 'resume')]),
    ]);
    expect(names).toEqual(expect.arrayContaining(wanted));
    const nested = Object.keys(root.findResources('AWS::CloudFormation::Stack'));
    for (const { DependsOn } of resourcesOf([root], 'AWS::Lambda::Function'))
      expect(DependsOn).toEqual(expect.arrayContaining(nested));
  });

  it('says at the end where things are, under names of its own', () => {
    const outputs = Object.keys((root.toJSON() as { Outputs: object }).Outputs);
    expect(outputs).toEqual(expect.arrayContaining(['WendBusArn', 'WendTableArn', 'WendEventsDeadLetters']));
  });

  it('may be put away, where it says so', () => {
    const [test] = templatesOf(
      deployExample(repository, { name: 'test', disposable: true, tags: { team: 'crm' } }),
    ) as [Template];
    const table = {
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false, Tags: [{ Key: 'team', Value: 'crm' }] },
    };
    expect(count(test, 'AWS::DynamoDB::Table', table)).toBe(1);
    expect(resourcesOf([test]).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'))).toEqual(
      [],
    );
  });

  it('carries its tags on everything that costs something, machines in nested stacks too', () => {
    const tagged = templatesOf(deployExample(repository, { name: 'test', tags: { team: 'crm' } }));
    const types = [
      'AWS::CloudWatch::Alarm',
      'AWS::DynamoDB::Table',
      'AWS::Events::EventBus',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
      'AWS::SecretsManager::Secret',
      'AWS::StepFunctions::StateMachine',
    ];
    for (const type of types) {
      const all = resourcesOf(tagged, type);
      const without = all.filter(
        ({ Properties }) =>
          !JSON.stringify(Properties['Tags'] ?? []).includes('{"Key":"team","Value":"crm"}'),
      );
      expect([type, all.length > 0, without.map(({ id }) => id)]).toEqual([type, true, []]);
    }
  });

  it('is encrypted with a key of its own, where it says so', () => {
    const [test] = templatesOf(deployExample(repository, { name: 'test', customerManagedKey: true })) as [
      Template,
    ];
    const encrypted = {
      'AWS::KMS::Key': { EnableKeyRotation: true },
      'AWS::DynamoDB::Table': { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } },
      'AWS::SQS::Queue': { KmsMasterKeyId: Match.anyValue() },
      'AWS::SecretsManager::Secret': { KmsKeyId: Match.anyValue() },
    };
    for (const [type, properties] of Object.entries(encrypted)) {
      const all = resourcesOf([test], type).length;
      expect([type, count(test, type, { Properties: properties })]).toEqual([type, all]);
    }
  });
});
