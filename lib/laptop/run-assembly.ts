// The second half of a start: what was put together runs, a page shows it, and a fresh cloud is told a day of the sample. It is loaded while
// the stack is put together, and brings nearly everything with it that there is to load.
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { fromMillis } from '#lib/contracts/time.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { deployedWorkspace } from './deployed-parts.ts';
import { firstCommands } from './first-commands.ts';
import { readJourneyTitles } from './journey-titles.ts';
import { LaptopProblem } from './laptop-problem.ts';
import { openLaptopCloud, type LaptopCloud } from './open-laptop-cloud.ts';
import { openPage } from './page/page-server.ts';
import { tellRunning } from './running-file.ts';
import { readDay } from './sample/read-day.ts';
import type { StreamDay } from './sample/stream-day.ts';
import type { Laptop, LaptopOptions } from './start-laptop.ts';

export interface AssemblyRun extends LaptopOptions {
  readonly environment: string;
  readonly assembly: StackAssembly;
  /** A file of calls that a fresh cloud is told a day of; undefined: nothing. */
  readonly stream: string | undefined;
  /** Folder for compiled code of functions. */
  readonly codeCache: string;
}

const WORKSPACE = 'workspace';
const DAY_MILLIS = 24 * 60 * 60 * 1000;

/**
 * Resolves when the page can be looked at.
 * @throws as openCloud does, LaptopProblem for options that do not go with what is kept, StreamProblem for a stream with nothing to tell.
 */
export async function runAssembly(options: AssemblyRun): Promise<Laptop> {
  const { repository, environment, port, data, stream, codeCache, assembly } = options;
  const end = options.start ?? Date.now();
  const notice = (text: string): void => options.onLine({ level: 'WARN', source: 'local cloud', text });
  // A file of somebody's own. The sample has lines that are no events on purpose, and whoever starts it has nothing to mend.
  const isOwn = typeof options.sample === 'string';
  // Before anything is kept: whoever mends the file starts afresh with the same folder.
  const day =
    stream === undefined
      ? undefined
      : await readDay(stream, deployedWorkspace(assembly), end, isOwn ? notice : () => undefined);
  emptyWhereLarge(codeCache);
  const cloud = await openLaptopCloud({
    ...options,
    port: port + 1,
    begin: stream === undefined ? end : end - DAY_MILLIS,
    isLifeLike: stream !== undefined,
    timers: SYSTEM_TIMERS,
    random: Math.random,
  });
  const { running } = cloud;
  try {
    checkStart(cloud, options);
    if (!cloud.isFresh && isOwn)
      notice(`--events is for a fresh cloud: ${data} goes on with what it has, and ${stream} is not told.`);
    const page = await openPage({
      cloud: running,
      titles: readJourneyTitles(join(repository, WORKSPACE)),
      port,
      timers: SYSTEM_TIMERS,
      newId: randomUUID,
      onFault: cloud.onFault,
    });
    const told = { environment, region: running.region, endpoint: running.endpoint, page: page.address };
    const takeBack = tellRunning(repository, { process: process.pid, ...told });
    // For the next start, however this one ends.
    flushCompileCache();
    // Goes on behind the page; a jump that the end cuts off is never over, and nobody waits for it.
    void fill(cloud, end, day);
    return {
      environment,
      page: page.address,
      endpoint: running.endpoint,
      kept: data,
      commands: firstCommands(told, running.workspace, end),
      async close() {
        takeBack();
        await page.close();
        running.clock.stopJump();
        await cloud.close();
      },
    };
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

/** What is kept goes on where it has stopped: another beginning would be told to nobody. */
function checkStart({ isFresh, running }: LaptopCloud, { start, data }: AssemblyRun): void {
  if (isFresh || start === undefined) return;
  const kept = fromMillis(running.clock.now());
  throw new LaptopProblem(
    `--start is for a fresh cloud, and ${data} goes on from ${kept}`,
    start < running.clock.now()
      ? 'Time does not go back. Leave --start out, or name another folder.'
      : 'Leave --start out: the clock goes on by itself, and the page can jump.',
  );
}

/** A fresh cloud is told its first day; then time flows. */
async function fill(cloud: LaptopCloud, end: number, day: StreamDay | undefined): Promise<void> {
  const { sample, isFresh, onFault } = cloud;
  try {
    if (isFresh && day !== undefined) await sample.tell(day, end);
    else await cloud.goTo(end);
  } catch (error) {
    onFault(error);
  }
  cloud.flow();
}

/**
 * Files of compiled code by which the functions of some twenty deployments are known. Each change of a journey moves all bundles (their
 * folders are named after what is in them), and what was compiled of them before is never asked for again.
 */
const MOST_COMPILED = 300;

function emptyWhereLarge(codeCache: string): void {
  try {
    const files = readdirSync(codeCache, { recursive: true });
    if (files.length > MOST_COMPILED) rmSync(codeCache, { recursive: true, force: true });
  } catch {
    // There is none yet.
  }
}
