import * as client from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { generateSecret } from '#lib/local/secrets/generate-secret.ts';
import { parseSecretResource } from '#lib/local/secrets/secret-resource.ts';
import { START } from '../queues/local-queues.ts';
import { localSecrets, type LocalSecrets } from './local-secrets.ts';

describe('a secret', () => {
  it('is drawn as the template says, and the same from the same seed', () => {
    const [one, same, other] = [localSecrets(1), localSecrets(1), localSecrets(2)].map((local) =>
      local.secrets.valueOf(local.add()),
    );
    expect(one).toMatch(/^[A-Za-z\d]{64}$/);
    expect([same === one, other === one]).toEqual([true, false]);
  });

  it('has each kind of character that it may have, and none that it may not', () => {
    const kinds = fc.record({
      PasswordLength: fc.integer({ min: 5, max: 40 }),
      ExcludeLowercase: fc.boolean(),
      ExcludeNumbers: fc.boolean(),
      ExcludePunctuation: fc.boolean(),
      IncludeSpace: fc.boolean(),
      ExcludeCharacters: fc.constantFrom('', 'aZ9"', '@/\\'),
    });
    fc.assert(
      fc.property(
        kinds,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (given, source) => {
          const how = { ExcludeUppercase: false, RequireEachIncludedType: true, ...given };
          const drawn = generateSecret(how, () => source.next().value as number);
          expect(drawn).toHaveLength(how.PasswordLength);
          expect(/[a-z]/.test(drawn)).toBe(!how.ExcludeLowercase);
          expect(/\d/.test(drawn)).toBe(!how.ExcludeNumbers);
          expect(/[^\w\s]|_/.test(drawn)).toBe(!how.ExcludePunctuation);
          expect(drawn.includes(' ')).toBe(how.IncludeSpace);
          for (const character of how.ExcludeCharacters) expect(drawn).not.toContain(character);
        },
      ),
    );
  });

  it('is the same after a restart, from records and from a snapshot', () => {
    const before = localSecrets(1);
    const value = before.secrets.valueOf(before.add());
    const snapshot = before.journal.parts.flatMap((part) => [...(part.snapshot() as Iterable<Json>)]);
    for (const records of [before.journal.records, snapshot, [...snapshot, ...before.journal.records]]) {
      const after = localSecrets(2);
      for (const record of records) void after.journal.parts[0]?.restore(record);
      expect(after.secrets.valueOf(after.add())).toBe(value);
    }
  });

  it('is refused with its name where it cannot be run', () => {
    expect(() => parseSecretResource('Secret', { Name: 'x', ReplicaRegions: [] })).toThrow(
      /The secret Secret cannot be run here:[^]*ReplicaRegions/,
    );
  });
});

describe('AWS Secrets Manager', () => {
  let gateway: Gateway;
  let local: LocalSecrets;
  let secrets: client.SecretsManagerClient;
  const SecretId = 'wend-test-customer-ids';

  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => Date.now(),
      onFault: (error) => {
        throw error;
      },
    });
    local = localSecrets();
    local.add();
    gateway.serve([local.secrets.service]);
    secrets = new client.SecretsManagerClient({
      endpoint: gateway.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(async () => {
    secrets.destroy();
    await gateway.close();
  });

  it('finds a secret by its name, its ARN, and its ARN without the last six characters', async () => {
    const ids = [SecretId];
    const { ARN = '' } = await secrets.send(new client.DescribeSecretCommand({ SecretId }));
    for (const id of [...ids, ARN, ARN.slice(0, -7)]) {
      const got = await secrets.send(new client.GetSecretValueCommand({ SecretId: id }));
      expect(got).toMatchObject({
        ARN,
        SecretString: local.secrets.valueOf(ARN),
        VersionStages: ['AWSCURRENT'],
      });
      expect(got.CreatedDate).toEqual(new Date(START));
    }
  });

  it('keeps the value before the present one', async () => {
    const before = await secrets.send(new client.GetSecretValueCommand({ SecretId }));
    const put = new client.PutSecretValueCommand({
      SecretId,
      SecretString: 'next',
      ClientRequestToken: 'a'.repeat(32),
    });
    await secrets.send(put);
    await secrets.send(put);
    expect(await secrets.send(new client.GetSecretValueCommand({ SecretId }))).toMatchObject({
      SecretString: 'next',
    });
    expect(
      await secrets.send(new client.GetSecretValueCommand({ SecretId, VersionStage: 'AWSPREVIOUS' })),
    ).toMatchObject({ SecretString: before.SecretString, VersionId: before.VersionId });
    const { SecretList } = await secrets.send(new client.ListSecretsCommand({}));
    expect(SecretList).toMatchObject([
      { Name: SecretId, SecretVersionsToStages: { [before.VersionId ?? '']: ['AWSPREVIOUS'] } },
    ]);
  });

  it.each([
    ['ResourceNotFoundException', new client.GetSecretValueCommand({ SecretId: 'nowhere' })],
    ['ResourceNotFoundException', new client.GetSecretValueCommand({ SecretId, VersionStage: 'MINE' })],
    [
      'ResourceExistsException',
      new client.PutSecretValueCommand({
        SecretId,
        SecretString: 'other',
        ClientRequestToken: 'a'.repeat(32),
      }),
    ],
    ['NotImplemented', new client.DeleteSecretCommand({ SecretId })],
  ] as const)('refuses with %s', async (name, command) => {
    await expect(secrets.send(command)).rejects.toMatchObject({ name });
  });
});
