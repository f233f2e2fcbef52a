// Runs a `wend` command as a user does, in a process of its own, and measures the whole of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Measured {
  /** Start to end, in seconds. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly output: string;
}

/** The median run of `runs` by wall time. Throws where the command fails. */
export function measure(words: readonly string[], runs: number): Measured {
  const measured = Array.from({ length: runs }, () => runOnce(words)).toSorted(
    (a, b) => a.seconds - b.seconds,
  );
  const median = measured[Math.floor(runs / 2)];
  if (median === undefined) throw new RangeError('a measurement needs at least one run');
  return median;
}

function runOnce(words: readonly string[]): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'wend-bench-'));
  const usage = join(folder, 'usage.json');
  const reporter = pathToFileURL(join(import.meta.dirname, 'usage-reporter.ts')).href;
  const start = process.hrtime.bigint();
  const run = spawnSync(process.execPath, ['--import', reporter, join(ROOT, 'bin/wend.ts'), ...words], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, WEND_BENCH_USAGE: usage },
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (run.status !== 0) throw new Error(`wend ${words.join(' ')} failed with ${run.status}:\n${run.stderr}`);
  const used = JSON.parse(readFileSync(usage, 'utf8')) as { peakMegabytes: number; cpuSeconds: number };
  rmSync(folder, { recursive: true });
  return { seconds, output: run.stdout, ...used };
}
