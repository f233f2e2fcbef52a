// How long a function takes to start: each bundle in a process of its own, with the repository's workspace beside it, from the first import
// to a handler that could take a call. That is what Lambda does before the first call of a container.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VARIABLES } from '#lib/contracts/function-environment.ts';
import { bundleFunctions } from '#lib/infra/bundle-functions.ts';
import { readRepository, type RepositoryFolders } from '#lib/repository/repository.ts';

export interface FunctionStart {
  readonly name: string;
  readonly bytes: number;
  /** Median of the runs, milliseconds by the clock and by the processor. */
  readonly millis: number;
  readonly processorMillis: number;
}

/** Prints what one start took; Node's own start is not part of it, Lambda's runtime is there already. */
const PROGRAM = `
const [began, before] = [performance.now(), process.cpuUsage()];
const { handler } = await import(process.argv[1]);
const used = process.cpuUsage(before);
if (typeof handler !== 'function') throw new Error('no handler');
console.log(JSON.stringify([performance.now() - began, (used.user + used.system) / 1000]));
process.exit();
`;

/** Numbers where a number is wanted, anything else where a text is. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(VARIABLES).map(([name, schema]) => [
    name,
    schema.safeParse('1').success ? '1' : 'arn:aws:states:eu-west-1:123456789012:stateMachine:wend-bench',
  ]),
);

/** Starts every function `runs` times, one after the other. */
export async function measureStarts(folders: RepositoryFolders, runs: number): Promise<FunctionStart[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-starts-'));
  try {
    const [functions, { workspace, messages }] = await Promise.all([
      bundleFunctions(folder),
      readRepository(folders),
    ]);
    return functions.map(({ name, bytes }) => {
      writeFileSync(join(folder, name, 'workspace.json'), JSON.stringify(workspace));
      writeFileSync(join(folder, name, 'messages.json'), JSON.stringify(messages));
      const starts = Array.from({ length: runs }, () => start(join(folder, name, 'index.mjs')));
      const [millis, processorMillis] = [0, 1].map((index) => median(starts.map((one) => one[index] ?? 0)));
      return { name, bytes, millis: millis ?? 0, processorMillis: processorMillis ?? 0 };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function start(file: string): readonly number[] {
  const output = execFileSync(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM, pathToFileURL(file).href],
    { env: { ...ENVIRONMENT, AWS_REGION: 'eu-west-1' }, encoding: 'utf8' },
  );
  return JSON.parse(output) as readonly number[];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
