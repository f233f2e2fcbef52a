// `wend preview`: a message as customers get it, filled in with its sample data.
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { channelsOf, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { chooseLocale } from '#lib/messages/locale.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { fileProblem } from '#lib/repository/file-problem.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandProblem } from '../command-problem.ts';
import { EXIT } from '../exit-codes.ts';
import { loadWorkspace, type LoadedWorkspace } from '../load-workspace.ts';
import { suggestion } from '../names.ts';
import { jsonOption, workspaceOption } from '../options.ts';
import { isHandWritten } from '../output-paths.ts';
import { renderDiagnostics, summarise } from '../render/diagnostics.ts';
import { renderPreview, type Preview } from '../render/preview.ts';
import { diagnosticsJson } from '../render/diagnostics-json.ts';

interface PreviewOptions {
  readonly workspace: string;
  readonly as: string;
  readonly locale?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** The example data that message.json has under "sample". */
const FIRST_SAMPLE = 'sample';

/** The command, not yet parsed. A message with errors has no preview. */
export function previewCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('preview')
    .summary('show a message with its sample data')
    .description('Shows a message channel by channel, filled in with the sample data of its message.json.')
    .argument('<message>', 'name of the message')
    .option('--as <sample>', 'a sample named in message.json under "samples"', FIRST_SAMPLE)
    .option('--locale <locale>', "a language of the message; without it, the workspace's")
    .option('--out <file>', 'write the HTML of the e-mail')
    .addOption(workspaceOption())
    .addOption(jsonOption('the rendered content'))
    .addHelpText(
      'after',
      '\nExamples:\n  wend preview cart-reminder\n  wend preview cart-reminder --locale de --out reminder.html',
    )
    .action(async (id: string, options: PreviewOptions) => {
      const workspace = await loadWorkspace(options.workspace);
      const message = workspace.messages.find((one) => one.id === id);
      if (message === undefined || workspace.settings === undefined) {
        const errors = errorsOf(id, workspace);
        exitWith(EXIT.problems);
        if (options.json === true) {
          terminal.out(diagnosticsJson(errors));
          return;
        }
        const { errorColours } = terminal;
        terminal.err(renderDiagnostics(errors, workspace.texts, workspace.folder, errorColours));
        terminal.err(`\n${summarise(errors, errorColours)}: nothing can be shown\n`);
        return;
      }
      const preview = makePreview(message, workspace, options);
      if (options.out !== undefined) writeHtml(preview, options.out, options.workspace);
      terminal.out(
        options.json === true
          ? `${JSON.stringify(preview, null, 2)}\n`
          : renderPreview(preview, options.out, terminal.colours),
      );
    });
}

function makePreview(
  message: CompiledMessage,
  { samples, messages, settings, catalog }: LoadedWorkspace,
  options: PreviewOptions,
): Preview {
  const named = samples.get(message.id) ?? {};
  const sample = Object.hasOwn(named, options.as) ? named[options.as] : undefined;
  if (sample === undefined || settings === undefined)
    throw new CommandProblem(
      `the message "${message.id}" has no sample "${options.as}"`,
      suggestion(options.as, Object.keys(named)),
    );
  const locale = knownLocale(message, options.locale ?? settings.locale);
  const renderer = rendererOf({ messages, settings, catalog });
  const variables = { ...sample, journey: { id: 'preview', step: 'preview' } };
  const key = `${message.id}@${message.hash}`;
  const channels = channelsOf(message).map((channel) =>
    renderer.render(key, channel, [addressOf(channel)], locale, variables),
  );
  const { email } = settings.senders[message.sender ?? 'default'] ?? {};
  return {
    message: message.id,
    sample: options.as,
    locale: channels[0]?.locale ?? locale,
    locales: Object.keys(message.locales),
    samples: Object.keys(named),
    ...(email === undefined ? {} : { from: email.from }),
    channels,
  };
}

/** The locale itself, or one that falls back to a language of the message; a customer of another one gets the default. */
function knownLocale(message: CompiledMessage, wanted: string): string {
  const known = Object.keys(message.locales);
  if (chooseLocale(wanted, known, '') !== '') return wanted;
  throw new CommandProblem(
    `the message "${message.id}" is not written in "${wanted}"`,
    `There is: ${known.join(', ')}.`,
  );
}

function addressOf(channel: Channel): string {
  return channel === 'email' ? 'amara@example.com' : 'sample';
}

function errorsOf(
  id: string,
  { messageIds, folder, diagnostics }: LoadedWorkspace,
): LoadedWorkspace['diagnostics'] {
  if (!messageIds.includes(id))
    throw new CommandProblem(`there is no message "${id}" in ${folder}`, suggestion(id, messageIds));
  return diagnostics.filter(
    ({ severity, file }) =>
      severity === 'error' &&
      (file.startsWith(`messages/${id}/`) || file.startsWith('messages/_') || !file.includes('/')),
  );
}

function writeHtml({ message, channels }: Preview, path: string, workspace: string): void {
  const html = channels.find(({ channel }) => channel === 'email')?.html;
  if (html === undefined)
    throw new CommandProblem(`the message "${message}" has no e-mail: there is no HTML to write`);
  if (isHandWritten(path, workspace))
    throw new CommandProblem(`--out would overwrite ${path}, a file of the workspace`);
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new CommandProblem(`${path} cannot be written: ${fileProblem(error)}`);
  }
}
