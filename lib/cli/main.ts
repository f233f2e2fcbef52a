// The command line from its words to its exit code. Commands decide what happens; here is what they have in common:
// help, errors in words, and what a fault of Wend itself looks like.
import { Command, CommanderError } from 'commander';
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';
import { StreamProblem } from '#lib/simulator/stream-problem.ts';
import type { CommandContext } from './command-context.ts';
import { CommandProblem } from './command-problem.ts';
import { broadcastCommand } from './commands/broadcast.ts';
import { checkCommand } from './commands/check.ts';
import { compileCommand } from './commands/compile.ts';
import { consentCommand } from './commands/consent.ts';
import { customerCommand } from './commands/customer.ts';
import { graphCommand } from './commands/graph.ts';
import { journeysCommand } from './commands/journeys.ts';
import { playCommand } from './commands/play.ts';
import { previewCommand } from './commands/preview.ts';
import { pauseCommand } from './commands/pause.ts';
import { resumeCommand } from './commands/resume.ts';
import { retireCommand } from './commands/retire.ts';
import { testCommand } from './commands/test.ts';
import { startCommand } from './commands/start.ts';
import { timelineCommand } from './commands/timeline.ts';
import { trackCommand } from './commands/track.ts';
import { vocabularyCommand } from './commands/vocabulary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs `wend` with the words after the program's name.
 * @returns the exit code; never throws, and never ends the process itself.
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  options: { readonly version: string; readonly debug: boolean } & Pick<
    CommandContext,
    'connect' | 'findLocals' | 'now' | 'untilInterrupted'
  >,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const context: CommandContext = {
    terminal,
    exitWith: (wanted) => (code = wanted),
    connect: options.connect,
    findLocals: options.findLocals,
    now: options.now,
    untilInterrupted: options.untilInterrupted,
  };
  try {
    await createProgram(context, options.version).parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    const failure = explain(error, terminal, options.debug);
    // Whoever asked for JSON reads the standard output: it has to be JSON also where there is nothing to tell but why.
    if (failure !== EXIT.ok && words.includes('--json')) terminal.out(failureJson(error));
    return failure;
  }
}

function failureJson(error: unknown): string {
  const message = error instanceof Error ? error.message.replace(/^error: /, '') : String(error);
  const hint = error instanceof CommandProblem || error instanceof RepositoryProblem ? error.hint : undefined;
  return `${JSON.stringify({ error: { message, ...(hint === undefined ? {} : { hint }) } }, null, 2)}\n`;
}

/** Columns; the same as everything else that commands print. */
const HELP_WIDTH = 100;

function createProgram(context: CommandContext, version: string): Command {
  const { terminal } = context;
  const program = new Command('wend')
    .description('Customer journeys as code: check them, compile them, play them on a stream of events.')
    .version(version, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => terminal.colours.isColorSupported,
      getErrHasColors: () => terminal.errorColours.isColorSupported,
    })
    .addHelpText(
      'after',
      [
        '',
        'Exit codes: 0 done, 1 problems in what was looked at, 2 wrong use of the command, 3 a fault of wend.',
        '',
        'Try:',
        '  wend start                                            the whole system on this machine, in a browser',
        '  wend check                                            is everything in the workspace right?',
        '  wend play --events workspace/events/sample.jsonl.gz   what would happen to these customers?',
      ].join('\n'),
    );
  const commands = [
    startCommand,
    checkCommand,
    testCommand,
    compileCommand,
    graphCommand,
    previewCommand,
    vocabularyCommand,
    playCommand,
    journeysCommand,
    timelineCommand,
    consentCommand,
    customerCommand,
    pauseCommand,
    resumeCommand,
    trackCommand,
    broadcastCommand,
    retireCommand,
  ];
  for (const create of commands) {
    const command = create(context).copyInheritedSettings(program);
    for (const inner of command.commands) inner.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}

function explain(error: unknown, terminal: Terminal, debug: boolean): ExitCode {
  const { errorColours } = terminal;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (
    error instanceof CommandProblem ||
    error instanceof RepositoryProblem ||
    error instanceof StreamProblem
  ) {
    terminal.err(`${errorColours.red('error')}: ${error.message}\n`);
    if ('hint' in error && error.hint !== undefined) terminal.err(`  ${errorColours.dim(error.hint)}\n`);
    if (error instanceof CommandProblem) return error.exitCode;
    return error.where === 'content' ? EXIT.problems : EXIT.usage;
  }
  const fault = error instanceof Error ? error : new Error(String(error));
  terminal.err(`${errorColours.red('internal error')}: ${fault.name}: ${fault.message}\n`);
  terminal.err(
    '  This is a fault of wend, not of your files. Please report it with the command you ran and the\n',
  );
  terminal.err('  output of the same command with WEND_DEBUG=1 in the environment.\n');
  if (debug) terminal.err(`${fault.stack ?? ''}\n`);
  return EXIT.internal;
}
