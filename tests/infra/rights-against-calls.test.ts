// What each function may call against what it can call: the commands of AWS's clients that are in its code. One that is missing in its
// role would only be noticed in production; one that is superfluous is a right that nobody uses and somebody may misuse.
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_NAMES, functionName, type FunctionName } from '#lib/contracts/deployment-names.ts';
import { readRepository } from '#lib/repository/repository.ts';
import { packedFunctions, type Bundles } from '../bundles-fixture.ts';
import { deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

/** Package of a client → the prefix of its actions in policies. */
const PREFIXES: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'client-eventbridge': 'events',
  'client-lambda': 'lambda',
  'client-pinpoint': 'mobiletargeting',
  'client-pinpoint-sms-voice-v2': 'sms-voice',
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'ses',
  'client-sfn': 'states',
  'client-socialmessaging': 'social-messaging',
  'client-sqs': 'sqs',
};
/** Where the action has another name than the command. */
const ACTIONS: Readonly<Record<string, string>> = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
};

/** In the code of every function that has the client, and never sent. */
const NEVER_SENT = [
  // The client asks only where discovery of endpoints is switched on.
  'dynamodb:DescribeEndpoints',
  // A switch goes back only by hand (wend resume); functions read switches.
  'dynamodb:DeleteItem',
];
/** What is never sent by others: these remove what is kept of whoever was erased. */
const SENT_BY: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  'relay-effects': ['dynamodb:DeleteItem'],
  'pass-time': ['dynamodb:DeleteItem'],
};
/** Part of an adapter of which the function uses the rest. */
const NOT_SENT_BY: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  // Executions are looked up by the sweep alone.
  'relay-effects': ['states:DescribeExecution'],
  'start-runs': ['states:DescribeExecution'],
};

/** What Lambda itself does by the role: logs, traces, and reading what feeds the function. */
const OF_THE_PLATFORM =
  /^(?:logs:|xray:|s3:(?:PutObject|ListBucket)$|dynamodb:(?:ListStreams|DescribeStream|GetRecords|GetShardIterator)$|sqs:(?:ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes|GetQueueUrl)$)/;

let bundles: Bundles;
let root: Template;
beforeAll(async () => {
  bundles = await packedFunctions();
  const repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
  [root] = templatesOf(deployExample(repository)) as [Template];
}, 120_000);
afterAll(() => bundles.remove());

/** Actions behind the commands in the code of a function. */
function called(name: FunctionName): readonly string[] {
  const inputs = bundles.functions.find((one) => one.name === name)?.inputs ?? new Map<string, number>();
  const commands = [...inputs].flatMap(([file, bytes]) => {
    const [, client = '', command = ''] =
      /@aws-sdk\/(client-[^/]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(file) ?? [];
    return bytes > 0 && command !== '' ? [`${PREFIXES[client] ?? client}:${command}`] : [];
  });
  const notSent = [...NEVER_SENT, ...(NOT_SENT_BY[name] ?? [])];
  const actions = commands.map((command) => ACTIONS[command] ?? command);
  const sent = [...actions.filter((action) => !notSent.includes(action)), ...(SENT_BY[name] ?? [])];
  return [...new Set(sent)].toSorted();
}

/** Actions that the role of a function allows it. */
function allowed(name: FunctionName): readonly string[] {
  const [found] = resourcesOf([root], 'AWS::Lambda::Function').filter(
    ({ Properties }) => Properties['FunctionName'] === functionName('wend-test', name),
  );
  const [, role = ''] = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(found?.Properties['Role'])) ?? [];
  const actions = resourcesOf([root], 'AWS::IAM::Policy')
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${role}"`))
    .flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as { Statement: { Action: unknown }[] }).Statement,
    )
    .flatMap(({ Action }) => (Array.isArray(Action) ? Action : [Action]) as readonly string[]);
  return [...new Set(actions)].filter((action) => !OF_THE_PLATFORM.test(action)).toSorted();
}

describe('the role of a function', () => {
  it.each(FUNCTION_NAMES)('lets %s make the calls that are in its code, and no other', (name) => {
    expect(called(name).length).toBeGreaterThan(0);
    expect(allowed(name)).toEqual(called(name));
  });
});
