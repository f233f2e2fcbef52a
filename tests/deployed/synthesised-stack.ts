// The stack of the environment `test` as `npm start` puts it together: by the app that CDK runs, with the functions packed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deploymentName } from '#lib/contracts/deployment-names.ts';
import { synthesise } from '#lib/laptop/synthesise.ts';
import { readStackAssembly, type StackAssembly } from '#lib/local/deployment/assembly.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
export const ENVIRONMENT = 'test';

/** Takes about nine seconds. */
export async function synthesisedStack(): Promise<StackAssembly> {
  const into = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-assembly-'));
  await synthesise({
    repository: ROOT,
    into,
    environment: ENVIRONMENT,
    node: process.execPath,
    compileCache: join(ROOT, 'node_modules/.cache/wend/compiled'),
    variables: process.env,
    signal: new AbortController().signal,
  });
  return readStackAssembly(into, deploymentName(ENVIRONMENT));
}
