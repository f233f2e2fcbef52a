// Stacks of a test: the construct with a repository, and functions that are not packed, because no template tells.
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FUNCTION_NAMES } from '#lib/contracts/deployment-names.ts';
import { placeSources, type DeploymentSources } from '#lib/infra/deployment-sources.ts';
import type { EnvironmentInput } from '#lib/infra/environments.ts';
import { Wend } from '#lib/infra/wend.ts';
import type { Repository } from '#lib/repository/repository.ts';
import cdk from '../../cdk.json' with { type: 'json' };

/** The repository with an empty function in the place of each. */
export function exampleSources(repository: Repository): DeploymentSources {
  const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-infra-'));
  const functions = join(folder, 'functions');
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(functions, name), { recursive: true });
    writeFileSync(join(functions, name, 'index.mjs'), 'export const handler = () => {};\n');
  }
  return placeSources(repository, { functions, machines: join(folder, 'machines') });
}

export interface Example {
  readonly app: App;
  readonly stack: Stack;
  readonly wend: Wend;
}

/**
 * An app with the flags of cdk.json.
 * @param validate whether CDK holds templates against CloudFormation's own schemas: seconds, and enough in one test.
 */
export function exampleApp(validate = false): App {
  // CDK reads it from there only (aws-cdk-lib/core/lib/private/synthesis-validation.js).
  process.env['CDK_VALIDATION'] = String(validate);
  const outdir = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-cdk-'));
  return new App({ outdir, context: cdk.context });
}

/** An app with one stack with one environment in it. */
export function deployExample(
  repository: Repository,
  environment: EnvironmentInput = { name: 'test' },
  app = exampleApp(),
): Example {
  const stack = new Stack(app, 'Example');
  const wend = new Wend(stack, 'Wend', { environment, sources: exampleSources(repository) });
  return { app, stack, wend };
}

/** The templates of the stack and of all nested ones. */
export function templatesOf({ stack, wend }: Example): readonly Template[] {
  return [Template.fromStack(stack), ...wend.journeys.groups.map((group) => Template.fromStack(group))];
}

/** A resource as it stands in a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** All resources of one type, by logical id; without a type, all. */
export function resourcesOf(
  templates: readonly Template[],
  type?: string,
): readonly (Resource & { readonly id: string })[] {
  return templates.flatMap((template) =>
    Object.entries((template.toJSON() as { Resources: Record<string, Resource> }).Resources)
      .map(([id, resource]) => ({ id, ...resource }))
      .filter((resource) => type === undefined || resource.Type === type),
  );
}

/** How many resources of a type have these properties (matchers of aws-cdk-lib/assertions are allowed). */
export function count(template: Template, type: string, properties: object): number {
  return Object.keys(template.findResources(type, properties)).length;
}
