// `wend start`: the local cloud, until somebody ends it.
import { Command, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { LaptopProblem } from '#lib/laptop/laptop-problem.ts';
import { USUAL_PORT } from '#lib/laptop/running-file.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { keepYoungGenerationSmall, limitHeapGrowth } from '../heap-growth.ts';
import {
  environmentOption,
  instantArgument,
  pathArgument,
  portArgument,
  wholeNumberArgument,
} from '../options.ts';
import { renderLocalLine, renderStarted } from '../render/local-cloud.ts';

interface StartOptions {
  readonly environment?: string;
  readonly port: number;
  readonly speed: number;
  readonly paused?: boolean;
  readonly data?: string;
  readonly chaos?: number;
  readonly sample: boolean;
  readonly events?: string;
  readonly start?: Instant;
}

/** The command, not yet parsed. */
export function startCommand({ terminal, untilInterrupted }: CommandContext): Command {
  return new Command('start')
    .summary('run the whole system on this machine')
    .description(
      'Puts together what would be deployed, and runs it on this machine: bus, queues, functions, state machines, table, ' +
        'providers. Nothing leaves it. A page shows what happens; AWS clients reach the services by AWS_ENDPOINT_URL.\n' +
        'On its first start it tells itself a day of the sample shop, through which the clock goes as fast as it can.',
    )
    .addOption(environmentOption())
    .option(
      '--port <port>',
      'where the page is; the services are at the port behind it',
      portArgument,
      USUAL_PORT,
    )
    .option(
      '--speed <n>',
      'seconds of the business for each real one, such as 1440: a day a minute',
      speedArgument,
      1,
    )
    .option('--paused', 'let time stand still until it is told to flow')
    .option(
      '--data <dir>',
      'keep everything there over restarts; without it, all is gone at the end',
      pathArgument,
    )
    .option(
      '--chaos <seed>',
      'deliver as badly as AWS may: duplicates, delays, throttles',
      wholeNumberArgument,
    )
    .addOption(new Option('--no-sample', 'begin with nobody').conflicts('events'))
    .option(
      '--events <file>',
      'a day of this stream in place of the sample; its form is that of wend play',
      pathArgument,
    )
    .option('--start <instant>', 'what the clock of the business shows at the beginning', instantArgument)
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  wend start',
        '  wend start --no-sample --speed 1440',
        '  wend start --data .local --chaos 7',
      ].join('\n'),
    )
    .action(async (options: StartOptions) => {
      // Fifteen functions have a heap each, and a laptop has other things to do.
      limitHeapGrowth();
      keepYoungGenerationSmall();
      // Loaded where it is needed: other commands start without it.
      const { startLaptop } = await import('#lib/laptop/start-laptop.ts');
      const begun = performance.now();
      const interrupted = untilInterrupted();
      const { environment, port, speed, paused = false, data, chaos, sample, events, start } = options;
      const starting = startLaptop({
        repository: process.cwd(),
        environment,
        port,
        speed,
        isPaused: paused,
        data: data === undefined ? undefined : resolve(data),
        chaos,
        sample: events ?? sample,
        start: start === undefined ? undefined : toMillis(start),
        signal: interrupted.signal,
        onProgress: (what) => terminal.err(`${terminal.errorColours.dim(`${what} …`)}\n`),
        onLine: (line) => terminal.err(renderLocalLine(line, terminal.errorColours)),
      }).catch((error: unknown) => {
        if (error instanceof LaptopProblem) throw new CommandProblem(error.message, error.hint);
        throw error;
      });
      const laptop = await starting;
      if (laptop !== undefined) {
        terminal.out(renderStarted(laptop, performance.now() - begun, terminal.colours));
        await interrupted.promise;
        terminal.err(`\n${terminal.errorColours.dim('ending …')}\n`);
        await laptop.close();
      }
    });
}

/** A day in a tenth of a second: beyond, jumping says more than watching. */
const FASTEST = 864_000;

function speedArgument(text: string): number {
  const speed = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && speed > 0 && speed <= FASTEST) return speed;
  throw new InvalidArgumentError(
    `Write a number above 0, at most ${FASTEST}, such as 60: a minute a second.`,
  );
}
