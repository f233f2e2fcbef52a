// `wend journeys`: which journeys an environment has, whether they let anybody in, and on which version.
import { Command } from 'commander';
import { compileManifest } from '#lib/compiler/compile.ts';
import { deploymentName, machineName } from '#lib/contracts/deployment-names.ts';
import { sendsTransactional } from '#lib/journey/flow.ts';
import { listVersions } from '#lib/repository/versions-folder.ts';
import type { CommandContext } from '../command-context.ts';
import type { DeployedSystem } from '../deployed-system.ts';
import { readKnownJourneys, type KnownJourneys } from '../known-journeys.ts';
import { jsonOption, versionsOption, workspaceOption } from '../options.ts';
import { renderDeployedJourneys, type DeployedJourney } from '../render/deployed-journeys.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface JourneysOptions extends TargetOptions {
  readonly workspace: string;
  readonly versions: string;
  readonly json?: boolean;
}

/** The command, not yet parsed. */
export function journeysCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('journeys'))
    .summary('list the journeys of a deployed environment')
    .description(
      'Shows for each journey whether it is live or paused, by its file or by a switch, whether its newest version is ' +
        'deployed, and how many older ones are. Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .addOption(workspaceOption())
    .addOption(versionsOption())
    .addOption(jsonOption('the journeys'))
    .addHelpText('after', '\nExample:\n  wend journeys --environment production')
    .action(async (options: JourneysOptions) => {
      const { workspace, versions, json } = options;
      const target = targetOf(options, cloud);
      const { environment } = target;
      const known = await readKnownJourneys(workspace, versions);
      const system = await target.connect();
      try {
        const journeys = await deployedJourneys(environment, system, known, versions);
        terminal.out(
          json === true
            ? `${JSON.stringify({ environment, journeys }, null, 2)}\n`
            : renderDeployedJourneys(journeys, terminal.colours),
        );
      } finally {
        system.close();
      }
    });
}

async function deployedJourneys(
  environment: string,
  system: DeployedSystem,
  { ids, rules, workspace }: KnownJourneys,
  versionsFolder: string,
): Promise<readonly DeployedJourney[]> {
  const switches = await system.switches();
  const reasons = await system.breakerReasons();
  const versions = listVersions(versionsFolder);
  const isDeployed = (journey: string, version: string): boolean =>
    system.machines.has(machineName(deploymentName(environment), journey, version, 'first'));
  return ids.map((journey) => {
    const file = workspace.journeys.find(({ id }) => id === journey);
    const hasFile = workspace.journeyFiles.some(({ id }) => id === journey);
    const newest =
      file === undefined || file.status === 'draft' ? undefined : compileManifest(file.manifest).version;
    const older = versions.filter(
      (one) => one.journey === journey && one.version !== newest && isDeployed(journey, one.version),
    );
    const overruled = switches.get(journey);
    const breaker = reasons.get(journey);
    return {
      journey,
      status: hasFile ? (rules(journey)?.status ?? 'draft') : 'no file',
      ...(overruled === undefined ? {} : { switch: overruled }),
      ...(breaker === undefined ? {} : { breaker }),
      ...(file !== undefined && sendsTransactional(file.manifest.flow) ? { transactional: true } : {}),
      ...(newest === undefined ? {} : { newest, deployed: isDeployed(journey, newest) }),
      older: older.length,
    };
  });
}
