// `wend graph`: a journey as a picture.
import { Command, Option } from 'commander';
import { journeyGraph } from '#lib/compiler/graph/journey-graph.ts';
import { mermaidOf } from '#lib/compiler/graph/mermaid.ts';
import { svgOf } from '#lib/compiler/graph/svg.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';
import { renderDiagnostics, summarise } from '../render/diagnostics.ts';

interface GraphOptions {
  readonly workspace: string;
  readonly format: 'mermaid' | 'svg';
  readonly json?: boolean;
}

/** The command, not yet parsed. A journey with errors has no graph. */
export function graphCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('graph')
    .summary('draw a journey')
    .description('Draws a journey with its steps, arms and loops, as Mermaid text or as an SVG picture.')
    .argument('<journey>', 'id of the journey')
    .addOption(workspaceOption())
    .addOption(new Option('--format <format>', 'what to draw').choices(['mermaid', 'svg']).default('mermaid'))
    .addOption(jsonOption('boxes and arrows'))
    .addHelpText(
      'after',
      '\nExamples:\n  wend graph cart-recovery\n  wend graph cart-recovery --format svg > cart-recovery.svg',
    )
    .action(async (id: string, options: GraphOptions) => {
      const workspace = await loadWorkspace(options.workspace);
      const journey = workspace.journeys.find((one) => one.id === id);
      if (journey === undefined) {
        const errors = errorsOf(id, workspace);
        exitWith(EXIT.problems);
        if (options.json === true) {
          terminal.out(diagnosticsJson(errors));
          return;
        }
        const { errorColours } = terminal;
        terminal.err(renderDiagnostics(errors, workspace.texts, workspace.folder, errorColours));
        terminal.err(`\n${summarise(errors, errorColours)}: nothing was drawn\n`);
        return;
      }
      const { manifest } = journey;
      if (options.json === true)
        terminal.out(`${JSON.stringify({ journey: id, ...journeyGraph(manifest) }, null, 2)}\n`);
      else if (options.format === 'svg') terminal.out(svgOf(manifest, journey.journey.name));
      else terminal.out(mermaidOf(manifest));
    });
}

/** What keeps a journey from being drawn: its own errors, or those of the settings. */
function errorsOf(
  id: string,
  { journeyFiles, folder, diagnostics }: LoadedWorkspace,
): LoadedWorkspace['diagnostics'] {
  const file = journeyFiles.find((one) => one.id === id)?.file;
  if (file === undefined) {
    const known = journeyFiles.map((one) => one.id);
    throw new CommandProblem(`there is no journey "${id}" in ${folder}`, suggestion(id, known));
  }
  return diagnostics.filter(
    (one) => one.severity === 'error' && (one.file === file || one.file.startsWith('settings.json')),
  );
}
