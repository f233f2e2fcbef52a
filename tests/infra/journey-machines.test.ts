// As many journeys as somebody may have: every template stays within CloudFormation's limits. That no version ever moves is a law of
// tests/repository/machine-stacks.test.ts.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { machineName } from '#lib/contracts/deployment-names.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import type { CommittedVersion } from '#lib/repository/committed-versions.ts';
import { placeVersions } from '#lib/repository/machine-stacks.ts';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { deployExample, resourcesOf, templatesOf } from './deploy-example.ts';

let repository: Repository;

beforeAll(async () => {
  repository = await readRepository({ workspace: 'workspace', versions: 'state-machines' });
}, 60_000);

/** Two versions of each of `count` journeys, copies of those of the workspace under names of their own. */
function many(count: number): readonly CommittedVersion[] {
  return Array.from({ length: count }, (_, number) =>
    ['0', '1'].map((digit): CommittedVersion => {
      const { versions } = repository;
      const one = versions[number % versions.length] as CommittedVersion;
      const journey = `${one.journey}-${number}`;
      const version = `${digit}${one.version.slice(1)}`;
      return { ...one, journey, version, manifest: { ...one.manifest, journey, version } };
    }),
  ).flat();
}

describe('a state machine', () => {
  it('has a value for each function that its definition calls, and calls nothing that its role may not', () => {
    const example = deployExample(repository);
    const [, ...groups] = templatesOf(example);
    const machines = resourcesOf(groups, 'AWS::StepFunctions::StateMachine');
    expect(machines.length).toBeGreaterThan(20);
    for (const { Properties } of machines) {
      const text = definitionOf(example.app.outdir, Properties);
      const substituted = Object.keys(Properties['DefinitionSubstitutions'] as object);
      const named = [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
      expect(new Set(named)).toEqual(new Set(substituted));
      const called = [...text.matchAll(/"Resource":"([^"]*)"/g)].map(([, resource = '']) => resource);
      expect(
        called.filter((resource) => !/:states:::lambda:invoke(?:\.waitForTaskToken)?$/.test(resource)),
      ).toEqual([]);
    }
    const [rights] = resourcesOf(groups, 'AWS::IAM::Policy');
    const { Statement: statements } = (rights?.Properties['PolicyDocument'] ?? { Statement: [] }) as {
      readonly Statement: readonly Statement[];
    };
    const invoking = statements.find(({ Action }) => Action === 'lambda:InvokeFunction');
    const callable = invoking?.Resource.map(({ Ref }) => Ref);
    const substituted = machines.flatMap(({ Properties }) =>
      Object.keys(Properties['DefinitionSubstitutions'] as object),
    );
    expect(callable).toEqual(expect.arrayContaining([...new Set(substituted)]));
  });
});

describe('two hundred journeys with two versions each', () => {
  it('synthesise within the limits of CloudFormation, each machine in the stack that is written down for it', () => {
    const versions = many(200);
    const stacks = placeVersions({}, listed(versions));
    const manifests = versions.map(({ manifest }) => manifest);
    const newest = Object.fromEntries(versions.map(({ journey, version }) => [journey, version]));
    const workspace = { ...repository.workspace, manifests, newest };
    const templates = templatesOf(deployExample({ ...repository, versions, stacks, workspace }));
    for (const template of templates) {
      const json = template.toJSON() as { Resources: object };
      expect(Object.keys(json.Resources).length).toBeLessThanOrEqual(500);
      expect(Buffer.byteLength(JSON.stringify(json))).toBeLessThan(1_000_000);
    }
    // The first template is the root; groups follow by their numbers.
    const found = templates.slice(1).flatMap((template, index) => {
      const machines = resourcesOf([template], 'AWS::StepFunctions::StateMachine');
      return machines.map(({ Properties }) => [Properties['StateMachineName'], index + 1]);
    });
    const wanted = versions.flatMap(({ journey, version, resume }) => {
      const legs = resume === undefined ? (['first'] as const) : (['first', 'resume'] as const);
      return legs.map((leg) => [
        machineName('wend-test', journey, version, leg),
        stacks[versionKey(journey, version)],
      ]);
    });
    expect(found.length).toBeGreaterThan(700);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  }, 120_000);
});

interface Statement {
  readonly Action: unknown;
  readonly Resource: readonly { readonly Ref: string }[];
}

/** What is uploaded as a machine's definition, as text. */
function definitionOf(folder: string, properties: Readonly<Record<string, unknown>>): string {
  const { Key: key } = properties['DefinitionS3Location'] as { Key: string };
  return readFileSync(join(folder, `asset.${key}`), 'utf8');
}

function listed(versions: readonly CommittedVersion[]) {
  return versions.map(({ journey, version, resume }) => ({
    journey,
    version,
    machines: resume === undefined ? 1 : 2,
  }));
}
