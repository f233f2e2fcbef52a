// What X-Ray is told of a client's calls, read where its daemon would listen.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTracing } from '#lib/runtime/tracer.ts';

const ADA = 'ada@example.com';
const daemon = createSocket('udp4');
const told: string[] = [];

beforeAll(async () => {
  daemon.on('message', (message) => void told.push(message.toString('utf8')));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  // As Lambda sets them where a call is sampled.
  vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `127.0.0.1:${daemon.address().port}`);
  vi.stubEnv(
    '_X_AMZN_TRACE_ID',
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  );
  vi.stubEnv('LAMBDA_TASK_ROOT', '/var/task');
  vi.stubEnv('AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x');
});
afterAll(() => {
  vi.unstubAllEnvs();
  daemon.close();
});

/** A service that refuses, and quotes what it was sent. */
function refusing(): EventBridgeClient {
  const requestHandler = {
    handle: () =>
      Promise.reject(
        Object.assign(new Error(`Value '${ADA}'\n    at ${ADA} (/home/${ADA}:1:1)\n at 'entries.1.member'`), {
          name: 'ValidationException',
          $fault: 'client',
          $metadata: { httpStatusCode: 400, attempts: 1 },
        }),
      ),
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new EventBridgeClient({ region: 'eu-central-1', credentials, maxAttempts: 1, requestHandler });
}

describe('a client that is traced', () => {
  it('tells X-Ray and its caller which error it was, and of what was sent nothing', async () => {
    const client = createTracing('wend-test')(refusing());
    const put = (): Promise<unknown> =>
      client.send(
        new PutEventsCommand({
          Entries: [{ Source: 's', DetailType: ADA, Detail: JSON.stringify({ ADA }) }],
        }),
      );
    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
    // Loading the tracer takes a while; calls before that are not traced.
    await vi.waitFor(async () => {
      await expect(put()).rejects.toMatchObject({ $fault: 'client' });
      expect(told.join('\n')).toContain('ValidationException');
    });
    expect(told.join('\n')).toContain('EventBridge');
    expect(told.join('\n')).not.toContain(ADA);
  });
});
