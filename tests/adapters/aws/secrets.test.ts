import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';

const client = mockClient(SecretsManagerClient);
// Test files share one process: a class that stays mocked would answer others too.
afterAll(() => client.restore());
beforeEach(() => client.reset());

function secrets() {
  const clock = { millis: 0 };
  return { clock, secrets: createSecrets(new SecretsManagerClient({}), () => clock.millis) };
}

describe('a secret', () => {
  it('is fetched once for many calls at once, and again after five minutes', async () => {
    client.on(GetSecretValueCommand).resolves({ SecretString: 'one' });
    const { clock, secrets: some } = secrets();
    expect(await Promise.all([some.value('crm'), some.value('crm'), some.value('crm')])).toEqual([
      'one',
      'one',
      'one',
    ]);
    expect(client.calls()).toHaveLength(1);
    client.on(GetSecretValueCommand).resolves({ SecretString: 'rotated' });
    clock.millis = 5 * 60 * 1000 - 1;
    expect(await some.value('crm')).toBe('one');
    clock.millis += 1;
    expect(await some.value('crm')).toBe('rotated');
  });

  it.each(['ThrottlingException', 'TimeoutError'])(
    'that cannot be read is a fault by name, and is asked for again with the next call: %s',
    async (name) => {
      client
        .on(GetSecretValueCommand)
        .rejectsOnce(Object.assign(new Error('arn:…:secret:ada'), { name }))
        .resolves({ SecretString: 'one' });
      const { secrets: some } = secrets();
      await expect(some.value('crm')).rejects.toMatchObject({
        name: 'SecretUnavailable',
        message: `a secret could not be read: ${name}`,
      });
      expect(await some.value('crm')).toBe('one');
    },
  );

  it('without a text is a fault', async () => {
    client.on(GetSecretValueCommand).resolves({});
    await expect(secrets().secrets.value('crm')).rejects.toMatchObject({ name: 'SecretUnavailable' });
  });
});
