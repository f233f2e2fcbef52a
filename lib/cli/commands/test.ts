// `wend test`: do the journeys do what their scenarios say?
import { Command } from 'commander';
import { ScenarioPlayer } from '#lib/simulator/scenarios/scenario-player.ts';
import type { PlacedScenario } from '#lib/simulator/scenarios/read-tests.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { countSeverities, renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { renderTests } from '../render/test-report.ts';
import { testReport, type PlayedScenario } from '../render/test-json.ts';

interface TestOptions {
  readonly workspace: string;
  readonly json?: boolean;
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
      const player = new ScenarioPlayer({ settings, journeys, segments, messages });
      const played: PlayedScenario[] = [];
      for (const placed of wanted) played.push({ placed, result: await player.play(placed) });
      const suspicious = diagnostics.filter(({ file }) => file.startsWith('tests/'));
      if (played.some(({ result }) => !result.passed)) exitWith(EXIT.problems);
      if (options.json === true) {
        terminal.out(`${JSON.stringify(testReport(played, suspicious), null, 2)}\n`);
        return;
      }
      const { colours } = terminal;
      if (suspicious.length > 0) terminal.out(`${renderDiagnostics(suspicious, texts, folder, colours)}\n`);
      terminal.out(renderTests(played, { folder, zone: settings.timezone, colours }));
    });
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
