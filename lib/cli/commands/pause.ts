// `wend pause`: nobody enters a journey any more, at once and without a deployment.
import { Command } from 'commander';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { CommandContext } from '../command-context.ts';
import { readKnownJourneys, rulesOfKnown } from '../known-journeys.ts';
import { versionsOption, workspaceOption } from '../options.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface PauseOptions extends TargetOptions {
  readonly workspace: string;
  readonly versions: string;
}

/** The command, not yet parsed. */
export function pauseCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('pause'))
    .summary('pause a deployed journey, at once')
    .description(
      'Pauses a journey of a deployed environment without a deployment: functions notice within ten seconds. It stays ' +
        'paused, whatever its file says, until wend resume. Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<journey>', 'id of the journey')
    .addOption(workspaceOption())
    .addOption(versionsOption())
    .addHelpText('after', '\nExample:\n  wend pause cart-recovery --environment production')
    .action(async (journey: string, options: PauseOptions) => {
      const { workspace, versions } = options;
      const target = targetOf(options, cloud);
      const { environment } = target;
      const rules = rulesOfKnown(await readKnownJourneys(workspace, versions), journey);
      const system = await target.connect();
      try {
        const was = (await system.switches()).get(journey);
        await system.setSwitch(journey, 'paused');
        const already = was === 'paused' ? ' still' : '';
        terminal.out(
          `${journey} is${already} paused in ${environment}: from now on nobody enters.\n` +
            `${INSIDE[rules.whilePaused]}\n` +
            `It goes on with: wend resume ${journey} ${target.words}\n`,
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
