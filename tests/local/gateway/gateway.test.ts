// Whoever opens the address of the services in a browser learns what is there, and whoever asks for a service that is not there can read the
// refusal in the protocol that they speak.
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
