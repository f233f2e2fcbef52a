// `wend check`: is everything in the workspace right?
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace } from '../load-workspace.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';
import { countSeverities, renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { counted } from '../render/numbers.ts';

/** The command, not yet parsed. Ends with `problems` where there is an error; warnings alone are no reason. */
export function checkCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('check')
    .summary('check settings, journeys and messages')
    .description('Checks settings, journeys and messages, and explains each mistake with its place.')
    .addOption(workspaceOption())
    .addOption(jsonOption('the diagnostics and their number'))
    .addHelpText('after', '\nExamples:\n  wend check\n  wend check --workspace shop --json')
    .action(async (options: { workspace: string; json?: boolean }) => {
      const { folder, diagnostics, texts, journeyFiles } = await loadWorkspace(options.workspace);
      const counts = countSeverities(diagnostics);
      if (counts.errors > 0) exitWith(EXIT.problems);
      if (options.json === true) {
        terminal.out(diagnosticsJson(diagnostics));
        return;
      }
      const { colours } = terminal;
      if (diagnostics.length > 0) terminal.out(`${renderDiagnostics(diagnostics, texts, folder, colours)}\n`);
      terminal.out(
        `${summarise(diagnostics, colours)} in ${counted(journeyFiles.length, 'journey')} of ${folder}\n`,
      );
    });
}
