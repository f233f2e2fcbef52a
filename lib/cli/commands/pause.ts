// `wend pause`: nobody enters a journey any more, at once and without a deployment.
import { Command } from 'commander';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { CommandContext } from '../command-context.ts';
import { readKnownJourneys, rulesOfKnown } from '../known-journeys.ts';
import { environmentOption, versionsOption, workspaceOption } from '../options.ts';

interface PauseOptions {
  readonly environment: string;
  readonly workspace: string;
  readonly versions: string;
}

/** The command, not yet parsed. */
export function pauseCommand({ terminal, connect }: CommandContext): Command {
  return new Command('pause')
    .summary('pause a deployed journey, at once')
    .description(
      'Pauses a journey of a deployed environment without a deployment: functions notice within ten seconds. It stays ' +
        'paused, whatever its file says, until wend resume. Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION).',
    )
    .argument('<journey>', 'id of the journey')
    .addOption(environmentOption())
    .addOption(workspaceOption())
    .addOption(versionsOption())
    .addHelpText('after', '\nExample:\n  wend pause cart-recovery --environment production')
    .action(async (journey: string, { environment, workspace, versions }: PauseOptions) => {
      const rules = rulesOfKnown(await readKnownJourneys(workspace, versions), journey);
      const system = await connect(environment);
      try {
        const was = (await system.switches()).get(journey);
        await system.setSwitch(journey, 'paused');
        const already = was === 'paused' ? ' still' : '';
        terminal.out(
          `${journey} is${already} paused in ${environment}: from now on nobody enters.\n` +
            `${INSIDE[rules.whilePaused]}\n` +
            `It goes on with: wend resume ${journey} --environment ${environment}\n`,
        );
      } finally {
        system.close();
      }
    });
}

const INSIDE: Readonly<Record<JourneyRules['whilePaused'], string>> = {
  hold: 'Those inside wait at the step that falls due next; events, exits and goals still count.',
  drain: 'Those inside go on to their end.',
  drop: 'Those inside leave.',
};
