// How docs/runbook.md finds out which account it is and under which hash a customer is kept.
import { expect, describe, it, beforeAll, afterAll } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { identityService } from '#lib/local/identity/identity-service.ts';
import { PLACE } from '../queues/local-queues.ts';
import { localSecrets } from '../secrets/local-secrets.ts';
import { AWS_TIMEOUT_MILLIS, aws, hasAws } from './aws-command.ts';

describe.skipIf(!hasAws)('aws sts and aws secretsmanager', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let gateway: Gateway;
  const local = localSecrets();
  const arn = local.add();
  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => Date.now(),
      onFault: (error) => {
        throw error;
      },
    });
    gateway.serve([local.secrets.service, identityService(PLACE)]);
  });
  afterAll(() => gateway.close());

  it('tell the account, and the secret under which ids are hashed', async () => {
    const told = await aws(gateway.endpoint, [
      'sts',
      'get-caller-identity',
      '--query',
      'Account',
      '--output',
      'text',
    ]);
    expect(told.stdout.trim()).toBe(PLACE.account);
    const get = ['secretsmanager', 'get-secret-value', '--secret-id', 'wend-test-customer-ids'];
    const secret = await aws(gateway.endpoint, [...get, '--query', 'SecretString', '--output', 'text']);
    expect(secret.stdout.trim()).toBe(local.secrets.valueOf(arn));
  });
});
