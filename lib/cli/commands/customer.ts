// `wend customer`: what is asked about one person, and what they may ask for.
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { eraseCommand } from './customer/erase.ts';
import { explainCommand } from './customer/explain.ts';
import { exportCommand } from './customer/export.ts';

/** The command with its own commands, not yet parsed. */
export function customerCommand(context: CommandContext): Command {
  const command = new Command('customer')
    .summary('export or erase a customer, or explain their messages')
    .description(
      'What is asked about one customer of a deployed environment: everything that is kept of them, that it be erased, and why a message ' +
        'came or did not come. docs/privacy.md says what is kept where, and how to answer requests.',
    );
  for (const create of [explainCommand, exportCommand, eraseCommand]) command.addCommand(create(context));
  return command;
}
