/**
 * The code of all functions, packed by one call of esbuild: for each a folder with `index.mjs`, its imports included, minified. What a
 * function does not reach is not in it, so that it starts quickly and can do no more than its task (ADR 31).
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { CODE_LEFT_OUT } from './code-left-out.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Names of the functions that there are: the folders with a handler. */
function functionFolders(): readonly string[] {
  return readdirSync(join(ROOT, 'functions')).toSorted();
}

/** One file of a bundle: where it came from, and how many bytes it has become. */
export interface BundledFunction {
  readonly name: string;
  /** Minified. */
  readonly bytes: number;
  /** Source file, relative to the repository → its bytes in the bundle. */
  readonly inputs: ReadonlyMap<string, number>;
}

/**
 * Packs every function into `<folder>/<name>/index.mjs`.
 * @throws BuildFailure of esbuild where a module cannot be found or parsed.
 */
export async function bundleFunctions(folder: string): Promise<readonly BundledFunction[]> {
  const names = functionFolders();
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({
      in: join(ROOT, 'functions', name, 'handler.ts'),
      out: `${name}/index`,
    })),
    outdir: resolve(folder),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The forms written as modules: only they can be taken apart.
    mainFields: ['module', 'main'],
    external: OTHER_CREDENTIALS,
    // The tracer is CommonJS and asks for modules of Node by `require`.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [...CODE_LEFT_OUT],
  });
  return names.map((name) => {
    const [, output] =
      Object.entries(metafile.outputs).find(([file]) => file.endsWith(`${name}/index.mjs`)) ?? [];
    const inputs = Object.entries(output?.inputs ?? {}).map(
      ([file, { bytesInOutput }]) => [file, bytesInOutput] as const,
    );
    return { name, bytes: output?.bytes ?? 0, inputs: new Map(inputs) };
  });
}

/**
 * Ways to credentials that Lambda never takes: it hands them over in the environment, where the client looks first. The others are
 * imported only when their turn comes, which here is an error all the same.
 */
const OTHER_CREDENTIALS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];
