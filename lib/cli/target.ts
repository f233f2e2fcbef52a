// Which deployed system a command is about: an environment of the account, or the local cloud that `wend start` runs on this machine.
import { Option, type Command } from 'commander';
import type { RunningLocalCloud } from '#lib/laptop/running-file.ts';
import { CommandProblem } from './command-problem.ts';
import type { Connect, DeployedSystem } from './deployed-system.ts';
import { environmentOption } from './options.ts';

/** `--environment NAME` or `--local`: one of them has to be there, nobody changes what runs by leaving a word out. */
export interface TargetOptions {
  readonly environment?: string;
  readonly local?: boolean;
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
    );
}

/** @throws CommandProblem where neither is given, or no local cloud runs. */
export function targetOf(
  { environment, local }: TargetOptions,
  {
    connect,
    findLocal,
  }: { readonly connect: Connect; readonly findLocal: () => RunningLocalCloud | undefined },
): Target {
  if (environment !== undefined)
    return { environment, words: `--environment ${environment}`, connect: () => connect(environment) };
  if (local !== true)
    throw new CommandProblem(
      'which one is missing',
      'Write --environment <name>, such as production, or --local for the local cloud of wend start.',
    );
  const running = findLocal();
  if (running === undefined)
    throw new CommandProblem(
      'no local cloud runs on this machine',
      'Start one with npm start, and leave it running.',
    );
  return {
    environment: running.environment,
    words: '--local',
    connect: () => connect(running.environment, running),
  };
}
