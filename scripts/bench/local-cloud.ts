// The local cloud as a newcomer starts it, in a process of its own: how long until the page is there and shows a message, and what memory
// the process takes when the sample's day is over and when nobody has done anything since.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');

export interface LocalCloudFigures {
  /** From the start of the process, in seconds: the page answers; it shows a message; the sample's day is over. */
  readonly page: number;
  readonly firstMessage: number;
  readonly sample: number;
  /** Resident memory in megabytes, at the highest, at the end of the sample, and when nothing has happened for a while. */
  readonly peak: number;
  readonly atSamplesEnd: number;
  readonly idle: number;
}

/** Longer than an instance of a function stays that nobody calls. */
const IDLE_SECONDS = 90;
/** What is slower than this has failed. */
const LONGEST_SECONDS = 300;
const LOOK_MILLIS = 50;

/** Memory is read of /proc: on systems without it, the figures are NaN. */
export async function measureLocalCloud(): Promise<LocalCloudFigures> {
  const port = await freePort();
  const begun = performance.now();
  const cloud = spawn(process.execPath, ['bin/wend.ts', 'start', '--port', String(port)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((done) => {
    cloud.once('exit', done);
  });
  const api = `http://127.0.0.1:${port}/api`;
  const until = async (path: string, isThere: (answer: unknown) => boolean): Promise<number> => {
    for (;;) {
      const seconds = (performance.now() - begun) / 1000;
      if (isThere(await answerOf(`${api}/${path}`))) return seconds;
      if (cloud.exitCode !== null || seconds > LONGEST_SECONDS)
        throw new Error(`the local cloud has not come as far as ${path} in ${seconds.toFixed(0)} s`);
      await pause(LOOK_MILLIS);
    }
  };
  try {
    const page = await until('clock', (answer) => answer !== undefined);
    const firstMessage = await until(
      'messages',
      (answer) => ((answer as { all: number } | undefined)?.all ?? 0) > 0,
    );
    const sample = await until(
      'clock',
      (answer) => (answer as { sample: { state: string } } | undefined)?.sample.state === 'done',
    );
    const atSamplesEnd = memory(cloud, 'VmRSS');
    const peak = memory(cloud, 'VmHWM');
    await pause(IDLE_SECONDS * 1000);
    return { page, firstMessage, sample, peak, atSamplesEnd, idle: memory(cloud, 'VmRSS') };
  } finally {
    cloud.kill('SIGINT');
    await ended;
  }
}

async function answerOf(url: string): Promise<unknown> {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.json() : undefined;
  } catch {
    // Nobody listens there yet.
    return undefined;
  }
}

function memory({ pid }: ChildProcess, name: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(String.raw`${name}:\s+(\d+) kB`).exec(status)?.[1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

/** The services are at the next one, which is nearly always free as well. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => {
    server.close(done);
  });
  return port;
}
