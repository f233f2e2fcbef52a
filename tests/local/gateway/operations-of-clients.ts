// Every operation of the services that the local cloud has, with the form of its input, as the SDK's own clients know them.
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as eventBridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as pinpoint from '@aws-sdk/client-pinpoint';
import * as textMessages from '@aws-sdk/client-pinpoint-sms-voice-v2';
import * as s3 from '@aws-sdk/client-s3';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as ses from '@aws-sdk/client-sesv2';
import * as sfn from '@aws-sdk/client-sfn';
import * as socialMessaging from '@aws-sdk/client-socialmessaging';
import * as sqs from '@aws-sdk/client-sqs';

/** What a member of an input is; `any`: what the model leaves open. */
export type Form =
  | { readonly type: 'text' | 'number' | 'boolean' | 'bytes' | 'time' | 'any' }
  | { readonly type: 'list'; readonly of: () => Form }
  | { readonly type: 'map'; readonly of: () => Form }
  | { readonly type: 'members'; readonly members: Readonly<Record<string, Member>> };

export interface Member {
  readonly form: () => Form;
  /** Where the REST protocol writes it; undefined: in the body. */
  readonly place: { readonly in: 'path' | 'query' | 'header' | 'payload'; readonly name: string } | undefined;
}

export interface ClientOperation {
  readonly service: string;
  readonly name: string;
  /** `X-Amz-Target`; undefined: the REST protocol. */
  readonly target: string | undefined;
  readonly http: { readonly method: string; readonly path: string } | undefined;
  readonly input: Readonly<Record<string, Member>>;
}

const CLIENTS: readonly (readonly [string, object, string | undefined])[] = [
  ['dynamodb', dynamoDb, 'DynamoDB_20120810'],
  ['sqs', sqs, 'AmazonSQS'],
  ['states', sfn, 'AWSStepFunctions'],
  ['events', eventBridge, 'AWSEvents'],
  ['secretsmanager', secrets, 'secretsmanager'],
  ['sms-voice', textMessages, 'PinpointSMSVoiceV2'],
  ['monitoring', cloudWatch, 'GraniteServiceVersion20100801'],
  ['ses', ses, undefined],
  ['mobiletargeting', pinpoint, undefined],
  ['social-messaging', socialMessaging, undefined],
  ['scheduler', scheduler, undefined],
  ['lambda', lambda, undefined],
  ['s3', s3, undefined],
];

/** In the order of the services' clients. */
export function operationsOfClients(): readonly ClientOperation[] {
  return CLIENTS.flatMap(([service, client, prefix]) =>
    Object.entries(client).flatMap(([name, Command]) => {
      if (!name.endsWith('Command') || name === '$Command' || typeof Command !== 'function') return [];
      const { schema } = new (Command as new (input: object) => { readonly schema: readonly unknown[] })({});
      const [, , operation, traits, input] = schema;
      const { http } = (typeof traits === 'object' ? traits : {}) as { readonly http?: readonly string[] };
      const form = formOf(input);
      return [
        {
          service,
          name: String(operation),
          target: prefix === undefined ? undefined : `${prefix}.${String(operation)}`,
          http: http && { method: http[0] ?? '', path: http[1] ?? '' },
          input: form.type === 'members' ? form.members : {},
        },
      ];
    }),
  );
}

// How the clients write down their models: numbers of simple shapes, and lists that begin with the number of what they describe.
// https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/sentinels.ts
const SIMPLE: Readonly<Record<number, Form['type']>> = {
  0: 'text',
  1: 'number',
  2: 'boolean',
  4: 'time',
  5: 'time',
  6: 'time',
  7: 'time',
  15: 'any',
  17: 'number',
  19: 'number',
  21: 'bytes',
  42: 'bytes',
};
const LIST_OF = 64;
const MAP_OF = 128;

function formOf(schema: unknown): Form {
  const found: unknown = typeof schema === 'function' ? (schema as () => unknown)() : schema;
  if (typeof found === 'number') {
    if (found >= MAP_OF) return { type: 'map', of: () => formOf(found - MAP_OF) };
    if (found >= LIST_OF) return { type: 'list', of: () => formOf(found - LIST_OF) };
    return { type: SIMPLE[found] ?? 'any' } as Form;
  }
  if (!Array.isArray(found)) return { type: 'any' };
  const [kind, , , , first, second] = found as readonly unknown[];
  // A member with traits of its own: the form, then the traits.
  if (typeof kind !== 'number' || found.length === 2) return formOf(kind);
  switch (kind) {
    case 0:
      return formOf(first);
    case 1:
      return { type: 'list', of: () => formOf(first) };
    case 2:
      return { type: 'map', of: () => formOf(second) };
    default: {
      const names = Array.isArray(first) ? (first as readonly string[]) : [];
      const forms = Array.isArray(second) ? (second as readonly unknown[]) : [];
      const members = names.map((name, index) => [name, memberOf(name, forms[index])] as const);
      return { type: 'members', members: Object.fromEntries(members) };
    }
  }
}

function memberOf(name: string, schema: unknown): Member {
  const [, traits] = Array.isArray(schema) && schema.length === 2 ? (schema as readonly unknown[]) : [];
  return { form: () => formOf(schema), place: placeOf(name, traits) };
}

/** Traits are an object, or a number whose first bit says that the member is a label of the path. */
function placeOf(name: string, traits: unknown): Member['place'] {
  if (typeof traits === 'number') {
    if ((traits & 1) === 1) return { in: 'path', name };
    return (traits & 16) === 16 ? { in: 'payload', name } : undefined;
  }
  const { httpQuery, httpHeader, httpPayload, httpLabel } = (traits ?? {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof httpQuery === 'string') return { in: 'query', name: httpQuery };
  if (typeof httpHeader === 'string') return { in: 'header', name: httpHeader };
  if (httpLabel !== undefined) return { in: 'path', name };
  return httpPayload === undefined ? undefined : { in: 'payload', name };
}
