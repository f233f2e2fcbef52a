// AWS Secrets Manager, as its clients see it. https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html
import * as z from 'zod';
import { jsonService } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import type { Secret, SecretVersion } from './secrets.ts';

export interface SecretServiceOptions {
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly put: (secret: Secret, version: SecretVersion) => void;
  readonly now: () => number;
  readonly uniqueId: () => string;
}

const idSchema = z.strictObject({ SecretId: z.string() });
const getSchema = z.strictObject({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
/** Of a value, as text or in base64: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const MOST_VALUE_BYTES = 65_536;
const putSchema = z
  .strictObject({
    SecretId: z.string(),
    ClientRequestToken: z.string().optional(),
    SecretString: z.string().min(1).max(MOST_VALUE_BYTES).optional(),
    SecretBinary: z
      .base64()
      .refine((text) => Buffer.byteLength(text, 'base64') <= MOST_VALUE_BYTES, 'is too long')
      .optional(),
  })
  .refine((given) => (given.SecretString === undefined) !== (given.SecretBinary === undefined), {
    error: 'You must provide either SecretString or SecretBinary',
  });
const listSchema = z.strictObject({
  MaxResults: z.int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

export function secretService({ secrets, put, now, uniqueId }: SecretServiceOptions): Service {
  /** By name, by ARN, or by an ARN without the characters that AWS has put behind the name. */
  const secretOf = (id: string): Secret => {
    const found =
      secrets.get(id) ??
      [...secrets.values()].find(({ arn }) => arn === id || arn.replace(/-[^-]+$/, '') === id);
    if (found === undefined)
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return found;
  };
  return jsonService({
    signingName: 'secretsmanager',
    title: 'AWS Secrets Manager',
    targetPrefix: 'secretsmanager',
    version: '1.1',
    operations: {
      GetSecretValue(input) {
        const { SecretId: id, VersionId: versionId, VersionStage: stage } = parseInput(getSchema, input);
        const secret = secretOf(id);
        const version = versionsOf(secret).find(
          (one) =>
            (versionId === undefined || one.version.id === versionId) &&
            (stage === undefined
              ? versionId !== undefined || one.stage === 'AWSCURRENT'
              : one.stage === stage),
        );
        if (version === undefined)
          throw new ServiceError(
            'ResourceNotFoundException',
            `Secrets Manager can't find the specified secret value for ${versionId === undefined ? `staging label: ${stage ?? ''}` : `VersionId: ${versionId}`}`,
          );
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.version.id,
          SecretString: version.version.text,
          SecretBinary: version.version.binary,
          VersionStages: [version.stage],
          CreatedDate: version.version.createdAt / 1000,
        };
      },
      PutSecretValue(input) {
        refuseOptions(input, ['VersionStages', 'RotationToken']);
        const given = parseInput(putSchema, input);
        const secret = secretOf(given.SecretId);
        const id = given.ClientRequestToken ?? uniqueId();
        const present = versionsOf(secret).find(({ version }) => version.id === id);
        const version: SecretVersion = {
          id,
          ...(given.SecretString !== undefined && { text: given.SecretString }),
          ...(given.SecretBinary !== undefined && { binary: given.SecretBinary }),
          createdAt: now(),
        };
        if (present === undefined) put(secret, version);
        else if (present.version.text !== version.text || present.version.binary !== version.binary)
          throw new ServiceError(
            'ResourceExistsException',
            `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
          );
        const stage = present?.stage ?? 'AWSCURRENT';
        return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: [stage] };
      },
      DescribeSecret(input) {
        const secret = secretOf(parseInput(idSchema, input).SecretId);
        return { ...described(secret), VersionIdsToStages: stagesOf(secret) };
      },
      ListSecrets(input) {
        refuseOptions(input, ['Filters', 'SortOrder', 'SortBy', 'IncludePlannedDeletion']);
        const { MaxResults: most, NextToken: token } = parseInput(listSchema, input);
        const all = [...secrets.values()];
        const from = token === undefined ? 0 : all.findIndex(({ name }) => name === token);
        if (from === -1)
          throw new ServiceError('InvalidNextTokenException', 'The NextToken value is invalid.');
        return {
          SecretList: all
            .slice(from, from + most)
            .map((secret) => ({ ...described(secret), SecretVersionsToStages: stagesOf(secret) })),
          NextToken: all[from + most]?.name,
        };
      },
    },
  });
}

function versionsOf({ current, previous }: Secret): {
  readonly version: SecretVersion;
  readonly stage: 'AWSCURRENT' | 'AWSPREVIOUS';
}[] {
  return [
    { version: current, stage: 'AWSCURRENT' },
    ...(previous === undefined ? [] : [{ version: previous, stage: 'AWSPREVIOUS' as const }]),
  ];
}

function stagesOf(secret: Secret): Record<string, readonly string[]> {
  return Object.fromEntries(versionsOf(secret).map(({ version, stage }) => [version.id, [stage]]));
}

function described({ arn, name, description, current, previous }: Secret): object {
  return {
    ARN: arn,
    Name: name,
    Description: description,
    CreatedDate: (previous ?? current).createdAt / 1000,
    LastChangedDate: current.createdAt / 1000,
  };
}
