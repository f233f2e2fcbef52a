// `wend resume`: a journey that was paused at run time goes on.
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { readKnownJourneys, rulesOfKnown } from '../known-journeys.ts';
import { versionsOption, workspaceOption } from '../options.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface ResumeOptions extends TargetOptions {
  readonly workspace: string;
  readonly versions: string;
}

/** The command, not yet parsed. */
export function resumeCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('resume'))
    .summary('let a paused journey of a deployed environment go on')
    .description(
      'Ends what wend pause has begun: the journey is again what its file says. Where the file itself says "paused", it is ' +
        'overruled until the next wend pause. Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<journey>', 'id of the journey')
    .addOption(workspaceOption())
    .addOption(versionsOption())
    .addHelpText('after', '\nExample:\n  wend resume cart-recovery --environment production')
    .action(async (journey: string, options: ResumeOptions) => {
      const { workspace, versions } = options;
      const target = targetOf(options, cloud);
      const { environment } = target;
      const { status } = rulesOfKnown(await readKnownJourneys(workspace, versions), journey);
      if (status === 'retired')
        throw new CommandProblem(
          `${journey} is retired: nobody comes back into what is being taken away`,
          'Set its "status" to live in the workspace, compile and deploy.',
        );
      const system = await target.connect();
      try {
        const was = (await system.switches()).get(journey);
        const held = (await system.breakerReasons()).get(journey);
        // A switch that said the same as the file would go on overruling it, also when the file says "paused" one day.
        await system.setSwitch(journey, status === 'paused' ? 'live' : undefined);
        const already =
          (was !== undefined && was !== 'live') || status === 'paused' ? '' : ' It was not paused.';
        const overruled = status === 'paused' ? ' Its file says "paused" and is overruled.' : '';
        const lifted =
          held === undefined
            ? ''
            : ` The breaker had paused it at ${held.at}: ${held.reason}. What is sent from now on is counted anew.`;
        terminal.out(`${journey} is live in ${environment}.${already}${overruled}${lifted}\n`);
      } finally {
        system.close();
      }
    });
}
