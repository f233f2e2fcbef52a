// `wend test`: do the journeys do what their scenarios say?
import { Command } from 'commander';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { coverageOf, type JourneyCoverage } from '#lib/simulator/scenarios/coverage.ts';
import type { MutationResult } from '#lib/simulator/scenarios/mutate/find-unnoticed.ts';
import type { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';
import type { PlacedScenario } from '#lib/simulator/scenarios/read-tests.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { countSeverities, renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { renderCoverage } from '../render/coverage.ts';
import { renderMutations } from '../render/mutations.ts';
import { renderTests } from '../render/test-report.ts';
import { testReport, type PlayedScenario } from '../render/test-json.ts';

interface TestOptions {
  readonly workspace: string;
  readonly json?: boolean;
  readonly coverage?: boolean;
  readonly mutate?: boolean;
}

/** The command, not yet parsed. Ends with `problems` where a scenario fails, with `usage` where none can be played. */
export function testCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('test')
    .summary('play the scenarios of journeys')
    .description(
      'Plays the scenarios under tests/ on the compiled journeys, in virtual time, with consent, caps and quiet hours.\n' +
        'Where something else happens than a scenario says, both are shown side by side, with the reasons.',
    )
    .argument('[journeys...]', 'ids of journeys; all that have scenarios without any')
    .addOption(workspaceOption())
    .addOption(jsonOption('the results'))
    .option('--coverage', 'list the steps, arms and exits that no scenario takes')
    .option('--mutate', 'change one thing at a time about each journey, and list what no scenario notices')
    .addHelpText('after', '\nExamples:\n  wend test\n  wend test cart-recovery welcome')
    .action(async (ids: string[], options: TestOptions) => {
      const workspace = await loadWorkspace(options.workspace);
      const { diagnostics, texts, folder, settings, journeys, segments, messages } = workspace;
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      if (errors.length > 0 || settings === undefined) {
        exitWith(EXIT.usage);
        if (options.json === true)
          terminal.out(`${JSON.stringify({ ...countSeverities(errors), diagnostics: errors }, null, 2)}\n`);
        else {
          const { errorColours } = terminal;
          terminal.err(renderDiagnostics(errors, texts, folder, errorColours));
          terminal.err(`\n${summarise(errors, errorColours)}: nothing was played\n`);
        }
        return;
      }
      const wanted = wantedScenarios(ids, workspace);
      // Loaded where it is needed: other commands start without the simulator.
      const { ScenarioPlayer } = await import('#lib/simulator/scenarios/scenario-player.ts');
      const player = ScenarioPlayer.of({ settings, journeys, segments, messages });
      const played: PlayedScenario[] = [];
      for (const placed of wanted) played.push({ placed, result: await player.play(placed) });
      const failed = played.some(({ result }) => !result.passed);
      const suspicious = diagnostics.filter(({ file }) => file.startsWith('tests/'));
      const examined = journeys.filter(({ id }) => ids.length === 0 || ids.includes(id));
      const coverage = options.coverage === true ? coverAll(examined, played, workspace) : undefined;
      // A journey that does not do what its scenarios say has to be mended first.
      const mutations =
        options.mutate === true && !failed
          ? await mutateAll(examined, played, { ...workspace, settings }, player)
          : undefined;
      const unnoticed = mutations?.some((each) => each.unnoticed.length > 0) === true;
      const uncovered = coverage?.some(({ missing }) => missing.length > 0) === true;
      if (failed || unnoticed || uncovered) exitWith(EXIT.problems);
      if (options.json === true) {
        const report = { ...testReport(played, suspicious), coverage, mutations };
        terminal.out(`${JSON.stringify(report, null, 2)}\n`);
        return;
      }
      const { colours } = terminal;
      if (suspicious.length > 0) terminal.out(`${renderDiagnostics(suspicious, texts, folder, colours)}\n`);
      terminal.out(renderTests(played, { folder, zone: settings.timezone, colours }));
      if (coverage !== undefined) terminal.out(`\n${renderCoverage(coverage, folder, colours)}`);
      if (mutations !== undefined) terminal.out(`\n${renderMutations(mutations, folder, colours)}`);
    });
}

/** What happened to customers of a journey is in the scenarios of other journeys too, where it takes part. */
function coverAll(
  examined: readonly CheckedJourney[],
  played: readonly PlayedScenario[],
  { texts }: LoadedWorkspace,
): readonly JourneyCoverage[] {
  const actual = played.flatMap(({ result }) => result.actual);
  return examined.map((journey) =>
    coverageOf(journey, { path: journey.file, text: texts.get(journey.file) ?? '' }, actual),
  );
}

async function mutateAll(
  examined: readonly CheckedJourney[],
  played: readonly PlayedScenario[],
  { texts, settings, segments, summaries, journeyFiles }: LoadedWorkspace & { readonly settings: Settings },
  player: ScenarioPlayer,
): Promise<readonly MutationResult[]> {
  const { findUnnoticed } = await import('#lib/simulator/scenarios/mutate/find-unnoticed.ts');
  const results: MutationResult[] = [];
  for (const checked of examined) {
    const scenarios = played
      .filter(({ placed }) => placed.journey === checked.id || placed.scenario.with?.includes(checked.id))
      .map(({ placed, result }) => ({
        placed,
        steps: new Set(
          result.actual.flatMap(({ journey, step }) => (journey === checked.id ? (step ?? []) : [])),
        ),
      }));
    if (scenarios.length === 0) continue;
    const file = { path: checked.file, text: texts.get(checked.file) ?? '' };
    const journeyIds = new Set(journeyFiles.map(({ id }) => id));
    const segmentIds = new Set(segments.map(({ id }) => id));
    results.push(
      await findUnnoticed({
        checked,
        file,
        settings,
        messages: summaries,
        journeyIds,
        segmentIds,
        player,
        scenarios,
      }),
    );
  }
  return results;
}

function wantedScenarios(
  ids: readonly string[],
  { scenarios, journeyFiles, folder }: LoadedWorkspace,
): readonly PlacedScenario[] {
  const known = journeyFiles.map(({ id }) => id);
  for (const id of ids)
    if (!known.includes(id))
      throw new CommandProblem(`there is no journey "${id}" in ${folder}`, suggestion(id, known));
  const wanted = scenarios.filter(({ journey }) => ids.length === 0 || ids.includes(journey));
  if (wanted.length === 0)
    throw new CommandProblem(
      ids.length === 0
        ? `there are no scenarios in ${folder}/tests`
        : `there are no scenarios of ${ids.join(', ')}`,
      'Write some: docs/journey-tests.md shows how.',
    );
  return wanted;
}
