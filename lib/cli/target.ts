// Which deployed system a command is about: an environment of the account, or the local cloud that `wend start` runs on this machine.
import { Option, type Command } from 'commander';
import { portOf, type RunningLocalCloud } from '#lib/laptop/running-file.ts';
import { CommandProblem } from './command-problem.ts';
import type { Connect, DeployedSystem } from './deployed-system.ts';
import { environmentOption, portArgument } from './options.ts';

/** `--environment NAME` or `--local`: one of them has to be there, nobody changes what runs by leaving a word out. */
export interface TargetOptions {
  readonly environment?: string;
  readonly local?: boolean;
  /** Of the local cloud's page. */
  readonly port?: number;
}

export interface Target {
  readonly environment: string;
  /** How it was named: `--local`, for further commands to try. */
  readonly words: string;
  connect(): Promise<DeployedSystem>;
}

export function addTarget(command: Command): Command {
  return command
    .addOption(environmentOption())
    .addOption(
      new Option('--local', 'the local cloud that wend start runs on this machine').conflicts('environment'),
    )
    .addOption(
      new Option('--port <port>', 'with --local: the port of its page, where several run')
        .argParser(portArgument)
        .conflicts('environment'),
    );
}

/** @throws CommandProblem where neither is given, or no local cloud runs. */
export function targetOf(
  { environment, local, port }: TargetOptions,
  {
    connect,
    findLocals,
  }: { readonly connect: Connect; readonly findLocals: () => readonly RunningLocalCloud[] },
): Target {
  if (environment !== undefined)
    return { environment, words: `--environment ${environment}`, connect: () => connect(environment) };
  if (local !== true)
    throw new CommandProblem(
      'which one is missing',
      'Write --environment <name>, such as production, or --local for the local cloud of wend start.',
    );
  const running = theLocal(findLocals(), port);
  return {
    environment: running.environment,
    words: port === undefined ? '--local' : `--local --port ${port}`,
    connect: () => connect(running.environment, running),
  };
}

function theLocal(running: readonly RunningLocalCloud[], port: number | undefined): RunningLocalCloud {
  const [only, ...others] = port === undefined ? running : running.filter((one) => portOf(one) === port);
  if (only !== undefined && others.length === 0) return only;
  const there = running.map((one) => `  --port ${portOf(one)}: the environment ${one.environment}`);
  if (only !== undefined)
    throw new CommandProblem(
      'several local clouds run on this machine',
      ['Say which one:', ...there].join('\n'),
    );
  if (running.length > 0)
    throw new CommandProblem(
      `no local cloud has its page at the port ${port}`,
      ['There run:', ...there].join('\n'),
    );
  throw new CommandProblem(
    'no local cloud runs on this machine',
    'Start one with npm start, and leave it running.',
  );
}
