// What a release must never change in the template of a deployment that is there. CloudFormation makes a new resource where the logical
// id is another or one of these properties is: of what holds customers, that would be an empty one beside the one that everybody is in, or
// a deployment that fails because the name is taken.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, it } from 'vitest';
import { readRepository } from '#lib/repository/repository.ts';
import { deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

let templates: readonly Template[];
beforeAll(async () => {
  const repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  templates = templatesOf(deployExample(repository));
}, 60_000);

/** Logical id → these properties, of all resources of a type. */
function staying(type: string, properties: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    resourcesOf(templates, type).map(({ id, Properties }) => [
      id,
      Object.fromEntries(properties.map((property) => [property, Properties[property]])),
    ]),
  );
}

it('the table of profiles', () => {
  expect(staying('AWS::DynamoDB::Table', ['TableName', 'KeySchema'])).toEqual({
    WendProfilesTableBC59879A: {
      TableName: 'wend-test-profiles',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    },
  });
});

it('the secret under which customers are found, down to how it was generated', () => {
  expect(staying('AWS::SecretsManager::Secret', ['Name', 'GenerateSecretString'])).toEqual({
    WendCustomerSecret6C81308B: {
      Name: 'wend-test-customer-ids',
      GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
    },
  });
});

it('the bus that applications know, and the bucket of what the relay has set aside', () => {
  expect(staying('AWS::Events::EventBus', ['Name'])).toEqual({ WendBus3B7C9749: { Name: 'wend-test' } });
  expect(staying('AWS::S3::Bucket', ['BucketName'])).toEqual({
    WendRelayFailures6AB4F888: { BucketName: undefined },
  });
});

it('the queue that events wait in, with its dead letters', () => {
  expect(staying('AWS::SQS::Queue', ['QueueName'])).toMatchObject({
    WendeventsqueueQueue01A8EF78: { QueueName: 'wend-test-events' },
    WendeventsqueueDeadLettersA7480DC6: { QueueName: 'wend-test-events-dead-letters' },
  });
});

it('the stack that machines of the first group are in, and how a machine is told from the others', () => {
  expect(Object.keys(staying('AWS::CloudFormation::Stack', []))).toContain(
    'WendJourneysGroup1NestedStackGroup1NestedStackResource3B630DD9',
  );
  // By its name and nothing else: no version moves another.
  const machines = resourcesOf(templates.slice(1), 'AWS::StepFunctions::StateMachine');
  expect(machines.length).toBeGreaterThan(20);
  for (const { id, Properties } of machines) {
    expect(Properties['StateMachineType']).toBe('STANDARD');
    expect(id).toBe(String(Properties['StateMachineName']).replaceAll('-', ''));
  }
});
