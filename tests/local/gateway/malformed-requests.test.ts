// The usual mistakes of those who write requests by hand, in each service: its own name of the error, its own protocol, and the status that
// tells clients whether to try again. garbage.test.ts sends what nobody would write.
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, REGION, openSmallCloud, type SmallCloud } from './small-cloud.ts';

let small: SmallCloud;
beforeAll(async () => {
  small = await openSmallCloud();
});
afterAll(() => small[Symbol.asyncDispose]());

interface Refused {
  readonly status: number;
  readonly type: string | null;
  readonly name: string | undefined;
  readonly message: string | undefined;
}

interface Written {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(
  service: string,
  body: string,
  { method = 'POST', path = '/', headers = {} }: Written = {},
): Promise<Refused> {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260302/${REGION}/${service}/aws4_request`;
  const response = await fetch(`${small.cloud.place.endpoint}${path}`, {
    method,
    headers: { authorization, ...headers },
    ...(method !== 'GET' && { body }),
  });
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (type?.includes('xml') === true) {
    const { ErrorResponse: wrapped, Error: bare } = new XMLParser().parse(text) as {
      readonly ErrorResponse?: { readonly Error: { readonly Code: string; readonly Message: string } };
      readonly Error?: { readonly Code: string; readonly Message: string };
    };
    const error = wrapped?.Error ?? bare;
    return { status: response.status, type, name: error?.Code, message: error?.Message };
  }
  const told = JSON.parse(text) as { readonly __type?: string; readonly message?: string };
  // DynamoDB says to whom the error belongs as well; clients take what stands behind.
  return { status: response.status, type, name: told.__type?.split('#').at(-1), message: told.message };
}

const machine = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:nowhere`;
/** Service, its target, an operation, a member that is a text there, input about something that is not there, and what that is called. */
const JSON_SERVICES = [
  [
    'dynamodb',
    'DynamoDB_20120810',
    'GetItem',
    'TableName',
    { TableName: 'nowhere', Key: {} },
    'ResourceNotFoundException',
  ],
  [
    'states',
    'AWSStepFunctions',
    'StartExecution',
    'stateMachineArn',
    { stateMachineArn: machine },
    'StateMachineDoesNotExist',
  ],
  ['events', 'AWSEvents', 'DescribeRule', 'Name', { Name: 'nowhere' }, 'ResourceNotFoundException'],
  [
    'secretsmanager',
    'secretsmanager',
    'GetSecretValue',
    'SecretId',
    { SecretId: 'no' },
    'ResourceNotFoundException',
  ],
  [
    'sms-voice',
    'PinpointSMSVoiceV2',
    'DescribeOptedOutNumbers',
    'OptOutListName',
    { OptOutListName: 'no' },
    'ResourceNotFoundException',
  ],
  [
    'sqs',
    'AmazonSQS',
    'ReceiveMessage',
    'QueueUrl',
    { QueueUrl: 'http://127.0.0.1/1/no' },
    'QueueDoesNotExist',
  ],
  [
    'logs',
    'Logs_20140328',
    'FilterLogEvents',
    'logGroupName',
    { logGroupName: '/no' },
    'ResourceNotFoundException',
  ],
  [
    'monitoring',
    'GraniteServiceVersion20100801',
    'GetMetricStatistics',
    'Namespace',
    {},
    'MissingRequiredParameterException',
  ],
] as const;

describe.each(JSON_SERVICES)('%s', (service, prefix, operation, member, absent, notFound) => {
  const call = (name: string, body: unknown) =>
    ask(service, typeof body === 'string' ? body : JSON.stringify(body), {
      headers: { 'x-amz-target': `${prefix}.${name}`, 'content-type': 'application/x-amz-json-1.0' },
    });

  it('refuses what is not in order by the names of AWS', async () => {
    expect(await call(operation, '{"a":')).toMatchObject({ status: 400, name: 'SerializationException' });
    expect(await call(operation, [])).toMatchObject({ status: 400, name: 'SerializationException' });
    expect(await call(operation, { ...absent, [member]: 7 })).toMatchObject({
      status: 400,
      name: 'SerializationException',
    });
    expect(await call(operation, absent)).toMatchObject({ status: 400, name: notFound });
    expect(await call(operation, { ...absent, Colour: 'red' })).toMatchObject({
      status: 501,
      name: 'NotImplemented',
      message: expect.stringContaining('the option Colour'),
    });
    expect(await call('PaintItRed', {})).toMatchObject({
      status: 501,
      name: 'NotImplemented',
      message: expect.stringContaining('PaintItRed'),
    });
    const foreign = await ask(service, '{}', { headers: { 'x-amz-target': 'Somebody.Else' } });
    expect(foreign).toMatchObject({ status: 400, name: 'UnknownOperationException' });
  });
});

describe.each([
  ['sqs', 'Action=SendMessage', 'MissingParameter'],
  ['sqs', 'Action=ReceiveMessage&QueueUrl=x&MaxNumberOfMessages=many', 'InvalidParameterValue'],
  ['sqs', 'Action=SendMessage&QueueUrl=x&QueueUrl.1=y', 'MalformedQueryString'],
  ['monitoring', 'Action=DescribeAlarms&MaxRecords=many', 'InvalidParameterValue'],
  ['monitoring', 'Action=GetMetricStatistics', 'MissingParameter'],
  ['cloudformation', 'Action=DescribeStacks&StackName=nowhere', 'ValidationError'],
])('a form to %s: %s', (service, form, name) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };

  it(`is refused as ${name}`, async () => {
    expect(await ask(service, form, { headers })).toMatchObject({ status: 400, type: 'text/xml', name });
  });

  it('names an action', async () => {
    expect(await ask(service, 'Version=1', { headers })).toMatchObject({
      status: 400,
      name: 'MissingAction',
    });
    expect(await ask(service, 'Action=PaintItRed', { headers })).toMatchObject({
      status: 501,
      name: 'NotImplemented',
    });
  });
});

it.each([
  ['ses', 'POST', '/v2/email/outbound-emails', '{', 400, 'SerializationException'],
  ['ses', 'POST', '/v2/email/outbound-emails', '{}', 400, 'BadRequestException'],
  ['ses', 'PUT', '/v2/email/account/sending', '{"SendingEnabled":"no"}', 400, 'SerializationException'],
  ['ses', 'GET', '/v2/email/identities/nowhere.example', '', 404, 'NotFoundException'],
  ['ses', 'GET', '/v2/email/deliverability-dashboard', '', 501, 'NotImplemented'],
  ['scheduler', 'POST', '/schedules/x', '{"ScheduleExpression":7}', 400, 'SerializationException'],
  ['scheduler', 'POST', '/schedules/x', '{}', 400, 'ValidationException'],
  ['scheduler', 'GET', '/schedules?NextToken=x', '', 400, 'ValidationException'],
  ['scheduler', 'GET', '/schedules/nowhere', '', 404, 'ResourceNotFoundException'],
  ['lambda', 'GET', '/2015-03-31/functions/nobody', '', 404, 'ResourceNotFoundException'],
  ['lambda', 'GET', '/2015-03-31/functions?Marker=x', '', 400, 'InvalidParameterValueException'],
  ['lambda', 'POST', '/2015-03-31/functions/echo/invocations', '{', 400, 'InvalidRequestContentException'],
  ['s3', 'GET', '/nowhere?list-type=2', '', 404, 'NoSuchBucket'],
  ['s3', 'GET', '/bucket/nothing', '', 404, 'NoSuchKey'],
  ['s3', 'POST', '/bucket?delete', '<Delete', 400, 'MalformedXML'],
  ['s3', 'GET', '/bucket?list-type=2&max-keys=many', '', 400, 'InvalidArgument'],
  ['social-messaging', 'POST', '/v1/whatsapp/send', '{"message":7}', 400, 'SerializationException'],
  ['mobiletargeting', 'POST', '/v1/apps/a/messages', '{}', 400, 'BadRequestException'],
])('%s: %s %s with %s is refused with %s %s', async (service, method, path, body, status, name) => {
  expect(await ask(service, body, { method, path })).toMatchObject({ status, name });
});

it('what is larger than any service takes is refused in the words of its protocol', async () => {
  const large = 'x'.repeat(16 * 1024 * 1024 + 1);
  expect(
    await ask('states', large, { headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' } }),
  ).toEqual(expect.objectContaining({ status: 413, name: 'RequestEntityTooLarge' }));
  expect(await ask('s3', large, { method: 'PUT', path: '/bucket/large' })).toMatchObject({
    status: 413,
    type: 'application/xml',
    name: 'RequestEntityTooLarge',
  });
});

it('what is larger than a service takes is refused by its name', async () => {
  const secret = { SecretId: 'secret', SecretString: 'x'.repeat(65_537) };
  const target = { headers: { 'x-amz-target': 'secretsmanager.PutSecretValue' } };
  expect(await ask('secretsmanager', JSON.stringify(secret), target)).toMatchObject({
    status: 400,
    name: 'ValidationException',
  });
  const event = JSON.stringify('x'.repeat(6 * 1024 * 1024));
  const path = '/2015-03-31/functions/echo/invocations';
  expect(await ask('lambda', event, { path })).toMatchObject({
    status: 413,
    name: 'RequestTooLargeException',
  });
});

it('a client that speaks CBOR is told so in CBOR', async () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260302/${REGION}/monitoring/aws4_request`;
  const response = await fetch(
    `${small.cloud.place.endpoint}/service/GraniteServiceVersion20100801/operation/ListMetrics`,
    {
      method: 'POST',
      headers: { authorization, 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
      body: new Uint8Array([0xa0]),
    },
  );
  expect(response.status).toBe(501);
  expect(response.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
  const message = 'The local cloud does not have ListMetrics of Amazon CloudWatch in CBOR, only in JSON.';
  // A map of two: texts of 6 and 14 bytes, of 7, and of one whose length stands in a byte of its own.
  const text = `\u00A2f__typenNotImplementedgmessagex${String.fromCodePoint(message.length)}${message}`;
  expect(Buffer.from(await response.arrayBuffer()).toString('latin1')).toBe(text);
});
