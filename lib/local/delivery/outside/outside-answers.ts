// Endpoints and functions of somebody else: they are asked for nothing here. Each call is kept in the outbox and answered as it was set
// to be, `{}` where nothing was, as in `wend play`.
import type { Service } from '../../gateway/service.ts';
import { jsonRefusal } from '../../gateway/json-service.ts';
import { parseInput, parseJson } from '../../gateway/parse-input.ts';
import { OUTSIDE_SIGNING_NAME, type OutsideAnswer } from '../../functions/outside-call.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import * as z from 'zod';
import { toJson, type Json } from '../../asl/json.ts';
import { aboutKey } from '../about-tags.ts';
import type { Behaviour } from '../behaviours/behaviour.ts';
import type { Carrier } from '../carrier.ts';

const callSchema = z.strictObject({
  url: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** Names that can be given to the behaviour `refuse` of webhooks. */
export const NOT_REACHED = ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET'] as const;

/** Endpoints answer by a status of HTTP, so that nothing is refused before. */
const NO_REFUSALS = {
  throttled: () => new ServiceError('Throttled', 'asked too often', 429),
  named: (error: string = 'ECONNREFUSED') => new ServiceError(error, 'not reached'),
};

export interface OutsideAnswersOptions {
  readonly carrier: Carrier;
  readonly uniqueId: () => string;
}

/** What a function of somebody else answers. */
export interface FunctionAnswer {
  /** JSON. */
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

/** The service of the gateway that answers what functions ask of other hosts. */
export function outsideService(options: OutsideAnswersOptions): Service {
  const headers = { 'content-type': 'application/json' };
  return {
    signingName: OUTSIDE_SIGNING_NAME,
    title: 'the world outside',
    operations: [],
    operationOf: () => 'Fetch',
    answer: async (_, { body }) => ({
      status: 200,
      headers,
      body: JSON.stringify(await answerEndpoint(options, parseInput(callSchema, parseJson(body)))),
    }),
    refusal: (error) => jsonRefusal(error, headers),
  };
}

async function answerEndpoint(
  options: OutsideAnswersOptions,
  { url, method, headers, body }: z.output<typeof callSchema>,
): Promise<OutsideAnswer> {
  let behaviour: Behaviour | undefined;
  try {
    behaviour = options.carrier.ask('webhook', url, NO_REFUSALS);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 429) return { status: 429, headers: {}, body: '' };
    return { unreachable: NOT_REACHED.find((code) => code === error.name) ?? 'ECONNREFUSED' };
  }
  await keep(options, { address: url, method, key: headers['idempotency-key'], body }, behaviour);
  const { status, text } = answerOf(behaviour);
  return { status, headers: { 'content-type': 'application/json' }, body: text };
}

/**
 * Answers a call of a function that is not in the template, in its place.
 * @param name or ARN of the function.
 * @param payload JSON.
 */
export async function answerFunction(
  options: OutsideAnswersOptions,
  name: string,
  payload: string,
): Promise<FunctionAnswer> {
  const behaviour = options.carrier.ask('webhook', name, {
    throttled: () => new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429),
    named: () => new ServiceError('ResourceNotFoundException', `Function not found: ${name}`, 404),
  });
  await keep(options, { address: name, method: 'Invoke', key: keyIn(payload), body: payload }, behaviour);
  const { status, text } = answerOf(behaviour);
  return status < 300 ? { payload: text } : { payload: text, functionError: 'Unhandled' };
}

/** Headers are not kept: they carry secrets. */
async function keep(
  { carrier, uniqueId }: OutsideAnswersOptions,
  call: {
    readonly address: string;
    readonly method: string;
    readonly key: string | undefined;
    readonly body: string;
  },
  behaviour: Behaviour | undefined,
): Promise<void> {
  const { address, method, key, body } = call;
  await carrier.take(
    {
      channel: 'webhook',
      to: [address],
      sender: '',
      providerId: uniqueId(),
      about: aboutKey(key),
      content: { kind: 'webhook', method, address, body: jsonOrText(body) },
      links: [],
      envelope: {},
      isTracked: false,
    },
    behaviour,
  );
}

function answerOf(behaviour: Behaviour | undefined): { readonly status: number; readonly text: string } {
  return behaviour?.does === 'answer'
    ? { status: behaviour.status, text: behaviour.body }
    : { status: 200, text: '{}' };
}

/** As steps call functions (adapters/aws/functions.ts); others may be called with anything. */
const functionCallSchema = z.looseObject({ idempotencyKey: z.string() });

function keyIn(payload: string): string | undefined {
  return functionCallSchema.safeParse(jsonOrText(payload)).data?.idempotencyKey;
}

function jsonOrText(body: string): Json {
  try {
    return toJson(JSON.parse(body)) ?? body;
  } catch {
    return body;
  }
}
