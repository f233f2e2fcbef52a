// All secrets of the local cloud. They protect nothing here; they are kept because customers' ids are hashed under one of them.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Service } from '../gateway/service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { generateSecret } from './generate-secret.ts';
import type { SecretResource } from './secret-resource.ts';
import { secretService } from './secret-service.ts';

export interface SecretsOptions {
  readonly time: CloudTime;
  readonly journal: Journal;
  readonly place: Place;
  /** Uniform in [0, 1): what is generated is drawn from it. */
  readonly random: () => number;
  /** A UUID each time. */
  readonly uniqueId: () => string;
}

export interface Secrets {
  /** Generates its value, unless the journal has restored one. @returns its ARN. @throws Error where the name is taken. */
  add(resource: SecretResource): string;
  /** Its present value as text, by ARN; undefined: there is none. */
  valueOf(arn: string): string | undefined;
  /** AWS Secrets Manager, for clients. */
  readonly service: Service;
}

const versionSchema = z.strictObject({
  id: z.string(),
  text: z.string().optional(),
  /** base64 */
  binary: z.string().optional(),
  createdAt: z.number(),
});
/** One value that a secret has had. */
export type SecretVersion = z.infer<typeof versionSchema>;

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  current: SecretVersion;
  previous: SecretVersion | undefined;
}

const recordSchema = z.strictObject({ secret: z.string(), version: versionSchema });

export function createSecrets({ time, journal, place, random, uniqueId }: SecretsOptions): Secrets {
  const secrets = new Map<string, Secret>();
  /** Newest last; two of each are of interest. */
  const versions = new Map<string, SecretVersion[]>();
  const keep = (name: string, version: SecretVersion): void => {
    const others = (versions.get(name) ?? []).filter(({ id }) => id !== version.id);
    versions.set(name, [...others, version].slice(-2));
  };
  journal.register({
    name: 'secrets',
    restore(told) {
      const { secret, version } = recordSchema.parse(told);
      keep(secret, version);
    },
    snapshot: () =>
      [...secrets.keys()].flatMap((secret) =>
        (versions.get(secret) ?? []).map((version) => ({ secret, version: versionRecord(version) })),
      ),
  });
  const write = (name: string, version: SecretVersion): void => {
    journal.append('secrets', { secret: name, version: versionRecord(version) });
    keep(name, version);
  };
  const firstVersion = ({
    SecretString: text,
    GenerateSecretString: how,
  }: SecretResource): SecretVersion => ({
    id: uniqueId(),
    text: text ?? (how === undefined ? '' : generateSecret(how, random)),
    createdAt: time.business.now(),
  });
  return {
    add(resource) {
      const { Name: name, Description: description } = resource;
      if (secrets.has(name)) throw new Error(`There are two secrets of the name ${name}.`);
      if (!versions.has(name)) write(name, firstVersion(resource));
      const [previous, current] = pairOf(versions.get(name) ?? []);
      const arn = arnOf(place, name);
      secrets.set(name, { name, arn, description, current, previous });
      return arn;
    },
    valueOf: (arn) => [...secrets.values()].find((secret) => secret.arn === arn)?.current.text,
    service: secretService({
      secrets,
      put(secret, version) {
        write(secret.name, version);
        [secret.previous, secret.current] = [secret.current, version];
      },
      now: () => time.business.now(),
      uniqueId,
    }),
  };
}

function pairOf(kept: readonly SecretVersion[]): [SecretVersion | undefined, SecretVersion] {
  const current = kept.at(-1);
  if (current === undefined) throw new Error('A secret has no version.');
  return [kept.at(-2), current];
}

function versionRecord({ id, text, binary, createdAt }: SecretVersion) {
  return { id, createdAt, ...(text !== undefined && { text }), ...(binary !== undefined && { binary }) };
}

/** AWS puts six characters behind the name, so that a secret of the same name is another one. Here they follow from the name. */
function arnOf({ partition, region, account }: Place, name: string): string {
  const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-${suffix}`;
}
