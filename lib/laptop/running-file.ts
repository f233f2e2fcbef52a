// Where commands find the local cloud that runs on this machine: a file that it writes when it is up and takes away when it ends.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const runningSchema = z.object({
  process: z.int(),
  environment: z.string(),
  region: z.string(),
  /** For `AWS_ENDPOINT_URL`. */
  endpoint: z.url(),
  /** Where the page is. */
  page: z.url(),
});
/** A local cloud that is up. */
export type RunningLocalCloud = z.infer<typeof runningSchema>;

/** Beside what else is kept between two commands; not part of the repository. */
function runningFile(repository: string): string {
  return join(repository, 'node_modules/.cache/wend/local-cloud.json');
}

/** Says where it is. Returns what takes the word back. */
export function tellRunning(repository: string, running: RunningLocalCloud): () => void {
  const file = runningFile(repository);
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${running.process}`;
  writeFileSync(unfinished, JSON.stringify(running));
  renameSync(unfinished, file);
  return () => {
    // Another one may have been started since, at other ports.
    if (readRunning(repository)?.process === running.process) rmSync(file, { force: true });
  };
}

/** Undefined: none runs (one that was killed may have left its file). */
export function findRunning(repository: string): RunningLocalCloud | undefined {
  const running = readRunning(repository);
  return running !== undefined && isAlive(running.process) ? running : undefined;
}

function readRunning(repository: string): RunningLocalCloud | undefined {
  try {
    return runningSchema.safeParse(JSON.parse(readFileSync(runningFile(repository), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Signal 0 is not sent; it only asks whether there is such a process. */
function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What a client of AWS needs to speak to it: any credentials will do. */
export function clientVariables({
  endpoint,
  region,
}: Pick<RunningLocalCloud, 'endpoint' | 'region'>): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}
