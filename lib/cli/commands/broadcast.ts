// `wend broadcast`: everybody is asked now, by an event that belongs to no customer. It is what an application does by putting the event
// on the bus; the command looks first whether any journey listens, and what the event is made of.
import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { audienceExecutionName } from '#lib/contracts/audience.ts';
import { audienceMachineName, deploymentName } from '#lib/contracts/deployment-names.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { readProperties } from '../event-properties.ts';
import { suggestion } from '../names.ts';
import { workspaceOption } from '../options.ts';
import { counted } from '../render/numbers.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface BroadcastOptions extends TargetOptions {
  readonly workspace: string;
  readonly properties: string;
  readonly id?: string;
  readonly yes?: boolean;
}

/** The command, not yet parsed. */
export function broadcastCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('broadcast'))
    .summary('ask every customer now, by an event')
    .description(
      'Puts an event that belongs to no customer on the bus of a deployed environment: journeys whose entry has it with an ' +
        '"audience" ask every customer. Without --yes it only says which would. The same --id lets nobody in twice.\n' +
        'Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<event>', 'name of the event')
    .addOption(workspaceOption())
    .option('--properties <json>', 'what the event says', '{}')
    .option('--id <id>', 'id of the event; a new one without it')
    .option('--yes', 'do it')
    .addHelpText(
      'after',
      '\nExample:\n  wend broadcast "Product Restocked" --environment production --properties \'{"product_id":"p1"}\' --yes',
    )
    .action(async (event: string, options: BroadcastOptions) => {
      const { id = randomUUID(), yes = false } = options;
      const target = targetOf(options, cloud);
      const { environment } = target;
      const workspace = await readWorkspaceFolder(options.workspace);
      const journeys = listening(event, workspace);
      const properties = readProperties(options.properties, event, workspace.settings?.vocabulary);
      const who = `${counted(journeys.length, 'journey')} (${journeys.join(', ')})`;
      if (!yes) {
        terminal.out(`${who} would ask every customer of ${environment}. Add --yes to do it.\n`);
        return;
      }
      const system = await target.connect();
      try {
        await system.put({ type: 'track', messageId: id, event, properties });
      } finally {
        system.close();
      }
      const execution = audienceExecutionName({ kind: 'event', id });
      terminal.out(
        `The bus has taken the event ${id}: ${who} ${journeys.length === 1 ? 'asks' : 'ask'} every customer of ${environment}.\n` +
          `How far it is: execution ${execution} of the state machine ${audienceMachineName(deploymentName(environment))}.\n`,
      );
    });
}

/** Journeys that are live by their files and enter by the event. */
function listening(event: string, { journeys, folder }: WorkspaceFolder): readonly string[] {
  const all = journeys.flatMap(({ id, status, manifest }) => {
    const { trigger } = manifest.entry;
    return trigger.kind === 'audience' && status === 'live' ? [{ id, event: trigger.event }] : [];
  });
  const found = all.filter((one) => one.event === event).map(({ id }) => id);
  if (found.length > 0) return found;
  const events = [...new Set(all.map((one) => one.event))];
  throw new CommandProblem(
    `no live journey in ${folder} has "${event}" with an "audience" as its entry`,
    suggestion(event, events) ?? 'docs/reaching-everybody.md says how to write one.',
  );
}
