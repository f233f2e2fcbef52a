// Whom a command is about: by the id that applications use, or by the hash that logs show.
import type { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandProblem } from '../../command-problem.ts';
import type { DeployedSystem } from '../../deployed-system.ts';
import { EXIT } from '../../exit-codes.ts';
import { addTarget, targetOf, type Target, type TargetOptions } from '../../target.ts';

export interface CustomerOptions extends TargetOptions {
  readonly hash?: boolean;
}

export function addCustomer(command: Command): Command {
  return addTarget(command)
    .argument('<customer>', 'the id that your applications use')
    .option('--hash', 'the id is the hash that logs and executions show');
}

/** Signs in, finds the customer's id, and signs out whatever happens. */
export async function withCustomer(
  { connect, findLocals }: CommandContext,
  id: string,
  options: CustomerOptions,
  work: (system: DeployedSystem, customer: string, target: Target) => Promise<void>,
): Promise<void> {
  const target = targetOf(options, { connect, findLocals });
  const system = await target.connect();
  try {
    await work(system, options.hash === true ? id : await system.customerId(id), target);
  } finally {
    system.close();
  }
}

/** Nobody is known by the id. */
export function nobody(environment: string, customer: string): CommandProblem {
  return new CommandProblem(
    `nobody is known by this id in ${environment}`,
    `Its hash is ${customer}. Upper and lower case count. With --hash the id is the hash itself.`,
    EXIT.problems,
  );
}
