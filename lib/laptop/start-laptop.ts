// What `npm start` does: the stack is put together, the local cloud runs it, a page shows it, and a fresh one is told a day of the sample.
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { readStackAssembly, type StackAssembly } from '#lib/local/deployment/assembly.ts';
import { DeploymentProblem } from '#lib/local/deployment/deployment-problem.ts';
import { JournalError } from '#lib/local/journal/journal-error.ts';
import { deploymentName } from '#lib/contracts/deployment-names.ts';
import { readLines } from '#lib/simulator/read-lines.ts';
import { StreamProblem } from '#lib/simulator/stream-problem.ts';
import { chooseEnvironment } from './choose-environment.ts';
import type { FirstCommand } from './first-commands.ts';
import { LaptopProblem } from './laptop-problem.ts';
import { synthesise, SynthesisProblem } from './synthesise.ts';

export interface LaptopOptions {
  /** Folder of the repository. */
  readonly repository: string;
  /** undefined: the one that is for trying things out. */
  readonly environment: string | undefined;
  /** Of the page; the services are at the next one. */
  readonly port: number;
  readonly speed: number;
  readonly isPaused: boolean;
  /** Folder that keeps everything. */
  readonly data: string | undefined;
  /** Seed of bad luck. */
  readonly chaos: number | undefined;
  /** true: the sample of the workspace; a text: a file in its place; false: nobody. */
  readonly sample: boolean | string;
  /** What the business's clock shows at the beginning; undefined: now. */
  readonly start: number | undefined;
  /** Ends the start. */
  readonly signal: AbortSignal;
  readonly onProgress: (what: string) => void;
  readonly onLine: (line: LaptopLine) => void;
}

/** Something that whoever runs the local cloud should see in the terminal. */
export interface LaptopLine {
  readonly level: 'WARN' | 'ERROR' | 'FATAL';
  /** Name of a function, or `local cloud`. */
  readonly source: string;
  readonly text: string;
}

export interface Laptop {
  readonly environment: string;
  readonly page: string;
  readonly endpoint: string;
  /** Folder that keeps everything. */
  readonly kept: string | undefined;
  readonly commands: readonly FirstCommand[];
  close(): Promise<void>;
}

/** For what the next start takes over; not part of the repository. */
const CACHE = 'node_modules/.cache/wend';
const SAMPLE = 'workspace/events/sample.jsonl.gz';

/**
 * Resolves when the page can be looked at; the sample is told behind that. undefined: the signal came first.
 * @throws LaptopProblem for what whoever starts it can mend, StreamProblem for a file of events that cannot be told.
 */
export async function startLaptop(options: LaptopOptions): Promise<Laptop | undefined> {
  const { repository, port, signal, onProgress } = options;
  const environment = chooseEnvironment(repository, options.environment);
  const stream = options.sample === true ? join(repository, SAMPLE) : options.sample || undefined;
  if (stream !== undefined) await checkReadable(stream);
  await checkFree(port, port);
  await checkFree(port + 1, port);
  onProgress('putting the stack together');
  // The stack is put together by a process of its own; what runs it is loaded meanwhile.
  const [assembly, { runAssembly }] = await Promise.all([
    readAssembly(options, environment),
    import('./run-assembly.ts'),
  ]);
  if (assembly === undefined || signal.aborted) return undefined;
  onProgress('starting the local cloud');
  const compiled = join(repository, CACHE, 'local-cloud', `${environment}-${port}-compiled`);
  return explained(runAssembly({ ...options, environment, assembly, stream, codeCache: compiled }));
}

/** undefined: the signal came first. */
async function readAssembly(
  { repository, port, signal }: LaptopOptions,
  environment: string,
): Promise<StackAssembly | undefined> {
  // Two local clouds have two ports.
  const into = join(repository, CACHE, 'local-cloud', `${environment}-${port}`);
  rmSync(into, { recursive: true, force: true });
  try {
    await synthesise({
      repository,
      into,
      environment,
      node: process.execPath,
      compileCache: join(repository, CACHE, 'compiled'),
      variables: process.env,
      signal,
    });
    return readStackAssembly(into, deploymentName(environment));
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof SynthesisProblem)
      throw new LaptopProblem(`the stack cannot be put together:\n${error.message}`);
    throw asLaptopProblem(error);
  }
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asLaptopProblem(error);
  }
}

function asLaptopProblem(error: unknown): unknown {
  if (error instanceof DeploymentProblem)
    return new LaptopProblem(
      error.message,
      'The local cloud runs what the template says, or nothing: docs/reference/local-cloud.md says what it has.',
    );
  if (error instanceof JournalError) return new LaptopProblem(error.message);
  return isTaken(error)
    ? new LaptopProblem('a port was taken in the meantime', 'Start again, or choose others with --port.')
    : error;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Whether there are events in it is known when the stack is there: it says which may come without a customer. */
async function checkReadable(stream: string): Promise<void> {
  for await (const line of readLines(stream)) if (line.number > 0) return;
  throw new StreamProblem(`${stream} is empty; name a file with one event a line, as JSON`, 'content');
}

/** Said at once, and not after everything has been put together. `page`: the port that was asked for. */
async function checkFree(port: number, page: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new LaptopProblem(
        port === page
          ? `the port ${port} is taken`
          : `the port ${port} is taken, which the services have where the page is at ${page}`,
        `Another local cloud may be running. ${elsewhere(page)}`,
      );
    throw new LaptopProblem(`the port ${port} cannot be used: ${String(code)}`, 'Choose others with --port.');
  } finally {
    server.close();
  }
}

function elsewhere(page: number): string {
  // Both of them are others than those that were tried, and there is a last port.
  const other = page < 60_000 ? page + 10 : page - 10;
  return `--port ${other} takes ${other} and ${other + 1}.`;
}
