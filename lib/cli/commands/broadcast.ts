// `wend broadcast`: everybody is asked now, by an event that belongs to no customer. It is what an application does by putting the event
// on the bus; the command looks first whether any journey listens, and what the event is made of.
import { Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { isOfType } from '#lib/compiler/checks/operator-types.ts';
import { audienceExecutionName } from '#lib/contracts/audience.ts';
import { audienceMachineName, deploymentName } from '#lib/contracts/deployment-names.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { suggestion } from '../names.ts';
import { environmentOption, workspaceOption } from '../options.ts';
import { counted } from '../render/numbers.ts';

interface BroadcastOptions {
  readonly environment: string;
  readonly workspace: string;
  readonly properties: string;
  readonly id?: string;
  readonly yes?: boolean;
}

/** The command, not yet parsed. */
export function broadcastCommand({ terminal, connect }: CommandContext): Command {
  return new Command('broadcast')
    .summary('ask every customer now, by an event')
    .description(
      'Puts an event that belongs to no customer on the bus of a deployed environment: journeys whose entry has it with an ' +
        '"audience" ask every customer. Without --yes it only says which would. The same --id lets nobody in twice.\n' +
        'Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION).',
    )
    .argument('<event>', 'name of the event')
    .addOption(environmentOption())
    .addOption(workspaceOption())
    .option('--properties <json>', 'what the event says', '{}')
    .option('--id <id>', 'id of the event; a new one without it')
    .option('--yes', 'do it')
    .addHelpText(
      'after',
      '\nExample:\n  wend broadcast "Product Restocked" --environment production --properties \'{"product_id":"p1"}\' --yes',
    )
    .action(async (event: string, options: BroadcastOptions) => {
      const { environment, id = randomUUID(), yes = false } = options;
      const workspace = await readWorkspaceFolder(options.workspace);
      const journeys = listening(event, workspace);
      const properties = readProperties(options.properties, event, workspace);
      const who = `${counted(journeys.length, 'journey')} (${journeys.join(', ')})`;
      if (!yes) {
        terminal.out(`${who} would ask every customer of ${environment}. Add --yes to do it.\n`);
        return;
      }
      const system = await connect(environment);
      try {
        const timestamp = new Date().toISOString();
        await system.broadcast({ type: 'track', messageId: id, event, properties, timestamp });
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

function readProperties(
  text: string,
  event: string,
  { settings }: WorkspaceFolder,
): Readonly<Record<string, unknown>> {
  let properties: unknown;
  try {
    properties = JSON.parse(text);
  } catch {
    throw new CommandProblem('--properties is no JSON', 'Such as --properties \'{"product_id":"p1"}\'.');
  }
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties))
    throw new CommandProblem('--properties is no object', 'Such as --properties \'{"product_id":"p1"}\'.');
  const declared = settings?.vocabulary.events[event] ?? {};
  for (const [name, value] of Object.entries(properties)) {
    const type = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (type === undefined)
      throw new CommandProblem(
        `the event "${event}" has no property "${name}"`,
        suggestion(name, Object.keys(declared)),
      );
    // Conditions compare with one of another type, and it would concern nobody.
    if (isSingle(value) && !isOfType(value, type))
      throw new CommandProblem(
        `"${name}" of "${event}" is of type ${type}: ${JSON.stringify(value)} is none`,
      );
  }
  return properties as Readonly<Record<string, unknown>>;
}

function isSingle(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
