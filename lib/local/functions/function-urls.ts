// Addresses at which functions answer whoever asks: on AWS a host for each, here a path behind the gateway.
import * as z from 'zod';
import type { Answer, ServiceRequest } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { parseProperties } from '../parse-properties.ts';
import type { Place } from '../place.ts';
import { bareName, functionArn } from './function-name.ts';
import type { Functions } from './functions.ts';
import { functionUrlAnswer, functionUrlEvent } from './function-url-event.ts';

const urlProperties = z.strictObject({
  TargetFunctionArn: z.string(),
  AuthType: z.literal('NONE', 'only addresses that anybody may ask are here; signatures are not checked'),
  InvokeMode: z.literal('BUFFERED').default('BUFFERED'),
});

/** Behind it comes the name of the function, and then the path that the function is asked for. */
export const FUNCTION_URL_PATH = '/function-url/';

export interface FunctionUrls {
  /** @param properties of an `AWS::Lambda::Url`. Throws an Error that names what cannot be run here. */
  add(logicalId: string, properties: unknown): { readonly arn: string; readonly url: string };
  /** What the function answers, or what Lambda answers in its place. */
  answer(request: ServiceRequest): Promise<Answer>;
}

export interface FunctionUrlsOptions {
  readonly functions: Pick<Functions, 'invoke'>;
  readonly place: Place;
  /** Milliseconds of business time. */
  readonly now: () => number;
  /** A function has answered what no caller can be handed. */
  readonly onNotice: (message: string) => void;
}

export function createFunctionUrls({ functions, place, now, onNotice }: FunctionUrlsOptions): FunctionUrls {
  const names = new Set<string>();
  return {
    add(logicalId, properties) {
      const { TargetFunctionArn: target } = parseProperties(logicalId, urlProperties, properties);
      const name = bareName(target) ?? target;
      names.add(name);
      return { arn: functionArn(place, name), url: `${place.endpoint}${FUNCTION_URL_PATH}${name}/` };
    },
    async answer(request) {
      const [name = '', ...rest] = request.path.slice(FUNCTION_URL_PATH.length).split('/');
      if (!names.has(name)) return refusal(404, `There is no function URL of "${name}".`);
      const event = functionUrlEvent(request, `/${rest.join('/')}`, name, now());
      try {
        const { payload, functionError } = await functions.invoke(name, event);
        if (functionError !== undefined) return refusal(502, 'Internal Server Error');
        return functionUrlAnswer(payload);
      } catch (error) {
        if (error instanceof ServiceError && error.status === 429) return refusal(429, 'Rate Exceeded.');
        onNotice(`The answer of ${name} at its URL cannot be handed on: ${String(error)}`);
        return refusal(502, 'Internal Server Error');
      }
    },
  };
}

function refusal(status: number, Message: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Message }) };
}
