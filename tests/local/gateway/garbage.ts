// Requests that no client would write: the form of an operation's input is known, and parts of it are broken.
import * as fc from 'fast-check';
import { ACCOUNT, REGION } from './small-cloud.ts';
import type { ClientOperation, Form, Member } from './operations-of-clients.ts';

export interface GarbageRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A member of the input that has another type of JSON than the model says: nobody may take it. */
  readonly broken: string | undefined;
}

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const MACHINE = arn('states', 'stateMachine:machine');

/** What is there under these names, so that garbage comes past the first check. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  Action: ['PUT', 'DELETE', 'ADD', 'lambda:InvokeFunction'],
  Arn: [arn('sqs', 'queue:queue'), arn('lambda', 'function:echo'), MACHINE],
  AttributeName: ['All', 'expires', 'RedrivePolicy', 'pk'],
  AttributeNames: [['All'], ['RedrivePolicy']],
  AttributesToGet: [['pk']],
  Bucket: ['bucket'],
  BucketName: ['bucket'],
  ConditionExpression: [
    'attribute_exists(pk)',
    'pk = :a',
    'begins_with(pk, sk)',
    'size(pk) > :a',
    'pk IN (:a)',
  ],
  DestinationArn: [arn('sqs', 'queue')],
  DestinationPhoneNumber: ['+4915112345678'],
  Detail: ['{}', '{"a":1}', '[]', '{"__proto__":{"a":1}}'],
  DetailType: ['Order Completed'],
  EmailAddress: ['ada@example.com'],
  EmailIdentity: ['shop.example'],
  Event: [
    '{}',
    '{"id":"1","source":"shop","detail-type":"x","account":"1","time":"2026-01-01T00:00:00Z","region":"x","resources":[],"detail":{}}',
  ],
  EventBusName: ['bus', 'default'],
  EventPattern: [
    '{"source":["shop"]}',
    '{"source":[{"wildcard":"*"}]}',
    '{"a":[{"numeric":["<",1]}]}',
    '{"__proto__":["a"]}',
  ],
  EventSourceArn: [arn('sqs', 'queue'), arn('dynamodb', 'table/things')],
  ExpressionAttributeNames: [{ '#a': 'pk' }, { '#a': '__proto__' }],
  ExpressionAttributeValues: [{ ':a': { S: 'x' } }, { ':a': { N: '1' } }],
  ExclusiveStartKey: [{ pk: { S: 'a' }, sk: { S: 'b' } }, { pk: { S: 'a' } }],
  FilterExpression: ['attribute_exists(pk)', 'contains(pk, :a)', '#a = :a', '(((('],
  FromEmailAddress: ['news@shop.example', 'News <news@shop.example>'],
  FunctionName: ['echo', arn('lambda', 'function:echo')],
  Input: ['{}', '{"a":1}', 'x'],
  Item: [
    { pk: { S: 'a' }, sk: { S: 'b' } },
    { pk: { S: '__proto__' }, sk: { S: '__proto__' }, __proto__: { S: 'x' } },
  ],
  Key: [
    { pk: { S: 'a' }, sk: { S: 'b' } },
    { pk: { S: 'a' }, sk: { S: 'b' }, x: { S: 'c' } },
    'some/key',
    '../../etc/passwd',
    '__proto__',
  ],
  KeyConditionExpression: ['pk = :a', 'pk = :a AND begins_with(sk, :a)', '#a = :a', 'sk > :a'],
  LogType: ['Tail', 'None'],
  InvocationType: ['RequestResponse', 'Event', 'DryRun'],
  MessageBody: ['hello', '\u0000'],
  MetricName: ['Invocations'],
  Name: ['rule', 'secret', 'a', '__proto__'],
  Namespace: ['AWS/Lambda', 'Wend'],
  Period: [60, 1],
  Statistics: [['Sum']],
  StartTime: [1_772_438_400, '2026-03-02T00:00:00Z'],
  EndTime: [1_772_524_800, '2026-03-03T00:00:00Z'],
  ProjectionExpression: ['pk', '#a', 'a.b[0]', 'a['],
  QueueName: ['queue', 'another'],
  QueueUrl: [`http://127.0.0.1/${ACCOUNT}/queue`, 'queue'],
  ReceiptHandle: ['AQEB', '__proto__'],
  RedrivePolicy: ['{"maxReceiveCount":1}', '{'],
  RequestItems: [
    { things: [{ PutRequest: { Item: { pk: { S: 'a' }, sk: { S: 'b' } } } }] },
    { things: { Keys: [{ pk: { S: 'a' }, sk: { S: 'b' } }] } },
  ],
  ResourceArn: [arn('dynamodb', 'table/things'), arn('events', 'rule/bus/rule')],
  Rule: ['rule'],
  ScheduleExpression: [
    'rate(1 minute)',
    'cron(0 10 * * ? *)',
    'at(2026-03-05T00:00:00)',
    'cron(* * * * * *)',
  ],
  SecretId: ['secret'],
  SourceArn: [arn('sqs', 'dead')],
  TableName: ['things'],
  UpdateExpression: [
    'SET a = :a',
    'SET #a = :a',
    'REMOVE a',
    'ADD n :a',
    'SET a[0] = :a',
    'SET a.b = a',
    'DELETE s :a',
    'SET a = if_not_exists(b, :a) + :a',
  ],
  definition: [JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }), '{}', '{'],
  executionArn: [arn('states', 'execution:machine:a')],
  input: ['{}', '[1]', 'x', '{"__proto__":1}'],
  name: ['a', '__proto__', 'machine'],
  output: ['{}', 'x'],
  stateMachineArn: [MACHINE],
  taskToken: ['x'],
};

const HOSTILE_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\uD800',
  '__proto__',
  'constructor',
  'toString',
  '../../../../etc/passwd',
  '%',
  '%2e%2e%2f',
  '<a>&"\r\n',
  '$.x[',
  '{% $x %}',
  '-1',
  '1e999',
  'NaN',
  'a'.repeat(300),
  'é'.repeat(2_000),
  '9'.repeat(50),
  'arn:aws:sqs:::',
  '2026-99-99T99:99:99Z',
];
const HOSTILE_NUMBERS = [0, -1, 0.5, 1e21, 2 ** 31, 2 ** 53, -(2 ** 63), 1];

/** A value of another type of JSON. null is none: it means that the member is not there. */
function ofOtherType(type: Form['type']): fc.Arbitrary<unknown> {
  const values: readonly (readonly [string, unknown])[] = [
    ['text', 'x'],
    ['number', 1],
    ['boolean', true],
    ['list', [1, 'x']],
    ['members', { x: 1 }],
  ];
  const own = type === 'map' ? 'members' : type === 'bytes' ? 'text' : type;
  return fc.constantFrom(...values.filter(([other]) => other !== own).map(([, value]) => value));
}

function valueOf(name: string, form: Form, depth: number): fc.Arbitrary<unknown> {
  const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  // It would only take long.
  if (name === 'WaitTimeSeconds') return fc.constantFrom(0, -1, 21);
  const any = plain(name, form, depth);
  return known === undefined
    ? any
    : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
}

function plain(name: string, form: Form, depth: number): fc.Arbitrary<unknown> {
  const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ maxLength: 8 }));
  switch (form.type) {
    case 'text':
      return text;
    case 'bytes':
      return fc.oneof(fc.constantFrom('eA==', 'e30=', 'x', '===='), text);
    case 'number':
      return fc.oneof(fc.constantFrom(...HOSTILE_NUMBERS), fc.integer({ min: 0, max: 20 }));
    case 'time':
      return fc.constantFrom(0, 1_772_438_400, 1e18, -1e18, '2026-03-02T00:00:00Z');
    case 'boolean':
      return fc.boolean();
    case 'any':
      return fc.jsonValue({ maxDepth: 2 });
    case 'list':
      return depth === 0 ? fc.constant([]) : fc.array(valueOf(name, form.of(), depth - 1), { maxLength: 3 });
    case 'map':
      return depth === 0
        ? fc.constant({})
        : fc
            .array(fc.tuple(text, valueOf(name, form.of(), depth - 1)), { maxLength: 3 })
            .map((entries) => withKeys(entries));
    case 'members':
      return depth === 0 ? fc.constant({}) : membersOf(form.members, depth - 1).map(({ value }) => value);
  }
}

/** `__proto__` is a key as others are. */
function withKeys(entries: readonly (readonly [string, unknown])[]): unknown {
  return JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
  );
}

function membersOf(members: Readonly<Record<string, Member>>, depth: number) {
  const names = Object.keys(members);
  const chosen = names.map((name) => {
    const form = members[name]?.form() ?? { type: 'any' as const };
    const isOpen = form.type === 'any' || form.type === 'time';
    return fc.oneof(
      {
        weight: Object.hasOwn(KNOWN, name) ? 40 : 8,
        arbitrary: valueOf(name, form, depth).map((value) => ({ value, isBroken: false })),
      },
      { weight: 14, arbitrary: fc.constant({ value: undefined, isBroken: false }) },
      { weight: 1, arbitrary: fc.constant({ value: null, isBroken: false }) },
      {
        weight: isOpen ? 0 : 1,
        arbitrary: ofOtherType(form.type).map((value) => ({ value, isBroken: true })),
      },
    );
  });
  return fc.tuple(...chosen).map((values) => {
    const broken = names.filter((_, index) => values[index]?.isBroken === true);
    const entries = names.flatMap((name, index) => {
      const value = values[index]?.value;
      return value === undefined ? [] : [[name, value] as const];
    });
    return { value: withKeys(entries) as Readonly<Record<string, unknown>>, broken };
  });
}

/** Bodies that are no JSON of an object, or not quite. */
const BROKEN_BODIES: readonly ((body: string) => string)[] = [
  (body) => body.slice(0, Math.floor(body.length / 2)),
  () => '',
  () => 'null',
  () => '[]',
  () => '"x"',
  () => '1',
  () => '\u0000\uFFFD',
  () => 'Action=X&Version=1',
  () => '<xml/>',
  () => '['.repeat(20_000),
  (body) => `${body},`,
];

export function garbageOf(operation: ClientOperation): fc.Arbitrary<GarbageRequest> {
  const breaking = fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...BROKEN_BODIES) },
  );
  return fc.tuple(membersOf(operation.input, 4), breaking).map(([{ value, broken }, breakBody]) => {
    const request = written(operation, value);
    const brokenInBody = broken.find((name) => operation.input[name]?.place === undefined);
    return {
      ...request,
      body: breakBody === undefined ? request.body : breakBody(request.body),
      broken: breakBody === undefined ? brokenInBody : undefined,
    };
  });
}

/** The same for the query protocol, which older clients of these services speak. */
export function garbageFormOf(operation: ClientOperation): fc.Arbitrary<GarbageRequest> {
  return garbageOf(operation).map(({ body, headers, ...rest }) => ({
    ...rest,
    headers: {
      authorization: headers['authorization'] ?? '',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: formOf(operation.name, body),
    // Everything is text there, and what is a list is told by the names.
    broken: undefined,
  }));
}

/** `QueueUrl=…&Entry.1.Id=…`; a body that is no JSON of an object goes as it is. */
function formOf(action: string, body: string): string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return body;
  }
  const form = new URLSearchParams({ Action: action, Version: '2012-11-05' });
  const append = (name: string, one: unknown): void => {
    if (typeof one !== 'object' || one === null) form.append(name, String(one).toWellFormed());
    else
      for (const [key, inner] of Object.entries(one)) {
        const part = Array.isArray(one) ? String(Number(key) + 1) : key;
        append(name === '' ? part : `${name}.${part}`, inner);
      }
  };
  append('', value);
  return form.toString();
}

/** As the protocol of the service writes it. */
function written(
  { service, target, http, input }: ClientOperation,
  value: Readonly<Record<string, unknown>>,
): Omit<GarbageRequest, 'broken'> {
  const headers: Record<string, string> = {
    authorization: `AWS4-HMAC-SHA256 Credential=test/20260302/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=x`,
    'content-type': target === undefined ? 'application/json' : 'application/x-amz-json-1.0',
    ...(target !== undefined && { 'x-amz-target': target }),
  };
  if (http === undefined) return { method: 'POST', path: '/', headers, body: JSON.stringify(value) };
  const [form = '/', fixed = ''] = http.path.split('?');
  const query = new URLSearchParams(fixed);
  const labels = new Map<string, string>();
  const body: [string, unknown][] = [];
  let payload: unknown;
  for (const [name, one] of Object.entries(value)) {
    const { place } = input[name] ?? {};
    const text = typeof one === 'string' ? one : JSON.stringify(one);
    if (place === undefined) body.push([name, one]);
    else if (place.in === 'path') labels.set(name, text);
    else if (place.in === 'query') query.append(place.name, text);
    else if (place.in === 'payload') payload = one;
    else if (place.name !== 'Content-Length' && /^[\x20-\x7E]*$/.test(text))
      headers[place.name.toLowerCase()] = text;
  }
  const root = service === 's3' && 'Bucket' in input ? '/{Bucket}' : '';
  const path = `${root}${form}`.replaceAll(/\{(\w+)(\+?)\}/g, (_, name: string) =>
    encodeURIComponent((labels.get(name) ?? 'x').toWellFormed()),
  );
  const search = query.toString();
  return {
    method: http.method,
    path: search === '' ? path : `${path}?${search}`,
    headers,
    body:
      payload === undefined
        ? JSON.stringify(Object.fromEntries(body))
        : typeof payload === 'string'
          ? payload
          : JSON.stringify(payload),
  };
}
