// Joins the command line to a process: its arguments, outputs, environment and exit code.
import { fromMillis } from '#lib/contracts/time.ts';
import { join } from 'node:path';
import about from '../../package.json' with { type: 'json' };
import { fileProblem } from '#lib/repository/file-problem.ts';
import { clientVariables, findRunning } from '#lib/laptop/running-file.ts';
import type { Interruption } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { runCommandLine } from './main.ts';
import { createTerminal } from './terminal.ts';

/** Where Wend itself is. */
const REPOSITORY = join(import.meta.dirname, '../..');

/** Runs the process's command line and sets its exit code once everything is written. */
export async function runInProcess(ours: NodeJS.Process): Promise<void> {
  for (const stream of [ours.stdout, ours.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Whoever read our output has seen enough (`wend … | head`): that is no error.
      if (error.code === 'EPIPE') ours.exit();
      if (stream === ours.stdout)
        ours.stderr.write(`error: the output cannot be written: ${fileProblem(error)}\n`);
      ours.exit(EXIT.usage);
    });
  }
  const terminal = createTerminal(ours.stdout, ours.stderr, ours.env);
  ours.exitCode = await runCommandLine(ours.argv.slice(2), terminal, {
    version: about.version,
    debug: (ours.env['WEND_DEBUG'] ?? '') !== '',
    // Read only where it is needed: the clients of AWS take longer to load than most commands to run.
    connect: async (environment, local) => {
      // The clients find it as they find AWS: by their variables.
      if (local !== undefined) {
        Object.assign(ours.env, clientVariables(local));
        // A profile would come before the keys.
        delete ours.env['AWS_PROFILE'];
      }
      return (await import('./connect.ts')).connect(environment);
    },
    findLocals: () => findRunning(REPOSITORY),
    now: () => fromMillis(Date.now()),
    untilInterrupted: () => untilInterrupted(ours),
  });
}

/** A second signal ends the process at once, as signals do by themselves. */
function untilInterrupted(ours: NodeJS.Process): Interruption {
  const controller = new AbortController();
  const promise = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      ours.once(signal, () => {
        controller.abort();
        resolve();
      });
  });
  return { signal: controller.signal, promise };
}
