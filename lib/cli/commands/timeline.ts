// `wend timeline`: what was decided about a customer, and why. The table holds it packed, so nobody can read it there.
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { jsonOption, wholeNumberArgument } from '../options.ts';
import { renderTimeline } from '../render/timeline.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface TimelineOptions extends TargetOptions {
  readonly hash?: boolean;
  readonly last: number;
  readonly json?: boolean;
}

/** What one looks over; a busy customer has some ten decisions a day that tell something. */
const LAST = 50;

/** The command, not yet parsed. */
export function timelineCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('timeline'))
    .summary('show what was decided about a customer, and why')
    .description(
      'Shows what a deployed environment has decided about a customer in the last 90 days, and why: the newest is the last. ' +
        'It is told a moment after it was decided. Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<customer>', 'the id that your applications use')
    .option('--hash', 'the id is the hash that logs and executions show')
    .addOption(
      new Option('--last <n>', 'how many decisions')
        .argParser(wholeNumberArgument)
        .default(LAST, String(LAST)),
    )
    .addOption(jsonOption('the decisions, newest first,'))
    .addHelpText('after', '\nExample:\n  wend timeline u-1 --environment production')
    .action(async (id: string, options: TimelineOptions) => {
      const { hash, last, json } = options;
      if (last < 1) throw new CommandProblem('--last has to be 1 or more');
      const target = targetOf(options, cloud);
      const { environment } = target;
      const system = await target.connect();
      try {
        const customer = hash === true ? id : await system.customerId(id);
        const revisions = await system.timeline(customer, last);
        terminal.out(
          json === true
            ? `${JSON.stringify({ environment, customer, decisions: revisions }, null, 2)}\n`
            : renderTimeline(customer, revisions, terminal.colours),
        );
      } finally {
        system.close();
      }
    });
}
