// Where commands find the local clouds that run on this machine: each writes a file when it is up and takes it away when it ends.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
function runningFolder(repository: string): string {
  return join(repository, 'node_modules/.cache/wend/running');
}

/** Of the page, where nobody asks for another; the endpoint of the services is at the next one. Not taken by anything that is known (IANA). */
export const USUAL_PORT = 4400;

/** The port of its page, by which people tell one from the other. */
export function portOf({ page }: Pick<RunningLocalCloud, 'page'>): number {
  return Number(new URL(page).port);
}

/** Says where it is. Returns what takes the word back. */
export function tellRunning(repository: string, running: RunningLocalCloud): () => void {
  const folder = runningFolder(repository);
  const file = join(folder, `${portOf(running)}.json`);
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${running.process}`;
  writeFileSync(unfinished, JSON.stringify(running));
  renameSync(unfinished, file);
  return () => {
    // Another one may have been started at these ports since, when this one was no longer there.
    if (readRunning(file)?.process === running.process) rmSync(file, { force: true });
  };
}

/** Those that run, by their ports; one that was killed may have left its file, and is none. */
export function findRunning(repository: string): readonly RunningLocalCloud[] {
  const folder = runningFolder(repository);
  return filesIn(folder)
    .flatMap((name) => readRunning(join(folder, name)) ?? [])
    .filter(({ process: id }) => isAlive(id))
    .toSorted((a, b) => portOf(a) - portOf(b));
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // None has ever run here.
    return [];
  }
}

function readRunning(file: string): RunningLocalCloud | undefined {
  try {
    return runningSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
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
