// The packed function, as Lambda would run it: in a process of its own, with its variables, the table and SES on this machine.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { FIRST_LOOP, type SendCall } from '#lib/contracts/step-calls.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { createLinkSigner } from '#lib/pages/links/link-signer.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { packedFunctions, type Bundles } from '../bundles-fixture.ts';
import { localTable, type LocalTable } from '../dynamodb-fixture.ts';
import { letter, manifest, pause } from '../laws/world/journeys.ts';
import { idOf } from '../laws/world/world.ts';

let bundles: Bundles;
let table: LocalTable;
let ses: Server;
const requests: { path: string | undefined; body: Record<string, unknown> }[] = [];

beforeAll(async () => {
  [bundles, table] = await Promise.all([packedFunctions(), localTable()]);
  ses = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (String(request.headers['x-amz-target']).endsWith('.GetSecretValue')) {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"SecretString":"secret"}');
        return;
      }
      requests.push({ path: request.url, body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"MessageId":"ses-1"}');
    });
  });
  await new Promise<void>((resolve) => void ses.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  ses.closeAllConnections();
  ses.close();
  await table.close();
  bundles.remove();
});

const settings = settingsSchema.parse({
  brand: { name: 'Shop' },
  timezone: 'UTC',
  locale: 'en',
  topics: { updates: { name: 'Updates', withoutRecord: 'granted' } },
  senders: { default: { email: { from: 'Bücher <hello@shop.example>' } } },
});
const hello = letter('hello', 'rest');
const journey = compileManifest(manifest('journey', 'Signed Up', { hello, rest: pause('9 days', null) }));
const versions = { manifests: [journey.manifest], newest: { journey: journey.version } };

/** Calls the function once, as Lambda does; gives back its answer. */
async function invoke(call: SendCall): Promise<unknown> {
  const folder = join(bundles.folder, 'send-message');
  const deployed = { format: 1, mark: 'm', settings, ...versions, journeys: {}, segments: [] };
  const email = {
    subject: 'Hello {{ profile.email }}',
    html: '<a href="{{ unsubscribe_url }}">Leave</a>',
    text: 'Hello',
  };
  const message = { format: 1, id: 'hello', hash: '000000000000', locales: { en: { email } } };
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify(deployed));
  writeFileSync(
    join(folder, 'messages.json'),
    JSON.stringify({ format: 1, catalog: {}, messages: [message] }),
  );
  // What the function logs goes where its answer goes: the last line is the answer.
  const script = `const { handler } = await import(process.argv[1]);
    console.log(JSON.stringify(await handler(JSON.parse(process.argv[2]), {})));`;
  const args = ['--input-type=module', '-e', script, join(folder, 'index.mjs'), JSON.stringify(call)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: {
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
      AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${(ses.address() as AddressInfo).port}`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(ses.address() as AddressInfo).port}`,
      DEPLOYMENT: 'wend-test',
      TABLE_NAME: table.name,
      CONFIGURATION_SET: 'wend-test',
      CUSTOMER_SECRET_ARN: 'arn:secret',
      PAGES_URL: 'https://pages.example/',
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

it('sends one e-mail for a step, also where the step is tried again', async () => {
  const customer = idOf('ada');
  const now = fromMillis(Date.now());
  const store = createDocumentStore(table, {
    uniqueText: () => 'test',
    random: () => 0,
    pause: () => Promise.resolve(),
  });
  const engine = {
    workspace: createWorkspace({ ...versions, settings: engineSettings(settings) }),
    ports: { store, switches: new MemorySwitches(), clock: { now: () => now, monotonic: () => 0 } },
  };
  const times = { at: now, received: now };
  const traits = { email: 'ada@example.com' };
  await takeCalls(engine, customer, [
    { external: 'ada', input: { kind: 'identify', id: 'i', ...times, traits } },
    { external: 'ada', input: { kind: 'event', id: 'e', ...times, event: 'Signed Up', properties: {} } },
  ]);
  const [run = ''] = Object.keys((await store.load(customer))?.runs ?? {});
  const call: SendCall = {
    run: { run, leg: 1, customer, journey: 'journey', version: journey.version },
    attempt: 0,
    loop: FIRST_LOOP,
    step: hello.settings,
    next: hello.next,
  };
  const answer = await invoke(call);
  expect(answer).toHaveProperty('plan');
  expect(await invoke({ ...call, attempt: 1 })).toEqual(answer);
  expect(requests).toMatchObject([
    {
      path: '/v2/email/outbound-emails',
      body: {
        FromEmailAddress: '=?UTF-8?B?QsO8Y2hlcg==?= <hello@shop.example>',
        Destination: { ToAddresses: ['ada@example.com'] },
        Content: {
          Simple: {
            Subject: { Data: 'Hello ada@example.com' },
            Headers: [
              {
                Name: 'List-Unsubscribe',
                Value: expect.stringMatching(/^<https:\/\/pages\.example\/unsubscribe\/[\w-]+>$/),
              },
              { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
              { Name: 'List-Id', Value: '<updates.shop.example>' },
            ],
          },
        },
        ConfigurationSetName: 'wend-test',
      },
    },
  ]);
  // Header and body lead to the same page, signed for this customer and message.
  const [, address = ''] =
    /href="([^"]+)"/.exec(JSON.stringify(requests[0]?.body).replaceAll('\\', '')) ?? [];
  const read = createLinkSigner('secret').read(address.split('/').at(-1) ?? '', now);
  expect(read?.link).toMatchObject({
    purpose: 'unsubscribe',
    customer,
    send: { run, step: 'hello', visit: 1 },
    topic: 'updates',
    channel: 'email',
  });
  expect(JSON.stringify(requests[0]?.body)).toContain(`<${address}>`);
});
