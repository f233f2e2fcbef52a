// Addresses of functions, as a browser and a mail program ask them: without a signature, and through any page.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFunctionUrls,
  FUNCTION_URL_PATH,
  type FunctionUrls,
} from '#lib/local/functions/function-urls.ts';
import { NOW, runningFunctions, type RunningFunctions } from './functions-fixture.ts';

const ECHO = `export const handler = async (event) => {
  if (event.rawPath === '/throws') throw new Error('no');
  if (event.rawPath === '/text') return 'plain';
  if (event.rawPath === '/cookies') return { statusCode: 200, cookies: ['a=b'] };
  return {
    statusCode: 201,
    headers: { 'Content-Type': 'text/html', 'x-many': 1 },
    body: JSON.stringify({ ...event, body: event.isBase64Encoded ? atob(event.body) : event.body }),
  };
};`;

let running: RunningFunctions;
let urls: FunctionUrls;
let url: string;
const notices: string[] = [];
beforeAll(async () => {
  running = await runningFunctions();
  const { functions, gateway } = running;
  const place = {
    partition: 'aws',
    region: 'eu-central-1',
    account: '111122223333',
    endpoint: gateway.endpoint,
  };
  urls = createFunctionUrls({
    functions,
    place,
    now: () => NOW,
    onNotice: (message) => notices.push(message),
  });
  const target = running.add('answers', ECHO);
  ({ url } = urls.add('Url', { TargetFunctionArn: target, AuthType: 'NONE' }));
  gateway.serveOpen(FUNCTION_URL_PATH, (request) => urls.answer(request));
});
afterAll(() => running.close());

describe('the address of a function', () => {
  it('hands over the request as Lambda does, forms in base64', async () => {
    const response = await fetch(`${url}unsubscribe/token?a=1&b=2`, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-many')).toBe('1');
    expect(await response.json()).toMatchObject({
      version: '2.0',
      rawPath: '/unsubscribe/token',
      rawQueryString: 'a=1&b=2',
      queryStringParameters: { a: '1', b: '2' },
      requestContext: { http: { method: 'POST', path: '/unsubscribe/token' }, timeEpoch: NOW },
      isBase64Encoded: true,
      body: 'List-Unsubscribe=One-Click',
    });
  });

  it('answers pages of other hosts too: whoever clicks a link in a mail comes from one', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'null' };
    expect((await fetch(`${url}x`, { headers })).status).toBe(201);
    expect((await fetch(running.gateway.endpoint, { headers })).status).toBe(403);
  });

  it('takes an answer without a status for the body', async () => {
    expect(await (await fetch(`${url}text`)).text()).toBe('plain');
  });

  it('tells of an error of the function as Lambda does, without its words', async () => {
    const response = await fetch(`${url}throws`);
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ Message: 'Internal Server Error' });
  });

  it('passes over nothing of an answer: what cannot be handed on is told', async () => {
    expect((await fetch(`${url}cookies`)).status).toBe(502);
    expect(notices.join()).toContain('cookies');
  });

  it('is 404 for a function that has none', async () => {
    expect((await fetch(`${running.gateway.endpoint}${FUNCTION_URL_PATH}other/`)).status).toBe(404);
  });

  it('is refused where it would ask for a signature, which nobody checks here', () => {
    expect(() => urls.add('Url', { TargetFunctionArn: 'answers', AuthType: 'AWS_IAM' })).toThrow(/AuthType/);
  });
});
