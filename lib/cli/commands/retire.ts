// `wend retire`: removes versions that nobody is in any more.
import { Command } from 'commander';
import { deploymentName, machineName } from '#lib/contracts/deployment-names.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { readRepository, type Repository } from '#lib/repository/repository.ts';
import { planRetirement, removeRetired, retirable, type VersionsInUse } from '#lib/repository/retirement.ts';
import { listMessages } from '#lib/repository/versions-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import type { DeployedSystem } from '../deployed-system.ts';
import { EXIT } from '../exit-codes.ts';
import { environmentsOption, jsonOption, versionsOption, workspaceOption } from '../options.ts';
import { createBar } from '../progress-bar.ts';
import { renderRetirement, retirementJson } from '../render/retirement.ts';

interface RetireOptions {
  readonly environment: readonly string[];
  readonly workspace: string;
  readonly versions: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The command, not yet parsed. */
export function retireCommand({ terminal, exitWith, connect }: CommandContext): Command {
  return new Command('retire')
    .summary('remove versions that nobody is in any more')
    .description(
      'Removes compiled versions in which no environment has a customer and whose goal nobody can reach any more, and ' +
        'the messages that only they send. The newest version of a journey always stays. Every customer document is read, ' +
        'with your own AWS credentials (AWS_PROFILE, AWS_REGION). Run it on what is deployed, and name every environment.',
    )
    .addOption(environmentsOption())
    .addOption(workspaceOption())
    .addOption(versionsOption())
    .option('--dry-run', 'say what may go, and remove nothing')
    .addOption(jsonOption('what was removed and what stays'))
    .addHelpText(
      'after',
      '\nExamples:\n  wend retire --environment production --dry-run\n  wend retire --environment production --environment staging',
    )
    .action(async (options: RetireOptions) => {
      const { environment: environments, workspace, versions, dryRun = false } = options;
      const repository = await readRepository({ workspace, versions });
      const inUse: VersionsInUse[] = [];
      for (const environment of new Set(environments)) {
        const system = await connect(environment);
        try {
          const bar = createBar(terminal, 'parts of all customers', environment);
          try {
            inUse.push(await versionsInUse(environment, system, repository, bar.update));
          } finally {
            bar.stop();
          }
        } finally {
          system.close();
        }
      }
      const retirement = planRetirement(repository, inUse, listMessages(versions));
      if (!dryRun) removeRetired(versions, retirement);
      if (retirement.kept.some(({ because }) => because.kind === 'another deployment'))
        exitWith(EXIT.problems);
      terminal.out(
        options.json === true
          ? retirementJson(retirement)
          : renderRetirement(retirement, dryRun, terminal.colours),
      );
    });
}

/** Nothing is read of an environment that was deployed from another repository: its versions stay anyway. */
async function versionsInUse(
  environment: string,
  system: DeployedSystem,
  repository: Repository,
  onPart: (done: number, all: number) => void,
): Promise<VersionsInUse> {
  const mark = await system.mark();
  if (mark === undefined)
    throw new CommandProblem(
      `${environment} has not said yet what is deployed there; nothing was removed`,
      'Its function find-due says it every minute: look at its log, and try again.',
    );
  const nothing = { inside: new Map<string, number>(), goals: new Map<string, number>() };
  if (mark !== repository.workspace.mark) return { environment, mark, ...nothing, running: new Set() };
  const { inside, goals } = await system.customersByVersion(onPart);
  const running = new Set<string>();
  for (const { journey, version } of retirable(repository)) {
    const key = versionKey(journey, version);
    if (inside.has(key) || goals.has(key)) continue;
    for (const leg of ['first', 'resume'] as const)
      if (await system.isRunning(machineName(deploymentName(environment), journey, version, leg)))
        running.add(key);
  }
  return { environment, mark, inside, goals, running };
}
