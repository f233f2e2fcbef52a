// `wend check`: is everything in the workspace right?
import { Command } from 'commander';
import { holidaysEnding } from '#lib/compiler/holidays/expand.ts';
import { PRICE_OF_TRANSITIONS, journeyFigures, type JourneyFigures } from '#lib/compiler/journey-figures.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace } from '../load-workspace.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';
import { countSeverities, renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { renderFigures } from '../render/journey-figures.ts';
import { counted } from '../render/numbers.ts';

/** The command, not yet parsed. Ends with `problems` where there is an error; warnings alone are no reason. */
export function checkCommand({ terminal, exitWith, now }: CommandContext): Command {
  return new Command('check')
    .summary('check settings, journeys and messages')
    .description('Checks settings, journeys and messages, and explains each mistake with its place.')
    .addOption(workspaceOption())
    .option('--figures', 'also show the most messages a customer can get, and what each path costs')
    .addOption(jsonOption('the diagnostics, their number and the figures'))
    .addHelpText(
      'after',
      '\nExamples:\n  wend check\n  wend check --figures\n  wend check --workspace shop --json',
    )
    .action(async (options: { workspace: string; json?: boolean; figures?: boolean }) => {
      const { folder, diagnostics, texts, journeyFiles, journeys } = await loadWorkspace(options.workspace);
      const counts = countSeverities(diagnostics);
      if (counts.errors > 0) exitWith(EXIT.problems);
      const lastYear = holidaysEnding(
        journeys.map(({ manifest }) => manifest),
        now(),
      );
      if (lastYear !== undefined)
        terminal.err(
          `warning: this version of Wend knows public holidays until the end of ${lastYear}. After that nobody is held back for one: take a newer version and deploy it.\n`,
        );
      if (options.json === true) {
        terminal.out(
          diagnosticsJson(diagnostics, { price: PRICE_OF_TRANSITIONS, journeys: figuresOf(journeys) }),
        );
        return;
      }
      const { colours } = terminal;
      if (options.figures === true) terminal.out(`${renderFigures(figuresOf(journeys), colours)}\n`);
      if (diagnostics.length > 0) terminal.out(`${renderDiagnostics(diagnostics, texts, folder, colours)}\n`);
      terminal.out(
        `${summarise(diagnostics, colours)} in ${counted(journeyFiles.length, 'journey')} of ${folder}\n`,
      );
    });
}

/** Of journeys without errors; the others have none. */
function figuresOf(journeys: readonly CheckedJourney[]): JourneyFigures[] {
  return journeys.flatMap(({ manifest }) => journeyFigures(manifest) ?? []);
}
