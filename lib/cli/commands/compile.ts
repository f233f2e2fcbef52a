// `wend compile`: from journeys to versions under state-machines/, to be committed and reviewed.
import { Command } from 'commander';
import { countedEvents } from '#lib/compiler/counted-events.ts';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import { messageKey } from '#lib/messages/compiled-message.ts';
import { updatedStacks } from '#lib/repository/machine-stacks.ts';
import {
  journeyFiles,
  messageFile,
  messageKeysOf,
  missingFiles,
  writeFiles,
  type ListedVersion,
  type VersionFile,
} from '#lib/repository/versions-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { renderCompilation, type CompiledOutcome } from '../render/compilation.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';
import { renderDiagnostics, summarise } from '../render/diagnostics.ts';

interface CompileOptions {
  readonly workspace: string;
  readonly to: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** The command, not yet parsed. Nothing is written where what is compiled has errors. */
export function compileCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('compile')
    .summary('write the state machines of live journeys')
    .description(
      'Compiles journeys to state machines and writes each as a version named after its content, to be committed.\n' +
        'A version never changes: an edited journey becomes a new one beside it. Drafts are not compiled.',
    )
    .argument('[journeys...]', 'ids of journeys; all live ones without any')
    .addOption(workspaceOption())
    .option('--to <dir>', 'the folder of versions', 'state-machines')
    .option('--check', 'write nothing; end with 1 where something is not compiled yet')
    .addOption(jsonOption('the versions'))
    .addHelpText(
      'after',
      '\nExamples:\n  wend compile\n  wend compile cart-recovery welcome\n  wend compile --check   in a gate before merging',
    )
    .action(async (ids: string[], options: CompileOptions) => {
      const workspace = await loadWorkspace(options.workspace);
      const wanted = wantedJourneys(ids, workspace);
      const errors = errorsOf(wanted, ids.length > 0, workspace);
      if (errors.length > 0) {
        exitWith(EXIT.problems);
        if (options.json === true) {
          terminal.out(diagnosticsJson(errors));
          return;
        }
        const { errorColours } = terminal;
        terminal.err(renderDiagnostics(errors, workspace.texts, workspace.folder, errorColours));
        terminal.err(`\n${summarise(errors, errorColours)}: nothing was compiled\n`);
        return;
      }
      const { outcomes, isMissing } = compileAll(wanted, workspace, options);
      if (options.check === true && isMissing) exitWith(EXIT.problems);
      terminal.out(
        options.json === true
          ? `${JSON.stringify({ journeys: outcomes }, null, 2)}\n`
          : renderCompilation({ outcomes, isMissing }, options.to, options.check === true, terminal.colours),
      );
    });
}

/** Ids of the journeys to compile, drafts and journeys with errors among them. */
function wantedJourneys(
  ids: readonly string[],
  { journeyFiles: files, folder }: LoadedWorkspace,
): readonly string[] {
  const known = files.map(({ id }) => id);
  for (const id of ids) {
    if (!known.includes(id))
      throw new CommandProblem(`there is no journey "${id}" in ${folder}`, suggestion(id, known));
  }
  return ids.length > 0 ? [...new Set(ids)] : known;
}

/** Journeys that were not asked for may have errors; settings and messages concern every journey. */
function errorsOf(
  wanted: readonly string[],
  named: boolean,
  { diagnostics, journeyFiles: files }: LoadedWorkspace,
) {
  const others = new Set(files.filter(({ id }) => named && !wanted.includes(id)).map(({ file }) => file));
  return diagnostics.filter(({ severity, file }) => severity === 'error' && !others.has(file));
}

function compileAll(
  wanted: readonly string[],
  workspace: LoadedWorkspace,
  { to, check }: CompileOptions,
): { readonly outcomes: readonly CompiledOutcome[]; readonly isMissing: boolean } {
  const messages = new Map(workspace.messages.map((message) => [messageKey(message), message]));
  const outcomes: CompiledOutcome[] = [];
  const missing: VersionFile[] = [];
  const added: ListedVersion[] = [];
  for (const { id, status, manifest } of workspace.journeys.filter((journey) =>
    wanted.includes(journey.id),
  )) {
    if (status === 'draft') {
      outcomes.push({ journey: id, state: 'draft' });
      continue;
    }
    const compiled = compileManifest(manifest);
    const files = [...journeyFiles(compiled), ...messagesOf(compiled, messages).map(messageFile)];
    const absent = missingFiles(to, files);
    missing.push(...absent);
    const { version, machine, resume } = compiled;
    added.push({ journey: id, version, machines: resume === undefined ? 1 : 2 });
    const states = Object.keys(machine.States).length;
    const counts = countedEvents(manifest, workspace.segments);
    outcomes.push({
      journey: id,
      state: absent.length === 0 ? 'unchanged' : 'new',
      version,
      states,
      ...(counts.length === 0 ? {} : { counts }),
    });
  }
  const stacks = updatedStacks(to, added);
  if (stacks !== undefined) missing.push(stacks);
  if (check !== true) writeFiles(to, missing);
  return { outcomes, isMissing: missing.length > 0 };
}

function messagesOf(
  { manifest }: CompiledJourney,
  messages: ReadonlyMap<string, CompiledMessage>,
): CompiledMessage[] {
  return messageKeysOf(manifest).flatMap((key) => messages.get(key) ?? []);
}
