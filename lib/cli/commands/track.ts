// `wend track`: something that a customer does, told as an application tells it, and what was decided by it.
import { Command, Option } from 'commander';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ToldRevision } from '#lib/engine/ports.ts';
import { canBeSent } from '#lib/journey/watched-events.ts';
import { BUILT_IN_EVENTS, eventProperties } from '#lib/journey/vocabulary.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import type { DeployedSystem } from '../deployed-system.ts';
import { readProperties } from '../event-properties.ts';
import { suggestion } from '../names.ts';
import { jsonOption, wholeNumberArgument, workspaceOption } from '../options.ts';
import { renderTimeline } from '../render/timeline.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface TrackOptions extends TargetOptions {
  readonly workspace: string;
  readonly properties: string;
  readonly id?: string;
  readonly wait: number;
  readonly json?: boolean;
}

/** A batch waits a second to fill, a first start of a function takes two, and the timeline is told behind the decision. */
const WAIT_SECONDS = 10;
/** Often enough for whoever looks at the terminal. */
const LOOK_MILLIS = 300;
/** What one event sets off is among the last decisions, also where others come in between. */
const LAST = 20;

/** The command, not yet parsed. */
export function trackCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('track'))
    .summary('tell that a customer has done something')
    .description(
      'Puts an event of a customer on the bus, as an application does (a track call of the Segment spec), and shows what was ' +
        'decided by it. The event and its properties have to be in the vocabulary of settings.json.\n' +
        'Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<customer>', 'the id that your applications use')
    .argument('<event>', 'name of the event')
    .addOption(workspaceOption())
    .option('--properties <json>', 'what the event says', '{}')
    .option('--id <id>', 'id of the event, by which one that comes twice is known; a new one without it')
    .addOption(
      new Option('--wait <seconds>', 'how long to look for what was decided; 0: not at all')
        .argParser(wholeNumberArgument)
        .default(WAIT_SECONDS, String(WAIT_SECONDS)),
    )
    .addOption(jsonOption('the decisions'))
    .addHelpText(
      'after',
      '\nExample:\n  wend track ada "Order Completed" --local --properties \'{"order_id":"o-1","total":120}\'',
    )
    .action(async (external: string, event: string, options: TrackOptions) => {
      const { id = randomUUID(), wait, json } = options;
      if (wait < 0) throw new CommandProblem('--wait has to be 0 or more');
      const settings = settingsOf(await readWorkspaceFolder(options.workspace));
      checkEvent(event, settings);
      const properties = readProperties(options.properties, event, settings.vocabulary);
      const system = await targetOf(options, cloud).connect();
      try {
        const customer = await system.customerId(external);
        await system.put({ type: 'track', messageId: id, userId: external, event, properties });
        const decisions = wait === 0 ? [] : await decisionsBy(id, customer, system, wait);
        if (json === true) {
          terminal.out(`${JSON.stringify({ id, customer, decisions }, null, 2)}\n`);
          return;
        }
        terminal.out(`The bus has taken "${event}" of ${external}, event ${id}.\n`);
        if (decisions.length > 0) terminal.out(renderTimeline(customer, decisions, terminal.colours));
        else if (wait > 0)
          terminal.out(
            `Nothing was decided about ${external} by it within ${wait} seconds: it does nothing where they are now, or is still on its way.\n`,
          );
      } finally {
        system.close();
      }
    });
}

function settingsOf({ folder, settings }: WorkspaceFolder): Settings {
  if (settings !== undefined) return settings;
  throw new CommandProblem(`the settings of ${folder} cannot be read`, 'Run npx wend check: it says why.');
}

function checkEvent(event: string, { vocabulary }: Settings): void {
  if (!canBeSent(event))
    throw new CommandProblem(
      `"${event}" is an event that only Wend makes`,
      'It follows from what customers do.',
    );
  if (eventProperties(vocabulary, event) !== undefined) return;
  const events = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS)].filter(canBeSent);
  throw new CommandProblem(`there is no event "${event}" in the vocabulary`, suggestion(event, events));
}

/** The event itself, or one that it has set off, such as `Customer Created`: their ids begin with its own. */
function isOf(event: string | undefined, id: string): boolean {
  return event === id || event?.startsWith(`${id}#`) === true;
}

/** Newest first; none where nothing has been told until then. */
async function decisionsBy(
  id: string,
  customer: string,
  system: DeployedSystem,
  seconds: number,
): Promise<readonly ToldRevision[]> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const told = await system.timeline(customer, LAST);
    const found = told
      .map((revision) => ({ ...revision, log: revision.log.filter(({ event }) => isOf(event, id)) }))
      .filter(({ log }) => log.length > 0);
    if (found.length > 0 || performance.now() > deadline) return found;
    await pause(LOOK_MILLIS);
  }
}
