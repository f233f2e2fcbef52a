// All functions, packed as a deployment packs them. Takes seconds, so each file that needs it packs once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions, type BundledFunction } from '#lib/infra/bundle-functions.ts';

export interface Bundles {
  readonly folder: string;
  readonly functions: readonly BundledFunction[];
  /** Nothing is left on disk. */
  remove(): void;
}

export async function packedFunctions(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-bundles-'));
  const functions = await bundleFunctions(folder);
  return { folder, functions, remove: () => rmSync(folder, { recursive: true }) };
}
