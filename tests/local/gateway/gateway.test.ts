// Whoever opens the address of the services in a browser learns what is there, and whoever asks for a service that is not there can read the
// refusal in the protocol that they speak.
import { request as httpRequest } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { jsonService } from '#lib/local/gateway/json-service.ts';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await openGateway({
    port: 0,
    now: () => 0,
    onFault: (error) => {
      throw error;
    },
  });
  const service = { targetPrefix: 'Any', version: '1.0', operations: {} } as const;
  gateway.serve([
    jsonService({
      ...service,
      signingName: 'post',
      title: 'The Post',
      operations: { Send: () => ({}), Ask: () => ({}) },
    }),
    jsonService({ ...service, signingName: 'inner', title: 'Nobody asks this one' }),
  ]);
});

afterAll(() => gateway.close());

function signedFor(service: string) {
  return { authorization: `AWS4-HMAC-SHA256 Credential=any/20261122/eu-central-1/${service}/aws4_request` };
}

it('tells a browser which services there are, with their operations', async () => {
  const answer = await fetch(gateway.endpoint);
  expect([answer.status, await answer.json()]).toEqual([200, { 'The Post': ['Ask', 'Send'] }]);
});

it('refuses everything else that is not signed', async () => {
  const answer = await fetch(`${gateway.endpoint}/bucket/key`);
  expect([answer.status, await answer.json()]).toMatchObject([403, { __type: 'MissingAuthenticationToken' }]);
});

it('refuses what a page of another host sends: a browser asks nobody before it sends a form', async () => {
  const answers = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { origin: 'http://localhost.elsewhere.example' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' },
    {},
  ].map(async (from): Promise<number> => {
    const address = new URL(
      `${gateway.endpoint}/?X-Amz-Credential=any/20261122/eu-central-1/post/aws4_request`,
    );
    const headers = { ...from, 'x-amz-target': 'Any.Send' };
    return new Promise((resolve, reject) => {
      const request = httpRequest(address, { method: 'POST', headers }, ({ statusCode = 0 }) =>
        resolve(statusCode),
      );
      request.on('error', reject).end('{}');
    });
  });
  expect(await Promise.all(answers)).toEqual([403, 403, 403, 403, 200, 200]);
});

it('has clients try again while it is put together', async () => {
  const starting = await openGateway({ port: 0, now: () => 0, onFault: () => undefined });
  const answer = await fetch(starting.endpoint, { method: 'POST', headers: signedFor('post'), body: '{}' });
  expect([answer.status, await answer.json()]).toMatchObject([503, { __type: 'ServiceUnavailable' }]);
  await starting.close();
});

it('names a service that is not there, in JSON', async () => {
  const answer = await fetch(gateway.endpoint, { method: 'POST', headers: signedFor('kinesis'), body: '{}' });
  expect([answer.status, await answer.json()]).toMatchObject([
    501,
    { __type: 'NotImplemented', message: 'The local cloud has no service "kinesis".' },
  ]);
});

it('names it in XML to clients that send forms', async () => {
  const body = new URLSearchParams({ Action: 'ListRoles', Version: '2010-05-08' });
  const answer = await fetch(gateway.endpoint, { method: 'POST', headers: signedFor('iam'), body });
  expect([answer.status, new XMLParser({ htmlEntities: true }).parse(await answer.text())]).toMatchObject([
    501,
    {
      ErrorResponse: {
        Error: { Code: 'NotImplemented', Message: 'The local cloud has no service "iam".' },
      },
    },
  ]);
});
