// The direction of imports is the design: who may import whom, held against every import of every module. The lint rules say
// the same while one types; this test also sees what they cannot: a folder nobody has a rule for, and a check that sees nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** For each top folder of lib, the other folders that it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  journey: ['contracts'],
  compiler: ['contracts', 'journey'],
  engine: ['contracts', 'journey'],
  messages: ['contracts', 'journey', 'engine'],
  pages: ['contracts', 'journey', 'engine'],
  adapters: ['contracts', 'journey', 'engine'],
  repository: ['contracts', 'journey', 'engine', 'compiler', 'messages'],
  runtime: ['contracts', 'journey', 'engine', 'messages', 'pages', 'adapters'],
  infra: ['contracts', 'journey', 'compiler', 'messages', 'repository'],
  local: ['contracts'],
  simulator: ['contracts', 'journey', 'engine', 'compiler', 'messages', 'adapters', 'local'],
  laptop: [
    'contracts',
    'journey',
    'engine',
    'compiler',
    'messages',
    'adapters',
    'local',
    'simulator',
    'runtime',
    'repository',
  ],
  cli: [
    'contracts',
    'journey',
    'engine',
    'compiler',
    'messages',
    'adapters',
    'local',
    'simulator',
    'runtime',
    'repository',
    'laptop',
  ],
};
const PURE = ['contracts', 'journey', 'compiler', 'engine'];
const IMPORT = /^\s*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly specifier: string;
}

const imports = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file): Import[] =>
    [...readFileSync(join(ROOT, 'lib', file), 'utf8').matchAll(IMPORT)].map(([, specifier = '']) => ({
      file,
      layer: file.split('/')[0] ?? '',
      specifier,
    })),
  );

/** The folder of lib that an import leads to; undefined for packages. */
function target({ file, specifier }: Import): string | undefined {
  if (specifier.startsWith('#lib/')) return specifier.split('/')[1];
  if (!specifier.startsWith('.')) return undefined;
  const folder = relative(join(ROOT, 'lib'), resolve(ROOT, 'lib', dirname(file), specifier)).split('/')[0];
  // package.json tells the version; it is no module of ours.
  return folder === '..' ? undefined : folder;
}

describe('the direction of imports', () => {
  it('is checked on modules of every layer', () => {
    for (const layer of Object.keys(MAY_IMPORT))
      expect(imports.some((one) => one.layer === layer) ? layer : `no module of ${layer}`).toBe(layer);
  });

  it('knows every folder of lib', () => {
    const folders = readdirSync(join(ROOT, 'lib'));
    expect(folders.toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted());
  });

  it('runs downwards only', () => {
    const upwards = imports.filter((one) => {
      const to = target(one);
      return to !== undefined && to !== one.layer && !(MAY_IMPORT[one.layer] ?? []).includes(to);
    });
    expect(upwards).toEqual([]);
  });

  it('keeps the pure layers free of AWS and of I/O', () => {
    const impure = imports.filter(
      ({ layer, specifier }) =>
        PURE.includes(layer) && /^(?:node:|@aws-sdk\/|aws-cdk-lib|constructs)/.test(specifier),
    );
    expect(impure).toEqual([]);
  });

  it('lets only adapters/aws import the AWS SDK', () => {
    expect(
      imports.filter(
        ({ file, specifier }) => specifier.startsWith('@aws-sdk/') && !file.startsWith('adapters/aws/'),
      ),
    ).toEqual([]);
  });
});
