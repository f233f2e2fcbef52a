// What each function may do beyond its log: exactly the calls that its adapters make. Kept in one place, because this is what somebody
// who audits the deployment wants to read. A variable that names a resource comes with the calls on it; what differs by function stands
// below. Who may send is said by delivery-permissions.ts.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { FunctionName, QueueName } from '#lib/contracts/deployment-names.ts';
import { INDEXES } from '#lib/contracts/profiles-table.ts';
import { endpointSecrets } from '#lib/journey/endpoint-secrets.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { DeployedFunction } from './deployed-function.ts';
import type { DeploymentArns } from './deployment-arns.ts';
import type { Functions, VariableName } from './functions.ts';
import type { WorkQueue } from './work-queue.ts';

export interface PermissionsProps {
  readonly functions: Functions;
  readonly table: Table;
  readonly bus: EventBus;
  /** Under which customer ids are hashed. */
  readonly customerSecret: Secret;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly arns: DeploymentArns;
  /** With which all of these are encrypted, where they are not with AWS's own. */
  readonly encryptionKey: Key | undefined;
  /** Names the functions and endpoints that journeys may call. */
  readonly settings: Settings;
}

/** Calls of every function that decides: its document is read and written under a condition, switches are asked for. */
const TABLE_CALLS = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'];

/** Calls on the machines of journeys, by function. */
const MACHINE_CALLS: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'relay-effects': ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
  'start-runs': ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
  'pass-time': ['states:StartExecution', 'states:SendTaskSuccess', 'states:SendTaskFailure'],
};

/** Calls on their executions. */
const EXECUTION_CALLS: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'relay-effects': ['states:StopExecution'],
  'start-runs': ['states:StopExecution'],
  // What is overdue is looked up; and an event of the end of an execution has its input only where it is short.
  'pass-time': ['states:StopExecution', 'states:DescribeExecution'],
};

/**
 * Of whoever calls DynamoDB, SQS and Secrets Manager where they encrypt with a key of the customer's own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const KEY_CALLS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Grants everything. */
export function grantPermissions(props: PermissionsProps): void {
  const { functions, arns, table, encryptionKey, settings } = props;
  for (const one of functions.all) {
    grantByVariables(one, functions.variablesOf(one.name), props);
    grantExecutions(one, arns);
    if (encryptionKey !== undefined) one.allow(KEY_CALLS, [encryptionKey.keyArn]);
  }
  // Slots of a channel with a rate are counted up.
  functions.get('send-message').allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], [table.tableArn]);
  // What becomes of messages is counted up, by journey.
  functions.get('ingest-events').allow(['dynamodb:UpdateItem'], [table.tableArn]);
  // Of whom was erased all items but the document are found and deleted.
  for (const name of ['relay-effects', 'pass-time'] as const)
    functions.get(name).allow(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], [table.tableArn]);
  functions.get('find-due').allow(['dynamodb:Query'], [`${table.tableArn}/index/${INDEXES.look}`]);
  functions.get('tell-customers').allow(['dynamodb:Query'], [`${table.tableArn}/index/${INDEXES.customers}`]);
  grantFunctions(functions.get('invoke-function'), settings);
  grantEndpoints(functions.get('call-endpoint'), settings);
}

function grantByVariables(
  one: DeployedFunction,
  variables: readonly VariableName[],
  { table, bus, queues, customerSecret, arns }: PermissionsProps,
): void {
  const grants: Readonly<Partial<Record<VariableName, readonly [readonly string[], string]>>> = {
    TABLE_NAME: [TABLE_CALLS, table.tableArn],
    BUS_NAME: [['events:PutEvents'], bus.eventBusArn],
    CUSTOMER_SECRET_ARN: [['secretsmanager:GetSecretValue'], customerSecret.secretArn],
    EVENTS_DEAD_LETTERS_URL: [['sqs:SendMessage'], queues.events.deadLetters.queueArn],
    STARTS_DEAD_LETTERS_URL: [['sqs:SendMessage'], queues.starts.deadLetters.queueArn],
    LOOKS_DEAD_LETTERS_URL: [['sqs:SendMessage'], queues.looks.deadLetters.queueArn],
    STARTS_QUEUE_URL: [['sqs:SendMessage'], queues.starts.queue.queueArn],
    LOOKS_QUEUE_URL: [['sqs:SendMessage'], queues.looks.queue.queueArn],
    AUDIENCE_MACHINE_ARN: [['states:StartExecution'], arns.audienceMachine],
  };
  for (const variable of variables) {
    const [actions, resource] = grants[variable] ?? [];
    if (actions !== undefined && resource !== undefined) one.allow(actions, [resource]);
  }
}

function grantExecutions(one: DeployedFunction, arns: DeploymentArns): void {
  const reason =
    'The machines of journeys come and go with their versions; all of this deployment, and no others, begin like this.';
  const onMachines = MACHINE_CALLS[one.name];
  if (onMachines !== undefined) one.allowAll(onMachines, arns.machines, reason);
  const onExecutions = EXECUTION_CALLS[one.name];
  if (onExecutions !== undefined) one.allowAll(onExecutions, arns.executions, reason);
}

/** Functions of the customer's own: those that the settings name. */
function grantFunctions(invokeFunction: DeployedFunction, { functions }: Settings): void {
  const called = Object.values(functions).map(({ lambda }) =>
    lambda.startsWith('arn:') ? lambda : arnOf(invokeFunction, 'lambda', 'function', lambda),
  );
  if (called.length > 0) invokeFunction.allow(['lambda:InvokeFunction'], [...new Set(called)].toSorted());
}

/** Secrets of the endpoints that the settings name. */
function grantEndpoints(callEndpoint: DeployedFunction, { endpoints }: Settings): void {
  const secrets = Object.values(endpoints).flatMap(endpointSecrets);
  for (const secret of new Set(secrets))
    callEndpoint.allowAll(
      ['secretsmanager:GetSecretValue'],
      arnOf(callEndpoint, 'secretsmanager', 'secret', `${secret}-??????`),
      `Secrets Manager appends six characters of its own to the name ${secret}.`,
    );
}

function arnOf(scope: DeployedFunction, service: string, resource: string, resourceName: string): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return Stack.of(scope).formatArn({ service, resource, resourceName, arnFormat });
}
