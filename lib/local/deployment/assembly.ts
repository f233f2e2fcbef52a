// The folder that CDK writes (a cloud assembly): which stacks there are, their templates, and the files that they refer to. Templates name
// files by the key that they would have in a bucket; the stack's asset manifest says which file of the folder that is.
// https://github.com/aws/aws-cdk-cli/tree/main/packages/%40aws-cdk/cloud-assembly-schema
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { DeploymentProblem } from './deployment-problem.ts';
import { parseTemplate, type Template } from './template.ts';

const manifestSchema = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({
      type: z.string(),
      environment: z.string().optional(),
      properties: z
        .looseObject({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const assetsSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

export interface StackAssembly {
  readonly name: string;
  /** Undefined: it is to be deployed wherever whoever deploys is at home. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly template: Template;
  /** Path of the file or folder that is put into the bucket under this key. Throws DeploymentProblem. */
  asset(key: string): string;
  /** The template of a nested stack, by its key. Throws DeploymentProblem. */
  nestedTemplate(key: string): Template;
}

/**
 * Reads one stack of the assembly.
 * @throws DeploymentProblem where the folder has no such stack, or a file of it cannot be read.
 */
export function readStackAssembly(folder: string, stack: string): StackAssembly {
  const { artifacts } = readFileAs(manifestSchema, folder, 'manifest.json');
  const artifact = artifacts[stack];
  const templateFile = artifact?.properties?.templateFile;
  if (artifact?.type !== 'aws:cloudformation:stack' || templateFile === undefined) {
    const stacks = Object.keys(artifacts).filter(
      (name) => artifacts[name]?.type === 'aws:cloudformation:stack',
    );
    throw new DeploymentProblem(`${folder} has no stack ${stack}. It has: ${stacks.join(', ') || 'none'}.`);
  }
  const assets = assetsOf(folder, artifacts[`${stack}.assets`]?.properties?.file ?? `${stack}.assets.json`);
  const asset = (key: string): string => {
    const path = assets.get(key);
    if (path === undefined)
      throw new DeploymentProblem(`${folder} has no file for ${key}, which ${stack} refers to.`);
    return join(folder, path);
  };
  const [account, region] = artifact.environment?.replace('aws://', '').split('/') ?? [];
  return {
    name: stack,
    region: known(region),
    account: known(account),
    template: parseTemplate(readJson(join(folder, templateFile)), templateFile),
    asset,
    nestedTemplate: (key) => parseTemplate(readJson(asset(key)), assets.get(key) ?? key),
  };
}

/** CDK writes `unknown-account` and `unknown-region` where the app leaves them open. */
function known(text: string | undefined): string | undefined {
  return text === undefined || text.startsWith('unknown-') ? undefined : text;
}

/** Path in the folder by key in the bucket. */
function assetsOf(folder: string, file: string): ReadonlyMap<string, string> {
  const { files } = readFileAs(assetsSchema, folder, file);
  return new Map(
    Object.values(files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, source.path] as const),
    ),
  );
}

function readFileAs<Schema extends z.ZodType>(
  schema: Schema,
  folder: string,
  file: string,
): z.output<Schema> {
  const path = join(folder, file);
  const parsed = schema.safeParse(readJson(path));
  if (!parsed.success)
    throw new DeploymentProblem(
      `${path} is not of the form that CDK writes: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new DeploymentProblem(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
