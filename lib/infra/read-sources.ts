// Reads and packs what is deployed. Constructs cannot wait, and both take a moment: it is done once, before any of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { readRepository, type RepositoryFolders } from '#lib/repository/repository.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { placeSources, type DeploymentSources } from './deployment-sources.ts';

/**
 * Reads the repository and packs the functions, into a temporary folder that goes with this process.
 * @throws RepositoryProblem where the repository cannot be deployed as it is; the message says what to do.
 */
export async function readSources(folders: RepositoryFolders): Promise<DeploymentSources> {
  const repository = await readRepository(folders);
  const folder = mkdtempSync(join(tmpdir(), 'wend-deployment-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const functions = join(folder, 'functions');
  await bundleFunctions(functions);
  return placeSources(repository, { functions, machines: join(folder, 'machines') });
}
